import type { Field } from '../../model/fieldRole';
import { behindPrefix, groupFields, prefixReach, type Wrapper } from './wrapper';

/**
 * What tools put before the lines of a pod's containers: `[pod/orders-7d9f/app] …` (`kubectl logs --prefix`),
 * `orders-7d9f8c6b5-x2x4z app …` (a pod's name ends in what was made up for it, with a digit) and
 * `shop/orders-7d9f8c6b5-x2x4z[app]: …`.
 */
export const kubernetes: Wrapper = {
  name: 'kubernetes',
  isAmbiguous: false,
  isPrefix: true,
  open(line) {
    const match = matchOf(line);
    return match && behindPrefix(line, match[0].length, `${match[1]}/${match[2]}`);
  },
  fieldsOf(line) {
    const fields = groupFields(matchOf(line), ['pod', 'container']);
    const [pod, container] = fields;
    return pod && container && generic.test(container.value) ? [workloadOf(pod), ...fields] : fields;
  },
};

const escapes = /(?:\x1b\[[0-9;]*m)*/.source;
const prefixed = /^\[pod\/([a-z0-9][a-z0-9.-]*)\/([a-z0-9][a-z0-9-]*)\] ?/d;
const bare = [
  new RegExp(`^${escapes}([a-z0-9][a-z0-9.-]*)${escapes} ${escapes}([a-z0-9][a-z0-9-]*)${escapes} `, 'd'),
  new RegExp(`^${escapes}[a-z0-9][a-z0-9-]*/([a-z0-9][a-z0-9.-]*)\\[([a-z0-9][a-z0-9-]*)\\]${escapes}: `, 'd'),
];
/** What is made up for a pod: a hash and five letters or digits (Deployment), a word with a digit (StatefulSet, Job). */
const madeUp = /-(?:(?=[a-z]*\d)[a-z0-9]{6,10}-[a-z0-9]{5}|(?=[a-z]*\d)[a-z0-9]{1,10})$/;

function matchOf(line: string): RegExpExecArray | null {
  const head = line.slice(0, prefixReach);
  const match = prefixed.exec(head);
  if (match) return match;
  for (const pattern of bare) {
    const found = pattern.exec(head);
    if (found && madeUp.test(found[1] ?? '')) return found;
  }
  return null;
}

/** Names of a container that say nothing of what runs in it: then the pod's does. */
const generic = /^(?:app|application|main|server|service|container|default)$/;
/** The name of what a pod belongs to: its own without what was made up for each. */
function workloadOf({ value, start }: Field): Field {
  const length = value.replace(madeUp, '').length;
  return { name: 'app', value: value.slice(0, length), start, end: start + length };
}
