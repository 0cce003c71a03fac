import type { Field } from '../../model/fieldRole';
import { requestMethods } from '../../profile/httpMethod';
import { looksLikeId } from '../../profile/ids';
import { severityOfWord } from '../../profile/severity';
import { stampOf } from '../../profile/time/looseStamp';
import { stampAt } from '../../profile/time/timestamp';
import type { LogFormat } from '../logFormat';
import { isRequestLine, requestFields, trailingIds } from '../text/httpRequest';
import { type LineToken, lineTokens, namedTokens } from '../text/lineTokens';
import { pairsIn } from '../text/pairs';

/**
 * Access logs of web servers: the Common and Combined Log Format (Apache mod_log_config, nginx `log_format combined`,
 * Tomcat's AccessLogValve, Traefik) with a virtual host before and anything behind: times, upstreams (ingress-nginx),
 * pairs and IDs; also a request line with its status behind a mere stamp, address or ID (uvicorn, mod_unique_id), quoted
 * or not (morgan's `tiny`: https://github.com/expressjs/morgan#predefined-formats). Times without unit that have three
 * decimals are nginx's: seconds. Fields: `client`, `user`, `timestamp`, `http.request.method`, `url.path`,
 * `http.response.status_code`, `bytes`, `referer`, `userAgent`, `request_time`, `upstream_response_time`, `request_id`.
 */
export const accessLog: LogFormat = {
  name: 'accessLog',
  framing: 'line',
  begins: /^(?:[\da-f.:]+,? )*[\w.:-]+ \S+ \S+ \[\d/i,
  read,
};

/** Furthest token that may be the request. */
const headCap = 12;
const status = /^[1-5]\d\d$/;

function read(text: string): Field[] | null {
  const quote = text.indexOf('"');
  if (quote < 0 || quote > 1024) return readBare(text);
  const tokens = lineTokens(text);
  const at = tokens.findIndex(({ kind }) => kind === 'quoted');
  const request = tokens[at];
  const code = tokens[at + 1];
  if (!request || at < 1 || at > headCap || code?.kind !== 'bare' || !status.test(code.value)) return null;
  const head = headFields(text, tokens.slice(0, at), request);
  if (!head) return null;
  return [
    ...head,
    ...requestFields(request),
    ...namedTokens([code], ['http.response.status_code']),
    ...tailFields(text, tokens.slice(at + 2)),
  ];
}

const bareRequest = new RegExp(`(?<![^ ])(?:${requestMethods}) (?:/|https?:)\\S* [1-5]\\d\\d(?![^ ])`);

/** A request without quotes, behind a stamp, address or ID, or before what it took: `GET /orders 200 12.1 ms - 5`. */
function readBare(text: string): Field[] | null {
  const start = bareRequest.exec(text.slice(0, 1024))?.index ?? -1;
  if (start < 0) return null;
  const tokens = lineTokens(text);
  const at = tokens.findIndex(token => token.start === start);
  const [, path, code] = tokens.slice(at, at + 3);
  if (at < 0 || !path || !code) return null;
  const head = looseHead(text, tokens.slice(0, at));
  const [amount, unit] = tokens.slice(at + 3);
  const isTimed = unit?.value === 'ms' && /^\d+(?:\.\d+)?$/.test(amount?.value ?? '');
  if (!head && (at > 0 || !isTimed)) return null;
  return [
    ...(head ?? []),
    ...requestFields({ kind: 'bare', value: text.slice(start, path.end), start, end: path.end }),
    ...namedTokens([code], ['http.response.status_code']),
    ...(isTimed && amount
      ? [{ name: 'duration', value: text.slice(amount.start, unit.end), start: amount.start, end: unit.end }]
      : []),
    ...tailFields(text, tokens.slice(at + (isTimed ? 5 : 3))),
  ];
}

function headFields(text: string, head: readonly LineToken[], request: LineToken): Field[] | null {
  const stamp = head.at(-1);
  if (stamp?.kind === 'bracket' && head.length > 3 && stampOf(stamp.value)) {
    const before = head.slice(0, -1);
    const [client, , user] = before.slice(-3);
    const fields = namedTokens(
      [client, user].filter(token => token !== undefined),
      ['client', 'user'],
    );
    const host = before.length === 4 ? namedTokens(before, ['virtualHost']) : [];
    return [...host, ...fields, ...namedTokens([stamp], ['timestamp'])];
  }
  return isRequestLine(request) ? looseHead(text, head) : null;
}

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-f:]*:[\da-f:.]+\]?|[\w-]+(?:\.[\w-]+)+)(?::\d+)?,?$/i;
const rest = /^(?:-|[\d.:,+-]+Z?|UTC|GMT)$/;

/** Any order of stamp, severity, addresses, IDs and dashes; `null` where anything else stands among them. */
function looseHead(text: string, head: readonly LineToken[]): Field[] | null {
  const fields: Field[] = [];
  let stampEnd = 0;
  for (const token of head) {
    const { value, start, end } = token;
    if (start < stampEnd) continue;
    const stamp = stampEnd === 0 ? stampAt(text, start) : null;
    const word = /^[A-Za-z]+/.exec(value)?.[0] ?? '';
    if (stamp) {
      stampEnd = stamp.end;
      fields.push({ name: 'timestamp', value: text.slice(start, stamp.end), start, end: stamp.end });
    } else if (word.length > 2 && severityOfWord(word) && /^[A-Za-z]+:?$/.test(value)) {
      fields.push({ name: 'severity', value: word, start, end: start + word.length });
    } else if (looksLikeId(value)) {
      fields.push(...trailingIds([token]));
    } else if (address.test(value)) {
      fields.push({ name: 'client', value, start, end });
    } else if (!rest.test(value)) return null;
  }
  return fields.length > 0 ? fields : null;
}

const decimal = /^\d+\.\d{3}$/;
const timed = /^\d+(?:\.\d+)?(?:ns|us|µs|ms|s)$/;
/** Short names that nginx configurations have for `$request_time` and `$upstream_response_time`. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['rt', 'request_time'],
  ['urt', 'upstream_response_time'],
]);

/** Rounding apart, an upstream takes no longer than its request: where it does, the unit is not known (morgan has ms). */
function isNginx(tail: readonly LineToken[]): boolean {
  const [request = 0, upstream = 0] = tail.filter(({ value }) => decimal.test(value)).map(({ value }) => Number(value));
  return upstream - request < 0.005;
}

function tailFields(text: string, tail: readonly LineToken[]): Field[] {
  const pairsAt = tail.findIndex(
    ({ kind, value }) => kind === 'bare' && /^[A-Za-z][\w.-]{0,40}(?:=|:"?$|:")/.test(value),
  );
  const tokens = pairsAt < 0 ? [...tail] : tail.slice(0, pairsAt);
  const fields: Field[] = [];
  if (/^(?:\d+|-)$/.test(tokens[0]?.value ?? '')) fields.push(...namedTokens(tokens.splice(0, 1), ['bytes']));
  if (tokens[0]?.kind === 'quoted' && tokens[1]?.kind === 'quoted')
    fields.push(...namedTokens(tokens.splice(0, 2), ['referer', 'userAgent']));
  const times = isNginx(tokens) ? ['request_time', 'upstream_response_time'] : [];
  for (const token of tokens) {
    if (decimal.test(token.value)) fields.push(...namedTokens([token], times.splice(0, 1)));
    else if (timed.test(token.value)) fields.push(...namedTokens([token], ['duration']));
    else if (token.kind === 'bracket') fields.push(...namedTokens([token], ['upstream']));
  }
  fields.push(...trailingIds(tokens));
  const from = tail[pairsAt]?.start;
  if (from === undefined) return fields;
  for (const field of pairsIn(text, from, text.length, 'all'))
    fields.push({ ...field, name: renamed.get(field.name) ?? field.name });
  return fields;
}
