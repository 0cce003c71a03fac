import * as v from 'valibot';
import { RemoteError } from '../transport';

const terminated = v.nullish(v.object({ containerID: v.nullish(v.string()) }));

const containerStatus = v.object({
  name: v.string(),
  containerID: v.nullish(v.string()),
  state: v.nullish(
    v.object({
      running: v.nullish(v.object({})),
      waiting: v.nullish(v.object({ reason: v.nullish(v.string()) })),
      terminated,
    }),
  ),
  lastState: v.nullish(v.object({ terminated })),
});
export type ContainerStatus = v.InferOutput<typeof containerStatus>;

const statuses = v.nullish(v.array(containerStatus));

const pod = v.object({
  metadata: v.object({ name: v.string() }),
  status: v.nullish(
    v.object({
      initContainerStatuses: statuses,
      containerStatuses: statuses,
      ephemeralContainerStatuses: statuses,
    }),
  ),
});
export type Pod = v.InferOutput<typeof pod>;

const list = v.object({ items: v.array(pod) });

const labels = v.nullish(v.record(v.string(), v.string()));
const expression = v.object({ key: v.string(), operator: v.string(), values: v.nullish(v.array(v.string())) });
const workload = v.object({
  spec: v.object({ selector: v.object({ matchLabels: labels, matchExpressions: v.nullish(v.array(expression)) }) }),
});

/** The pods of what `kubectl get … -o json` gives: a list or one of them. @throws RemoteError */
export function podsIn(text: string): Pod[] {
  const answer = parsed(v.union([list, pod]), text);
  return 'items' in answer ? answer.items : [answer];
}

/** The selector of the pods of a deployment and the like. @throws RemoteError */
export function selectorIn(text: string): string {
  const { matchLabels, matchExpressions } = parsed(workload, text).spec.selector;
  const equal = Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const sets = (matchExpressions ?? []).map(({ key, operator, values }) => {
    const set = `(${(values ?? []).join(',')})`;
    if (operator === 'In') return `${key} in ${set}`;
    if (operator === 'NotIn') return `${key} notin ${set}`;
    return operator === 'DoesNotExist' ? `!${key}` : key;
  });
  return [...equal, ...sets].join(',');
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    throw new RemoteError('kubectl answers in a way that is not understood: is it kubectl itself?');
  }
}
