import { isKubernetesName, type KubectlPlace, kubectlPlace } from '../../../common/protocol/places/kubectlPlace';
import type { Skipped } from '../../sources/discover/skipped';
import { type Connect, RemoteError } from '../transport';
import { type Ask, type CommandKind, complaintOf, type Told } from './commandKind';
import { CommandTransport } from './commandTransport';
import { type ContainerStatus, type Pod, podsIn, selectorIn } from './kubernetesObjects';
import { overlapWith, StampedSieve } from './stampedSieve';
import { fits, isWild } from './wildcard';

const mostAtFirst = 1_000_000;

/**
 * Logs of pods by `kubectl logs`: one source per container, beside it one of the container that it took the place of
 * (`….prev`), as a rotated set.
 */
const kubectl: CommandKind = {
  program: 'kubectl',
  listGoodFor: 1_500,
  patience: 30_000,
  mostAtFirst,
  async find(place, ask) {
    const wanted = kubectlPlace(place);
    if (!wanted) throw new RemoteError(`${place} names no pods`);
    const pods = await podsOf(wanted, ask);
    if (pods.length === 0)
      throw new RemoteError(`no pod fits ${place}: \`kubectl get pods\` lists those that are there`);
    const told: Told[] = [];
    const skipped: Skipped[] = [];
    for (const { metadata, status } of pods) {
      const { name } = metadata;
      if (!isKubernetesName(name)) {
        skipped.push({ source: `${place} (a pod)`, reason: 'its name is none that Kubernetes allows' });
        continue;
      }
      const all = [status?.initContainerStatuses, status?.containerStatuses, status?.ephemeralContainerStatuses];
      for (const container of all.flatMap(each => each ?? [])) {
        const { target } = wanted;
        if (target.kind === 'pod' && target.container !== null && target.container !== container.name) continue;
        const found = toldOf(wanted, name, container);
        if (Array.isArray(found)) told.push(...found);
        else skipped.push(found);
      }
    }
    return { told, skipped };
  },
  // What its libraries log comes before what it says.
  explain: complaint => explain(complaintOf(complaint.replace(/^[EWI]\d{4} .*$/gm, ''))),
};

export const connectKubectl: Connect = () => new CommandTransport(kubectl);

async function podsOf(wanted: KubectlPlace, ask: Ask): Promise<Pod[]> {
  const { target } = wanted;
  const get = (...args: string[]) =>
    ask(['get', ...scopeOf(wanted), '--output=json', '--request-timeout=20s', ...args]).then(({ text }) => text);
  if (target.kind === 'workload') {
    const selector = selectorIn(await get('--', target.type, target.name));
    return podsIn(await get(`--selector=${selector}`, '--', 'pods'));
  }
  if (target.kind === 'selector') return podsIn(await get(`--selector=${target.selector}`, '--', 'pods'));
  if (!isWild(target.name)) return podsIn(await get('--', 'pods', target.name));
  return podsIn(await get('--', 'pods')).filter(({ metadata }) => fits(target.name, metadata.name));
}

const scopeOf = ({ context, namespace }: KubectlPlace): string[] => [
  ...(context === null ? [] : [`--context=${context}`]),
  `--namespace=${namespace}`,
];

/** The sources of a container: what runs now or ran last, and what ran before it. */
function toldOf(place: KubectlPlace, pod: string, { name, containerID, state, lastState }: ContainerStatus) {
  const { context, namespace } = place;
  const url = `kubectl:${context === null ? '' : `${context}@`}${namespace}/${pod}/${name}`;
  if (!isKubernetesName(name)) return { source: url, reason: 'its name is none that Kubernetes allows' };
  const before = lastState?.terminated?.containerID ?? null;
  const isRunning = Boolean(state?.running);
  const hasRun = isRunning || Boolean(state?.terminated);
  // While one waits to be started again, its log is that of the last one.
  const now = hasRun ? (state?.terminated?.containerID ?? containerID ?? null) : before;
  if (!hasRun && before === null)
    return { source: url, reason: `has not started yet (${state?.waiting?.reason ?? 'waiting'})` };
  const told: Told[] = [];
  const args = ['logs', ...scopeOf(place), `--container=${name}`, '--timestamps'];
  if (hasRun && before !== null) told.push(source(`${url}.prev`, before, `${before}`, [...args, '--previous'], pod));
  told.push(source(url, now, isRunning ? null : `${now}`, args, pod));
  return told;
}

const source = (url: string, identity: string | null, settled: string | null, begin: string[], pod: string): Told => ({
  far: { url, size: null, modified: null, version: null, identity },
  settled,
  args(tail, follow) {
    const overlap = overlapWith(tail);
    // The server counts whole seconds.
    const range = overlap ? `--since-time=${overlap.from.slice(0, 19)}Z` : `--tail=${mostAtFirst}`;
    return [...begin, range, ...(follow ? ['--follow'] : []), '--', pod];
  },
  sieve: tail => new StampedSieve(tail, false),
});

const broken =
  /unexpected EOF|connection (?:reset|lost)|http2: |stream error|broken pipe|TLS handshake timeout|i\/o timeout|context deadline/i;

function explain(complaint: string): RemoteError {
  if (/unauthorized|must be logged in|provide credentials|token (?:has )?expired|getting credentials/i.test(complaint))
    return new RemoteError(`kubectl is not logged in to the cluster: log in again (${complaint})`);
  if (/forbidden/i.test(complaint))
    return new RemoteError(
      `you may not read this in the cluster: ask for the right to get pods and pods/log (${complaint})`,
    );
  if (/not ?found/i.test(complaint)) return new RemoteError(`the cluster has no such thing: ${complaint}`);
  if (/context .*does not exist/i.test(complaint))
    return new RemoteError(`kubectl knows no such context: \`kubectl config get-contexts\` lists them (${complaint})`);
  if (broken.test(complaint))
    return new RemoteError(`the connection to the cluster broke: ${complaint}`, { passing: true });
  if (/unable to connect|connection to the server|refused|no such host/i.test(complaint))
    return new RemoteError(`kubectl cannot reach the cluster: is it up, and the right context chosen? (${complaint})`);
  return new RemoteError(`kubectl says: ${complaint}`);
}
