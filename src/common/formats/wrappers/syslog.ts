import { behindPrefix, groupFields, prefixReach, type Wrapper, wrapperStamp } from './wrapper';

/**
 * Syslog around the line of a program: `Mar  2 10:15:00 host app[12]: …` (RFC 3164 §4.1, also with an ISO stamp, as
 * rsyslog and journalctl write it) and `<14>1 2026-03-02T10:15:00Z host app 12 - - …` (RFC 5424 §6).
 */
export const syslog: Wrapper = {
  name: 'syslog',
  isAmbiguous: true,
  isPrefix: true,
  open(line) {
    const match = matchOf(line);
    return match && behindPrefix(line, match[0].length, `${match[2]}/${match[3]}[${match[4] ?? ''}]`);
  },
  fieldsOf: line => groupFields(matchOf(line), [wrapperStamp, 'syslogHost', 'syslogTag', 'pid']),
};

const heads = [
  /^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) ([\w.:-]{1,255}) ([A-Za-z_][\w./@-]{0,127})(?:\[(\d{1,10})\])?: /d,
  /^<\d{1,3}>\d (\S{10,40}) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|\[[^\]]{0,300}\]) (?:\ufeff)?/d,
];

function matchOf(line: string): RegExpExecArray | null {
  const head = line.slice(0, prefixReach);
  return heads[0]?.exec(head) ?? heads[1]?.exec(head) ?? null;
}
