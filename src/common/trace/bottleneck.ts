import type { Bottleneck } from '../model/trace';
import { nanos, toMs } from '../model/units';
import { formatDuration } from '../timeline/formatDuration';
import { percentText } from '../timeline/percentText';
import type { PathWalk } from './criticalPath';
import type { Drags } from './drag';
import type { StepDraft } from './stepDraft';

/**
 * The step whose disappearance would shorten the run the most, in words that are true of it.
 *
 * @param steps all, each at its index
 */
export function bottleneckOf(
  walk: PathWalk,
  until: number,
  drags: Drags,
  steps: readonly StepDraft[],
  labelOf: (step: StepDraft) => string,
): Bottleneck | null {
  const total = until - walk.from;
  if (total <= 0) return null;
  const ownOf = ({ index }: StepDraft) => walk.own[index]!;
  const most = longestDrag(drags, walk.own);
  if (most < 0 || walk.own[most] === 0) return null;
  const step = steps[most]!;
  const saved = drags.saved[most]!;
  const own = ownOf(step);
  const next = longestBeside(step, walk);
  const time = (value: number) => formatDuration(toMs(nanos(value)));
  const uncertain =
    step.releasing?.bound === 'atMost' ? 'at most ' : step.releasing?.bound === 'atLeast' ? 'at least ' : '';
  const gap = dwarfingGap(walk, total);
  const rest = total - (gap?.all ?? 0);
  const parts = [
    `${gap ? `Of the other ${time(rest)}, ${labelOf(step)} takes` : `${labelOf(step)} takes`} ` +
      `${uncertain}${time(own)}${gap ? '' : ` of ${time(total)}`} (${percentText(own / rest)}): ` +
      `without it the run would end ${uncertain}${time(saved)} earlier.`,
  ];
  if (gap) {
    const part = gap.longest === gap.all ? 'all' : gap.longest >= 0.99 * gap.all ? 'nearly all' : time(gap.longest);
    const next = walk.steps.find(({ key }) => key === gap.key) ?? step;
    parts.unshift(
      `The run waits for ${percentText(gap.all / total)} of ${time(total)}, ${part} of it before ${labelOf(next)} begins.`,
    );
  }
  const limitedBy = steps[drags.limitedBy[most]!];
  if (limitedBy) parts.push(`Then ${labelOf(limitedBy)} limits it.`);
  else if (next && ownOf(next) > 0) parts.push(`Next on the path: ${labelOf(next)}, ${time(ownOf(next))}.`);
  return {
    key: step.key,
    duration: nanos(own),
    share: own / total,
    drag: nanos(saved),
    thenKey: limitedBy?.key ?? null,
    sentence: parts.join(' '),
  };
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

function dwarfingGap({ segments }: PathWalk, total: number): Gap | null {
  const gap: Gap = { all: 0, longest: Number.NEGATIVE_INFINITY, key: '' };
  for (const { kind, key, start, end } of segments) {
    if (kind !== 'wait' && kind !== 'idle') continue;
    gap.all += end - start;
    if (end - start <= gap.longest) continue;
    gap.longest = end - start;
    gap.key = key;
  }
  return gap.all > 0 && gap.all >= dwarfing * total && gap.all < total ? gap : null;
}
