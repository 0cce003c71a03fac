import type { Field } from '../../model/fieldRole';
import { isId } from '../../profile/ids';

/** What the prefix of an ID says that it is the ID of. */
const names: ReadonlyMap<string, string> = new Map([
  ['req', 'request_id'],
  ['request', 'request_id'],
  ['rid', 'request_id'],
  ['sess', 'session_id'],
  ['session', 'session_id'],
  ['sid', 'session_id'],
  ['trace', 'trace_id'],
  ['trc', 'trace_id'],
  ['tid', 'trace_id'],
  ['span', 'span_id'],
  ['corr', 'correlation_id'],
  ['correlation', 'correlation_id'],
  ['cid', 'correlation_id'],
  ['txn', 'transaction_id'],
  ['tx', 'transaction_id'],
  ['msg', 'message_id'],
  ['usr', 'user_id'],
  ['user', 'user_id'],
  ['ord', 'order_id'],
  ['order', 'order_id'],
  ['job', 'job_id'],
  ['task', 'task_id'],
  ['flow', 'flow_id'],
  ['tenant', 'tenant_id'],
  ['org', 'organization_id'],
]); // prettier-ignore
const prefixed = /^([A-Za-z]{2,11})[-_:#]([0-9A-Za-z][0-9A-Za-z-]{3,63})$/;
const shape = /^(?=.*\d)(?:[0-9a-f]{6,64}|[0-9a-f-]{36}|[0-9A-Za-z]{8,32}|\d{4,20})$/i;
const part = /[^\s,;|]+/g;
/** What the first part looks like: tells nearly every other list. */
const firstPart = /^[\s,;|]*(?:[A-Za-z]{2,11}[-_:#][0-9A-Za-z-]{4,64}|-|None|default|[0-9a-f-]{8,64})(?:[\s,;|]|$)/i;
const other = /^(?:-|None|default|[0-9a-f]{8,64}|[0-9a-f-]{36})$/i;
/** What OpenStack's `[req-… user project domain user_domain project_domain]` holds behind the request. */
const behindRequest = ['user_id', 'tenant_id'];

/**
 * A list of IDs that say by a prefix what they are (`REQ-6f5a2e41,SESS-1ff3649a`, `req-<uuid> <user> <project> - - -`);
 * `null` where anything else stands among them.
 */
export function prefixedIds(inner: string, base: number): Field[] | null {
  if (!firstPart.test(inner)) return null;
  const fields: Field[] = [];
  let isSure = false;
  let behind: string[] = [];
  for (const match of inner.matchAll(part)) {
    const [value] = match;
    const place = { value, start: base + match.index, end: base + match.index + value.length };
    const [, prefix = '', id = ''] = prefixed.exec(value) ?? [];
    const name = shape.test(id) ? names.get(prefix.toLowerCase()) : undefined;
    if (name) {
      isSure = true;
      fields.push({ name, ...place });
      behind = name === 'request_id' && inner.includes(' ') ? [...behindRequest] : [];
    } else if (behind.length > 0 && /^[\w@.-]{1,64}$/.test(value)) {
      const next = behind.shift() ?? '';
      if (other.test(value) && isId(value)) fields.push({ name: next, ...place });
    } else if (!other.test(value)) return null;
  }
  return isSure ? fields : null;
}
