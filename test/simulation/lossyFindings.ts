import type { Trace } from '../../src/common/model/trace';
import { type LossyTrace, type MissingKind, missingKinds, missingOf } from '../simulator/index';
import { releasing, type Step, stepsOf } from '../simulator/model';

/** What is told, against what is so. */
export class Tally {
  right = 0;
  wrong = 0;
  missed = 0;
  /** Of durations: within and without, by kind and bound. */
  readonly kinds = new Map<string, [number, number]>();

  get all(): number {
    return this.right + this.wrong + this.missed;
  }

  get precision(): number {
    return this.right + this.wrong === 0 ? 1 : this.right / (this.right + this.wrong);
  }

  get recall(): number {
    return this.right + this.missed === 0 ? 1 : this.right / (this.right + this.missed);
  }

  add({ right, wrong, missed, kinds }: Tally): void {
    this.right += right;
    this.wrong += wrong;
    this.missed += missed;
    for (const [kind, [within, without]] of kinds) {
      const [a, b] = this.kinds.get(kind) ?? [0, 0];
      this.kinds.set(kind, [a + within, b + without]);
    }
  }

  described(): string {
    if (this.kinds.size > 0) return [...this.kinds].map(([kind, [a, b]]) => `${kind} ${a} of ${a + b}`).join(', ');
    const share = (value: number) => `${(value * 100).toFixed(2)} %`;
    const { right, wrong, missed } = this;
    return `precision ${share(this.precision)}, recall ${share(this.recall)} (${right} right, ${wrong} wrong, ${missed} missed)`;
  }
}

/** Kinds that are told of hosts, not of steps. */
type NoteName = MissingKind | 'clockOffset';

export interface Findings {
  durations: Tally;
  notes: Record<NoteName, Tally>;
  /** What is so but not to be seen in the logs, by kind and reason. */
  hidden: Map<string, { all: number; told: number }>;
  examples: string[];
  add(other: Findings): void;
}

export function newFindings(): Findings {
  const names: NoteName[] = [...missingKinds, 'clockOffset'];
  return {
    durations: new Tally(),
    notes: Object.fromEntries(names.map(name => [name, new Tally()])) as Record<NoteName, Tally>,
    hidden: new Map(),
    examples: [],
    add(other) {
      this.durations.add(other.durations);
      for (const name of names) this.notes[name].add(other.notes[name]);
      for (const [reason, { all, told }] of other.hidden) count(this, reason, told, all);
      this.examples.push(...other.examples);
    },
  };
}

function count({ hidden }: Findings, reason: string, told: number, all = 1): void {
  const known = hidden.get(reason) ?? { all: 0, told: 0 };
  hidden.set(reason, { all: known.all + all, told: known.told + told });
}

/** Every duration that the trace shows, against how long the attempt took that let the flow go on. */
export function checkBounds(trace: Trace, { stages }: LossyTrace, { durations, examples }: Findings): void {
  const truths = new Map<string | null, Step>(stepsOf(stages).map(step => [step.stepId, step]));
  for (const { stepId, duration, durationKind, bound, records } of trace.steps) {
    const step = truths.get(stepId);
    const run = step && releasing(step);
    if (!run) continue;
    const kind = duration === null ? 'unknown' : `${durationKind} ${bound}`;
    const tally = durations.kinds.get(kind) ?? [0, 0];
    durations.kinds.set(kind, tally);
    const real = (run.end ?? Number.POSITIVE_INFINITY) - run.start;
    const stated = duration === null ? null : duration / 1e6;
    const holds =
      stated === null || (bound === 'exact' ? stated === real : bound === 'atMost' ? stated >= real : stated <= real);
    tally[holds ? 0 : 1]++;
    if (stated === null) continue;
    if (holds) durations.right++;
    else {
      durations.wrong++;
      const lines = records
        .map(at => trace.records[at]!)
        .map(({ host, phase, attempt }) => `${host} ${phase} ${attempt}`);
      examples.push(`${trace.correlationId} ${stepId}: ${kind} ${stated} ms against ${real} (${lines.join(', ')})`);
    }
  }
}

/** Every note of a kind, step by step, and every attempt and clock. */
export function checkNotes(trace: Trace, lossyTrace: LossyTrace, findings: Findings): void {
  const truth = missingOf(lossyTrace);
  for (const kind of missingKinds) {
    const { visible, hidden } = truth[kind];
    const tally = findings.notes[kind];
    const said = toldOf(trace, kind);
    // The note on an effect before its cause is about both.
    const causes = kind === 'effectBeforeCause' ? causesOf([...visible, ...hidden.keys()], lossyTrace) : null;
    for (const id of said) {
      if (visible.has(id) || hidden.has(id) || causes?.has(id)) tally.right++;
      else {
        tally.wrong++;
        findings.examples.push(`${trace.correlationId} ${id}: ${kind} is told but not so`);
      }
    }
    for (const id of visible) {
      if (said.has(id)) continue;
      tally.missed++;
      findings.examples.push(`${trace.correlationId} ${id}: ${kind} is not told`);
    }
    for (const [id, reason] of hidden) count(findings, `${kind}: ${reason}`, said.has(id) ? 1 : 0);
  }
  checkClocks(trace, lossyTrace, truth.effectBeforeCause.visible.size > 0, findings);
}

/** By the log's own IDs: a step that is only named has a key of its own. */
function toldOf({ steps, notes }: Trace, kind: MissingKind): Set<string> {
  const ids = new Map(steps.map(({ key, stepId }) => [key, stepId ?? key]));
  const keys =
    kind === 'attempts'
      ? steps.filter(step => step.attempts.length > 1).map(step => step.key)
      : notes.filter(note => note.kind === kind).flatMap(note => note.steps);
  return new Set(keys.map(key => ids.get(key) ?? key));
}

function causesOf(effects: readonly string[], { stages }: LossyTrace): Set<string> {
  const ids = new Set(effects);
  const named = stepsOf(stages).filter(({ stepId }) => ids.has(stepId));
  return new Set(named.flatMap(step => step.named.map(({ stepId }) => stepId)));
}

/** A clock's offset is right where the true one lies in its interval; it is missed where a contradiction has none. */
function checkClocks({ clockOffsets, notes, correlationId }: Trace, trace: LossyTrace, seen: boolean, found: Findings) {
  const tally = found.notes.clockOffset;
  for (const { host, reference, min, max } of clockOffsets) {
    const real = (trace.skewOf(host) - trace.skewOf(reference)) * 1e6;
    if ((min ?? real) <= real && real <= (max ?? real)) tally.right++;
    else {
      tally.wrong++;
      found.examples.push(`${correlationId} ${host}: ${min} to ${max} ns against ${reference}, but it is ${real}`);
    }
  }
  if (!seen || notes.some(({ kind }) => kind === 'clockOffset')) return;
  tally.missed++;
  found.examples.push(`${correlationId}: no clock is said to be off`);
}
