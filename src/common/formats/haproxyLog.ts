import type { Field } from '../model/fieldRole';
import { stampOf } from '../profile/time/looseStamp';
import { requestFields, trailingIds } from './httpRequest';
import { type LineToken, lineTokens, namedTokens } from './lineTokens';
import type { LogFormat } from './logFormat';

/**
 * HAProxy's HTTP and TCP log formats (configuration manual §8.2.2 and §8.2.3): `client [accept date] frontend
 * backend/server timers …`, with captured headers in braces and the unique ID wherever it was put. The stamp is the
 * beginning, timers are milliseconds, the last is the total.
 */
export const haproxyLog: LogFormat = { name: 'haproxyLog', framing: 'line', begins: /^[\da-fA-F.:]+:\d+ \[\d/, read };

const timers = /^-?\d+\/-?\d+\/(?:-?\d+\/-?\d+\/)?\+?(\d+)$/;

function read(text: string): Field[] | null {
  const [client, stamp] = lineTokens(text, 2);
  if (stamp?.kind !== 'bracket' || !client || !/:\d+$/.test(client.value)) return null;
  const tokens = lineTokens(text);
  const [, , , target, timer, code] = tokens;
  if (!target?.value.includes('/') || !timer) return null;
  const total = timers.exec(timer.value)?.[1];
  if (total === undefined || !stampOf(stamp.value)) return null;
  const isHttp = timer.value.split('/').length === 5;
  const request = tokens.find(({ kind }) => kind === 'quoted');
  return [
    ...namedTokens(tokens, ['client', 'start_time', 'frontend', 'backend']),
    { name: 'duration_ms', value: total, start: timer.end - total.length, end: timer.end },
    ...namedTokens(isHttp && code ? [code] : [], ['http.response.status_code']),
    ...namedTokens(tokens.slice(isHttp ? 6 : 5), ['bytes']),
    ...(request ? requestFields(request) : []),
    ...trailingIds(tokens.slice(5).flatMap(captures)),
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
