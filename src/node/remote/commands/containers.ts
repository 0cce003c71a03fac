import * as v from 'valibot';
import { type ContainerPlace, containerPlace } from '../../../common/protocol/places/containerPlace';
import { type Connect, RemoteError } from '../transport';
import { type Ask, type CommandKind, complaintOf, type Told } from './commandKind';
import { CommandTransport } from './commandTransport';
import { overlapWith, StampedSieve } from './stampedSieve';
import { fits, isWild } from './wildcard';

/** What `inspect` says of a container, as far as it is used. */
const inspected = v.array(
  v.object({
    Id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12,64}$/)),
    Name: v.string(),
    State: v.object({ Running: v.boolean(), StartedAt: v.string(), FinishedAt: v.string() }),
  }),
);
type Inspected = v.InferOutput<typeof inspected>[number];

const nameForm = /^[A-Za-z0-9][\w.-]*$/;
/** So many are asked for at once: a command line has its bounds. */
const together = 100;
const mostAtFirst = 1_000_000;

/**
 * Logs of containers by `docker logs` or `podman logs`. A container is told by its ID: another one of the same name
 * begins anew. Its restarts are in one log.
 */
const containers = (program: 'docker' | 'podman'): CommandKind => ({
  program,
  listGoodFor: 1_000,
  patience: 30_000,
  mostAtFirst,
  async find(place, ask) {
    const wanted = containerPlace(place);
    if (!wanted) throw new RemoteError(`${place} names no container`);
    const found = (await inspect(await idsOf(wanted, ask), ask))
      .map(each => ({ ...each, Name: each.Name.replace(/^\//, '') }))
      .filter(({ Name }) => 'labels' in wanted || !isWild(wanted.name) || fits(wanted.name, Name))
      .sort((a, b) => (a.Name < b.Name ? -1 : 1));
    if (found.length === 0)
      throw new RemoteError(`no container fits ${place}: \`${program} ps --all\` lists those that are there`);
    const told = found.filter(({ Name }) => nameForm.test(Name)).map(each => toldOf(program, each));
    const odd = found.filter(({ Name }) => !nameForm.test(Name));
    const skipped = odd.map(({ Id }) => ({ source: `${program}:${Id.slice(0, 12)}`, reason: 'has an odd name' }));
    return { told, skipped };
  },
  explain: complaint => explain(program, complaintOf(complaint)),
});

export const connectDocker: Connect = () => new CommandTransport(containers('docker'));
export const connectPodman: Connect = () => new CommandTransport(containers('podman'));

async function idsOf(wanted: ContainerPlace, ask: Ask): Promise<string[]> {
  if ('name' in wanted && !isWild(wanted.name)) return [wanted.name];
  const labels = 'labels' in wanted ? wanted.labels : [];
  const { text } = await ask([
    'ps',
    '--all',
    '--quiet',
    '--no-trunc',
    ...labels.map(label => `--filter=label=${label}`),
  ]);
  return text.split(/\s+/).filter(id => /^[0-9a-f]{12,64}$/.test(id));
}

async function inspect(ids: readonly string[], ask: Ask): Promise<Inspected[]> {
  const all: Inspected[] = [];
  for (let from = 0; from < ids.length; from += together) {
    const { text } = await ask(['container', 'inspect', '--', ...ids.slice(from, from + together)]);
    all.push(...answerOf(text));
  }
  return all;
}

function answerOf(text: string): Inspected[] {
  try {
    return v.parse(inspected, JSON.parse(text));
  } catch {
    throw new RemoteError('its containers are told in a way that is not understood: is it docker or podman itself?');
  }
}

const toldOf = (program: string, { Id, Name, State: { Running, StartedAt, FinishedAt } }: Inspected): Told => ({
  far: { url: `${program}:${Name}`, size: null, modified: null, version: null, identity: Id },
  settled: Running ? null : `${Id} ${StartedAt} ${FinishedAt}`,
  args(tail, follow) {
    const overlap = overlapWith(tail);
    const range = overlap ? `--since=${overlap.from}` : `--tail=${mostAtFirst}`;
    return ['logs', '--timestamps', range, ...(follow ? ['--follow'] : []), '--', Id];
  },
  sieve: tail => new StampedSieve(tail, true),
});

function explain(program: string, complaint: string): RemoteError {
  if (/permission denied/i.test(complaint))
    return new RemoteError(
      `you may not use ${program} on this machine: become a member of the group that may, and log in again (${complaint})`,
    );
  if (/cannot connect to|is the docker daemon running|error during connect/i.test(complaint))
    return new RemoteError(`${program} does not run or cannot be reached: start it (${complaint})`);
  const [, name] = /no such (?:container|object):? ?"?([\w.-]*)/i.exec(complaint) ?? [];
  if (name !== undefined)
    return new RemoteError(`there is no container ${name}: \`${program} ps --all\` lists those that are there`);
  if (/does not support reading/i.test(complaint))
    return new RemoteError(`its log driver keeps nothing that can be read: choose json-file or local (${complaint})`);
  return new RemoteError(`${program} says: ${complaint}`);
}
