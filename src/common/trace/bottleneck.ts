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
  drags: ReadonlyMap<StepDraft, Drag>,
  labelOf: (step: StepDraft) => string,
): Bottleneck | null {
  const total = until - walk.from;
  if (total <= 0) return null;
  const ranked = [...drags].sort(([a, x], [b, y]) => y.saved - x.saved || walk.own.get(b)! - walk.own.get(a)!);
  const [step, drag] = ranked[0] ?? [];
  const own = step && walk.own.get(step)!;
  if (!step || !drag || !own) return null;

  const next = [...walk.own].filter(([other]) => other !== step).sort(([, a], [, b]) => b - a)[0];
  const time = (value: number) => formatDuration(toMs(nanos(value)));
  const uncertain =
    step.releasing?.bound === 'atMost' ? 'at most ' : step.releasing?.bound === 'atLeast' ? 'at least ' : '';
  const share = own / total;
  const parts = [
    `${labelOf(step)} takes ${uncertain}${time(own)} of ${time(total)} (${Math.round(share * 100)} %): ` +
      `without it the run would end ${uncertain}${time(drag.saved)} earlier.`,
  ];
  if (drag.limitedBy) parts.push(`Then ${labelOf(drag.limitedBy)} limits it.`);
  else if (next && next[1] > 0) parts.push(`Next on the path: ${labelOf(next[0])}, ${time(next[1])}.`);
  return {
    key: step.key,
    duration: nanos(own),
    share,
    drag: nanos(drag.saved),
    thenKey: drag.limitedBy?.key ?? null,
    sentence: parts.join(' '),
  };
}
