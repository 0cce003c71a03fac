import type { Bottleneck, PathSegment } from '../model/trace';
import { nanos, toMs } from '../model/units';
import { formatDuration } from '../timeline/formatDuration';
import { percentText } from '../timeline/percentText';
import type { PathWalk } from './criticalPath';
import type { Drag } from './drag';
import type { StepDraft } from './stepDraft';

/** The step whose disappearance would shorten the run the most, in words that are true of it. */
export function bottleneckOf(
  walk: PathWalk,
  until: number,
  drags: readonly Drag[],
  labelOf: (step: StepDraft) => string,
): Bottleneck | null {
  const total = until - walk.from;
  if (total <= 0) return null;
  const ownOf = ({ index }: StepDraft) => walk.own[index]!;
  const drag = firstMost(drags, (a, b) => a.saved - b.saved || ownOf(a.step) - ownOf(b.step));
  if (!drag || ownOf(drag.step) === 0) return null;
  const { step } = drag;
  const own = ownOf(step);
  const others = walk.steps.filter(other => other !== step);
  const next = firstMost(others, (a, b) => ownOf(a) - ownOf(b));
  const time = (value: number) => formatDuration(toMs(nanos(value)));
  const uncertain =
    step.releasing?.bound === 'atMost' ? 'at most ' : step.releasing?.bound === 'atLeast' ? 'at least ' : '';
  const gap = dwarfingGap(walk, total);
  const rest = total - (gap?.all ?? 0);
  const parts = [
    `${gap ? `Of the other ${time(rest)}, ${labelOf(step)} takes` : `${labelOf(step)} takes`} ` +
      `${uncertain}${time(own)}${gap ? '' : ` of ${time(total)}`} (${percentText(own / rest)}): ` +
      `without it the run would end ${uncertain}${time(drag.saved)} earlier.`,
  ];
  if (gap) {
    const most = gap.longest === gap.all ? 'all' : gap.longest >= 0.99 * gap.all ? 'nearly all' : time(gap.longest);
    const next = walk.steps.find(({ key }) => key === gap.key) ?? step;
    parts.unshift(
      `The run waits for ${percentText(gap.all / total)} of ${time(total)}, ${most} of it before ${labelOf(next)} begins.`,
    );
  }
  if (drag.limitedBy) parts.push(`Then ${labelOf(drag.limitedBy)} limits it.`);
  else if (next && ownOf(next) > 0) parts.push(`Next on the path: ${labelOf(next)}, ${time(ownOf(next))}.`);
  return {
    key: step.key,
    duration: nanos(own),
    share: own / total,
    drag: nanos(drag.saved),
    thenKey: drag.limitedBy?.key ?? null,
    sentence: parts.join(' '),
  };
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
  const gaps = segments.filter(({ kind }) => kind === 'wait' || kind === 'idle');
  const lengthOf = ({ start, end }: PathSegment) => end - start;
  const longest = firstMost(gaps, (a, b) => lengthOf(a) - lengthOf(b));
  const all = gaps.reduce((sum, gap) => sum + lengthOf(gap), 0);
  return longest && all >= dwarfing * total && all < total
    ? { all, longest: lengthOf(longest), key: longest.key }
    : null;
}

function firstMost<Value>(values: readonly Value[], compare: (a: Value, b: Value) => number): Value | undefined {
  let most = values[0];
  for (const value of values) if (compare(value, most!) > 0) most = value;
  return most;
}
