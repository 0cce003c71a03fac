import type { Field } from '../../model/fieldRole';
import { stampOf } from '../../profile/time/looseStamp';
import type { LogFormat } from '../logFormat';
import { requestFields, trailingIds } from '../text/httpRequest';
import { type LineToken, lineTokens, namedTokens } from '../text/lineTokens';

/**
 * Envoy's default access log and Istio's longer one: `[start] "METHOD PATH PROTOCOL" code flags … received sent duration
 * upstream-time "forwarded-for" "user-agent" "request-id" "authority" "upstream" …`
 * (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string).
 * The stamp is the request's start, times are milliseconds.
 */
export const envoyLog: LogFormat = { name: 'envoyLog', framing: 'line', read };

const number = /^(?:\d+|-)$/;
const flags = /^(?:-|[A-Z][A-Za-z]{1,8}(?:,[A-Z][A-Za-z]{1,8})*)$/;

function read(text: string): Field[] | null {
  if (text.charAt(0) !== '[') return null;
  const tokens = lineTokens(text);
  const [stamp, request, code, flag] = tokens;
  if (stamp?.kind !== 'bracket' || request?.kind !== 'quoted' || !code || !/^\d{1,3}$/.test(code.value)) return null;
  if (!flag || !flags.test(flag.value) || !stampOf(stamp.value)) return null;
  const counts = countsAt(tokens);
  if (counts < 0) return null;
  const behind = tokens.slice(counts + 4);
  return [
    ...namedTokens([stamp], ['start_time']),
    ...requestFields(request),
    ...namedTokens([code, flag], [code.value === '0' ? '' : 'http.response.status_code', 'response_flags']),
    ...namedTokens(tokens.slice(counts, counts + 4), ['bytes_received', 'bytes', 'duration_ms', 'upstream_time_ms']),
    ...namedTokens(behind, ['client', 'userAgent', 'request_id', 'authority', 'upstream', 'upstream_cluster']),
    ...trailingIds(behind.slice(5)),
  ];
}

/** Where the four numbers stand: Istio writes details of the response before them. */
function countsAt(tokens: readonly LineToken[]): number {
  const isNumber = (at: number) => tokens[at]?.kind === 'bare' && number.test(tokens[at]?.value ?? '');
  for (let at = 4; at < 10; at++)
    if (
      [0, 1, 2, 3].every(step => isNumber(at + step)) &&
      tokens[at]?.value !== '-' &&
      tokens[at + 4]?.kind === 'quoted'
    )
      return at;
  return -1;
}
