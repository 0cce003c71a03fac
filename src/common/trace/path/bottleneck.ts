import type { Bottleneck } from '../../model/trace';
import { nanos, toMs } from '../../model/units';
import { formatDuration } from '../../timeline/formatDuration';
import { percentText } from '../../timeline/percentText';
import type { StepDraft } from '../steps/stepDraft';
import type { PathWalk } from './criticalPath';
import type { Drags } from './drag';
import type { Silence } from './silence';

/**
 * The step whose disappearance would shorten the run the most, in words that are true of it.
 *
 * @param steps all, each at its index
 * @param silenceOf the longest silence in a step's log
 */
export function bottleneckOf(
  walk: PathWalk,
  until: number,
  drags: Drags,
  steps: readonly StepDraft[],
  naming: StepNaming,
  silenceOf: (step: StepDraft) => Silence | null,
): Bottleneck | null {
  const total = until - walk.from;
  if (total <= 0) return null;
  const most = longestDrag(drags, walk.own);
  if (most < 0 || walk.own[most] === 0) return null;
  const step = steps[most]!;
  const limitedBy = steps[drags.limitedBy[most]!] ?? null;
  const share = walk.own[most]! / total;
  const facts = { key: step.key, duration: nanos(walk.own[most]!), share, drag: nanos(drags.saved[most]!) };
  return worded({ ...facts, thenKey: limitedBy?.key ?? null }, () =>
    inWords({ walk, total, drags, step, limitedBy }, naming, silenceOf(step)),
  );
}

/** Numbers of steps are found for all at once: not before somebody reads. Then all that it took is let go. */
function worded(facts: Omit<Bottleneck, 'sentence'>, say: () => string): Bottleneck {
  let told: string | (() => string) = say;
  return {
    ...facts,
    get sentence() {
      if (typeof told === 'function') told = told();
      return told;
    },
  };
}

interface Facts {
  walk: PathWalk;
  total: number;
  drags: Drags;
  step: StepDraft;
  limitedBy: StepDraft | null;
}

function inWords({ walk, total, drags, step, limitedBy }: Facts, naming: StepNaming, silence: Silence | null): string {
  const drag = drags.saved[step.index]!;
  const ownOf = ({ index }: StepDraft) => walk.own[index]!;
  const named = (step: StepDraft) => `${naming.label(step)} (step ${naming.number(step)})`;
  const gap = dwarfingGap(walk, total);
  const rest = total - (gap?.all ?? 0);
  const next = longestBeside(step, walk);
  const alike = alikeTo(step, drags, walk);
  const parts: string[] = [];
  if (gap) {
    const part = gap.longest === gap.all ? 'all' : gap.longest >= 0.99 * gap.all ? 'nearly all' : time(gap.longest);
    const awaited = walk.steps.find(({ key }) => key === gap.key) ?? step;
    parts.push(
      `The run waits for ${percentText(gap.all / total)} of ${time(total)}, ${part} of it before ${named(awaited)} begins.`,
    );
  }
  if (isSpread(ownOf(step), next ? ownOf(next) : 0, rest)) parts.push('No step stands out.');
  const own = time(ownOf(step));
  const bound = { exact: '', atMost: 'at most ', atLeast: 'at least ' }[step.releasing?.bound ?? 'exact'];
  const together = alike.reduce((sum, other) => sum + ownOf(other), ownOf(step));
  if (walk.steps.length === 1 && ownOf(step) === total) parts.push(`${named(step)} is all of it: ${bound}${own}.`);
  else
    parts.push(
      `${gap ? `Of the other ${time(rest)}, ` : ''}${named(step)} takes ${bound}${own}${gap ? '' : ` of ${time(total)}`} ` +
        `(${percentText(ownOf(step) / rest)})` +
        `${alike.length === 0 ? '' : `, and ${others(alike, naming)} about as much, together ${time(together)} (${percentText(together / rest)})`}: ` +
        `without ${alike.length === 0 ? 'it' : `step ${naming.number(step)}`} the run would end ${bound}${time(drag)} earlier.`,
    );
  // Silent is as well who waits for what others do: so only where all of its time is its own.
  const { start, end } = step.releasing!;
  if (silence && silence.duration >= 0.5 * ownOf(step) && ownOf(step) >= end! - start!)
    parts.push(`Its log is silent for ${time(silence.duration)} of that, up to “${silence.endsWith}”.`);
  if (limitedBy) parts.push(`Then ${named(limitedBy)} limits it.`);
  else if (next && ownOf(next) > 0 && alike.length === 0)
    parts.push(`Next on the path: ${named(next)}, ${time(ownOf(next))}.`);
  return parts.join(' ');
}

/** How a reader finds a step: by its number in the rows, `4a`, and its name. */
export interface StepNaming {
  number: (step: StepDraft) => string;
  label: (step: StepDraft) => string;
}

const time = (value: number) => formatDuration(toMs(nanos(value)));

/** `steps 7 and 9`; many are counted instead. */
function others(steps: readonly StepDraft[], { number }: StepNaming): string {
  if (steps.length > 4) return `${steps.length} other steps`;
  const numbers = steps.map(number);
  const last = numbers.pop();
  return numbers.length === 0 ? `step ${last}` : `steps ${numbers.join(', ')} and ${last}`;
}

/** Whether the longest step has little of the time, and the next one hardly less. */
const isSpread = (own: number, next: number, rest: number): boolean => own < 0.15 * rest && own - next <= 0.03 * rest;

/** The other steps that take as much of the path as this one, give or take a tenth, and save as much. */
function alikeTo(step: StepDraft, { saved }: Drags, { steps, own }: PathWalk): StepDraft[] {
  const isNear = (values: Float64Array, other: number) =>
    Math.abs(values[other]! - values[step.index]!) <= 0.1 * values[step.index]!;
  return steps.filter(other => other !== step && isNear(own, other.index) && isNear(saved, other.index)).reverse();
}

/** Index of the step with the most drag, of equal ones that with the most time of its own, the first of them; or −1. */
function longestDrag({ steps, saved }: Drags, own: Float64Array): number {
  let most = -1;
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!;
    if (most < 0 || saved[step]! > saved[most]! || (saved[step] === saved[most] && own[step]! > own[most]!))
      most = step;
  }
  return most;
}

/** Of the other steps on the path the one with the most time of its own, the first of equal ones. */
function longestBeside(step: StepDraft, { steps, own }: PathWalk): StepDraft | undefined {
  let most: StepDraft | undefined;
  for (const other of steps) {
    if (other !== step && (most === undefined || own[other.index]! > own[most.index]!)) most = other;
  }
  return most;
}

/** From this share of the run on, waiting and idling are told first: beside them, no step takes a share worth a word. */
const dwarfing = 0.9;

interface Gap {
  /** All time on the path in which it was only waited. */
  all: number;
  longest: number;
  /** The step that the longest stretch was waited for. */
  key: string;
}

function dwarfingGap({ path }: PathWalk, total: number): Gap | null {
  const gap: Gap = { all: 0, longest: Number.NEGATIVE_INFINITY, key: '' };
  for (const { kind, key, start, end } of path.segments()) {
    if (kind !== 'wait' && kind !== 'idle') continue;
    gap.all += end - start;
    if (end - start <= gap.longest) continue;
    gap.longest = end - start;
    gap.key = key;
  }
  return gap.all > 0 && gap.all >= dwarfing * total && gap.all < total ? gap : null;
}
