import type { Field } from '../../model/fieldRole';
import { stampOf } from '../../profile/time/looseStamp';
import type { LogFormat } from '../logFormat';
import { requestFields } from '../text/httpRequest';
import { type LineToken, lineTokens, namedTokens } from '../text/lineTokens';

/**
 * Access logs of AWS load balancers, by position: application (ALB), classic (ELB) and network (NLB)
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html). The stamp is the
 * end of the request; times are seconds, -1 where there is none.
 */
export const albLog: LogFormat = {
  name: 'albLog',
  framing: 'line',
  begins: /^(?:https?|h2|grpcs|wss?|tls) (?:[12]\.0 )?\d{4}-\d\d-\d\dT/,
  read,
};

const measured = [
  'load_balancer',
  'client',
  'target',
  'request_processing_time',
  'target.duration_s',
  'response_processing_time',
  'http.response.status_code',
  'target_status_code',
  'bytes_received',
  'bytes',
]; // prettier-ignore
const kinds = /^(?:https?|h2|grpcs|wss?)$/;
const behindRequest = [
  'userAgent',
  'tls.cipher',
  'tls.protocol',
  'target_group',
  'trace_id',
  'domain',
  'certificate',
  'rule_priority',
  'request_creation_time',
  'actions',
  'redirect_url',
  'error_reason',
];
const networkNames = [
  'protocol',
  '',
  'timestamp',
  'load_balancer',
  'listener',
  'client',
  'target',
  'duration_ms',
  'tls.handshake_time_ms',
  'bytes_received',
  'bytes',
];

/** Whether the first words are those of such a line: spares the others of nearly all lines. */
function mayBegin(text: string): boolean {
  const [first, second] = lineTokens(text, 2);
  return first?.value === 'tls' || isStamp(kinds.test(first?.value ?? '') ? second : first);
}

function read(text: string): Field[] | null {
  if (!mayBegin(text)) return null;
  const tokens = lineTokens(text);
  const [first, second, third] = tokens;
  if (first?.value === 'tls' && /^[12]\.0$/.test(second?.value ?? '') && isStamp(third) && tokens.length > 20)
    return namedTokens(tokens, networkNames);
  const hasKind = kinds.test(first?.value ?? '');
  const head = hasKind ? tokens.slice(1) : tokens;
  const request = head[11];
  if (
    !isStamp(head[0]) ||
    request?.kind !== 'quoted' ||
    ![4, 5, 6].every(at => /^-1$|^\d+\.\d+$/.test(head[at]?.value ?? ''))
  )
    return null;
  return [
    ...namedTokens(hasKind ? tokens : [], ['protocol']),
    // A request whose creation is logged took from then to its stamp; else the target's time says most.
    ...namedTokens(head, [
      'timestamp',
      ...measured.map(name => (hasKind && name === 'target.duration_s' ? 'target_processing_time' : name)),
    ]).filter(({ value }) => value !== '-1'),
    ...requestFields(request),
    ...namedTokens(head.slice(12), behindRequest),
  ];
}

const isStamp = (token: LineToken | undefined): boolean =>
  token?.kind === 'bare' && /^\d{4}-\d\d-\d\dT/.test(token.value) && stampOf(token.value) !== null;
