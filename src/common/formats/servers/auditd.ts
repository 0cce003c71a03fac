import type { Field } from '../../model/fieldRole';
import { keyCap } from '../json/jsonTokens';
import type { LogFormat } from '../logFormat';
import { matchedFields } from '../text/lineTokens';

/**
 * The Linux audit daemon's records: `type=SYSCALL msg=audit(seconds.millis:serial): key=value …`, with `node=` before,
 * values in `'…'` that hold pairs themselves, and an interpreted tail behind the byte 0x1d (ENRICHED)
 * (https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Enrichment; auditd.conf(5)). Stamp and serial
 * together are the event, whose records share them; `ses` is the login session, `res` the result.
 */
export const auditd: LogFormat = {
  name: 'auditd',
  framing: 'line',
  begins: /^(?:node=\S+ )?type=\w+ msg=audit\(/,
  read,
};

const head =
  /^(?:node=(\S{1,255}) )?(?:audit: )?type=([\w[\]]{1,64}) (?:msg=)?audit\(((\d{1,12}\.\d{3}):\d{1,12})\): ?/d;
/** A bare value may hold blanks: it goes up to the next key. */
const pair = /([A-Za-z][\w-]{0,63})=(?:"([^"]{0,8192})"|([^\s'"\x1d]*(?: (?![\w-]+=)[^\s'"\x1d]+)*))/dg;
/** Names that say in other logs what these say here. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['ses', 'session_id'],
  ['res', 'result'],
  ['hostname', 'remote_host'],
]);
const unset = /^(?:4294967295|-1|\?|)$/;

function read(text: string): Field[] | null {
  const match = head.exec(text);
  if (!match) return null;
  const fields = matchedFields(match, ['node', 'type', 'event_id', 'timestamp']);
  const from = match[0].length;
  if (from < text.length) fields.push({ name: 'message', value: text.slice(from), start: from, end: text.length });
  pair.lastIndex = from;
  for (let found = pair.exec(text); found && fields.length < keyCap; found = pair.exec(text)) {
    const [, key = '', quoted, bare] = found;
    const [start, end] = found.indices?.[quoted === undefined ? 3 : 2] ?? [];
    const value = quoted ?? bare ?? '';
    // `msg='op=login …'` begins a list of pairs.
    if (start === undefined || end === undefined || unset.test(value)) continue;
    fields.push({ name: renamed.get(key) ?? key, value, start, end });
  }
  return fields;
}
