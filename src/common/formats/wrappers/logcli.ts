import type { Field } from '../../model/fieldRole';
import { behindPrefix, groupFields, prefixReach, type Wrapper, wrapperStamp } from './wrapper';

/** What `logcli query` puts before each line of Loki: its stamp and its stream's labels, `2026-03-02T10:15:00Z {app="web"} …`. */
export const logcli: Wrapper = {
  name: 'logcli',
  isAmbiguous: false,
  isPrefix: true,
  open(line) {
    const match = head.exec(line.slice(0, prefixReach));
    return match && behindPrefix(line, match[0].length, match[2] ?? '');
  },
  fieldsOf(line) {
    const match = head.exec(line.slice(0, prefixReach));
    const from = match?.indices?.[2]?.[0] ?? 0;
    return [...groupFields(match, [wrapperStamp]), ...labelsIn(match?.[2] ?? '', from)];
  },
};

const label = /([A-Za-z_]\w{0,63})="((?:[^"\\]|\\.){0,200})"(?:, ?|$)/dg;
const head =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) \{((?:[A-Za-z_]\w{0,63}="(?:[^"\\]|\\.){0,200}"(?:, ?)?){0,20})\} ?/d;

const labelsIn = (labels: string, from: number): Field[] =>
  [...labels.matchAll(label)].map(({ indices, 1: name = '', 2: value = '' }) => {
    const [start, end] = indices?.[2] ?? [0, 0];
    return { name, value, start: from + start, end: from + end };
  });
