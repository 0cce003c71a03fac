import { Random } from '../../simulator/random';
import { json } from './logs';

/**
 * Lines of traces of which many stop somewhere: forks, ways back, publishers' lines, ends that were lost, side work, hosts
 * or none, messages with IDs, stamps of one millisecond, clocks that differ.
 */
export function cutTraces(seed: number, count: number): string {
  const random = new Random(seed);
  const lines: { at: number; text: string }[] = [];
  for (let trace = 0; trace < count; trace++) {
    const of = cutTrace(random);
    lines.push(...of.slice(0, random.chance(0.2) ? of.length : random.int(1, of.length)));
  }
  return lines
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .join('');
}

interface Step {
  stepId: string;
  service: string;
  host: string | undefined;
  stepType: string;
  ended: number;
}

function cutTrace(random: Random): { at: number; text: string }[] {
  const correlationId = random.uuid();
  const lines: { at: number; text: string }[] = [];
  const begin = random.int(0, 600_000);
  const [logsEnds, isCoarse, hasHosts] = [random.chance(0.8), random.chance(0.2), random.chance(0.5)];
  const skew = new Map(['api', 'w1', 'w2'].map(name => [name, random.chance(0.1) ? random.int(-900, 900) : 0]));
  const write = (at: number, service: string, fields: Record<string, unknown>) => {
    const stamp = isCoarse ? 1000 * Math.floor(at / 1000) : at;
    const ms = begin + stamp + (skew.get(service) ?? 0);
    lines.push({ at: ms, text: json(ms, { correlationId, service, ...fields }) });
  };
  const steps: Step[] = [];
  let clock = 0;
  for (let left = random.int(1, 7); left > 0; left--) {
    const previous = steps.length === 0 || random.chance(0.05) ? null : random.pick(steps.slice(-2));
    const service = random.pick(['api', 'w1', 'w2']);
    const stepType = random.pick(['Context', 'LLM Inference', 'Audit', 'Result']);
    const host = hasHosts ? `${service}-${random.int(1, 2)}` : undefined;
    const stepId = `s-${random.hex(6)}`;
    const names = { stepId, stepType, ...(previous ? { previousStepId: previous.stepId } : {}) };
    const message = random.chance(0.1) ? { messageId: `m-${random.int(1, 3)}` } : {};
    const pause = () => (random.chance(0.1) ? 0 : random.int(1, 400));
    if (previous && random.chance(0.6)) {
      const at = random.chance(0.7) ? previous.ended - random.int(0, 30) : clock + pause();
      const text = random.chance(0.5) ? `Publishing ${stepType} message` : 'Row stored for later';
      write(at, previous.service, { ...names, ...message, host: previous.host, message: text });
    }
    clock = (previous && random.chance(0.3) ? previous.ended : clock) + pause();
    const own = { ...names, ...message, host };
    if (random.chance(0.9)) write(clock, service, { ...own, event: 'start', message: `${stepType} started` });
    clock += pause();
    if (random.chance(0.4)) write(clock, service, { ...own, message: 'Loading the input' });
    clock += pause();
    const took = random.chance(0.1) ? { duration_ms: random.int(1, 300) } : {};
    if (logsEnds && random.chance(0.85))
      write(clock, service, { ...own, ...took, event: 'end', message: `${stepType} completed` });
    steps.push({ stepId, service, host, stepType, ended: clock });
  }
  return lines.sort((a, b) => a.at - b.at);
}
