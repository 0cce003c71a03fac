import type { Bottleneck } from '../model/trace';
import { nanos, toMs } from '../model/units';
import { formatDuration } from '../timeline/formatDuration';
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
  let drag = drags[0];
  for (const other of drags) {
    if ((other.saved - drag!.saved || ownOf(other.step) - ownOf(drag!.step)) > 0) drag = other;
  }
  if (!drag || ownOf(drag.step) === 0) return null;
  const { step } = drag;
  const own = ownOf(step);
  let next: StepDraft | null = null;
  for (const other of walk.steps) if (other !== step && (!next || ownOf(other) > ownOf(next))) next = other;
  const time = (value: number) => formatDuration(toMs(nanos(value)));
  const uncertain =
    step.releasing?.bound === 'atMost' ? 'at most ' : step.releasing?.bound === 'atLeast' ? 'at least ' : '';
  const share = own / total;
  const parts = [
    `${labelOf(step)} takes ${uncertain}${time(own)} of ${time(total)} (${Math.round(share * 100)} %): ` +
      `without it the run would end ${uncertain}${time(drag.saved)} earlier.`,
  ];
  if (drag.limitedBy) parts.push(`Then ${labelOf(drag.limitedBy)} limits it.`);
  else if (next && ownOf(next) > 0) parts.push(`Next on the path: ${labelOf(next)}, ${time(ownOf(next))}.`);
  return {
    key: step.key,
    duration: nanos(own),
    share,
    drag: nanos(drag.saved),
    thenKey: drag.limitedBy?.key ?? null,
    sentence: parts.join(' '),
  };
}
