import type { Field } from '../../model/fieldRole';
import { stampOf } from '../../profile/time/looseStamp';
import type { LogFormat } from '../logFormat';
import { requestFields, trailingIds } from '../text/httpRequest';
import { type LineToken, lineTokens, namedTokens } from '../text/lineTokens';

/**
 * HAProxy's HTTP and TCP log formats (configuration manual §8.2.2 and §8.2.3): `client [accept date] frontend
 * backend/server timers …`, with captured headers in braces and the unique ID wherever it was put. The stamp is the
 * beginning, timers are milliseconds, the last is the total.
 */
export const haproxyLog: LogFormat = {
  name: 'haproxyLog',
  framing: 'line',
  begins: /^(?:[\da-fA-F.:]+|-):\d+ \[\d/,
  read,
};

const timers = /^-?\d+\/-?\d+\/(?:-?\d+\/-?\d+\/)?\+?(\d+)$/;

function read(text: string): Field[] | null {
  const [client, stamp] = lineTokens(text, 2);
  if (stamp?.kind !== 'bracket' || !client || !/:\d+$/.test(client.value) || !stampOf(stamp.value)) return null;
  const tokens = lineTokens(text);
  const [, , frontend, target] = tokens;
  if (frontend?.kind === 'bare' && /\/.*:$/.test(frontend.value)) return errorFields(text, tokens, frontend);
  // What a format adds (the name of the host asked for) stands before the timers as well.
  const timerAt = tokens.findIndex(({ value }, index) => index > 3 && index < 7 && timers.test(value));
  const timer = tokens[timerAt];
  const total = timers.exec(timer?.value ?? '')?.[1];
  if (!target?.value.includes('/') || !timer || total === undefined) return null;
  const behind = tokens.slice(timerAt + 1);
  const isHttp = timer.value.split('/').length === 5;
  const request = tokens.find(({ kind }) => kind === 'quoted');
  return [
    ...namedTokens(tokens, ['client', 'start_time', 'frontend', 'backend']),
    { name: 'duration_ms', value: total, start: timer.end - total.length, end: timer.end },
    ...namedTokens(behind, isHttp ? ['http.response.status_code', 'bytes'] : ['bytes']),
    ...(request ? requestFields(request) : []),
    ...trailingIds(behind.flatMap(captures)),
  ];
}

/** A connection that failed (§8.2.6): `client [date] frontend/bind: what happened`. */
function errorFields(text: string, tokens: readonly LineToken[], { end }: LineToken): Field[] {
  const message = text.slice(end).trim();
  const start = text.indexOf(message, end);
  return [
    ...namedTokens(tokens, ['client', 'start_time', 'frontend']),
    { name: 'message', value: message, start, end: start + message.length },
  ];
}

/** The parts of captured headers: `{example.com|4bf9…}`. */
function captures(token: LineToken): LineToken[] {
  if (token.kind !== 'brace') return [token];
  let start = token.start;
  return token.value.split('|').map(value => {
    const part: LineToken = { kind: 'bare', value, start, end: start + value.length };
    start = part.end + 1;
    return part;
  });
}
