import type { StepDocument } from '../../../src/common/protocol/documents';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import { movedBy } from '../../../src/common/timeline/movedClocks';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { costMeaning } from '../../../src/common/timeline/usageText';
import { formatCount, oneLine, unbrokenDuration } from '../../page/format';
import { describeDuration, durationKindTexts, formatBounded, stepStatusText } from '../format';

export interface StepFact {
  name: string;
  value: string;
  /** What the name means, where it is not plain. */
  title?: string;
  error?: boolean;
  /** The value where it may be broken: between these. */
  parts?: readonly string[];
}

/** What is known of a step, in the order in which people ask. What the logs do not say is left out. */
export function stepFacts(
  step: StepDocument,
  row: TimelineRow,
  complete: boolean,
  stamp: (iso: string) => string,
): StepFact[] {
  const facts: (StepFact | null)[] = [
    row.placeholder || row.external
      ? null
      : { name: 'Status', value: stepStatusText(step.status, complete), error: step.status === 'failed' },
    row.placeholder
      ? null
      : {
          name: 'Duration',
          value: formatBounded(step.durationMs, step.durationKind, step.bound),
          title: describeDuration(step.durationMs, step.durationKind, step.bound),
        },
    step.bound === null ? null : { name: 'Known from', value: knownFrom(step), title: 'How the duration is known' },
    duration('Wait', step.waitMs, 'In the queue, before the first attempt'),
    duration('Own time', step.selfMs, 'Duration without the steps that this one contains'),
    duration('Could save', step.dragMs, 'How much earlier the run would end if this step took no time'),
    duration('Since previous', step.sincePreviousMs, "From the previous step's start to this one's: not a duration"),
    onPath(row),
    row.loop && {
      name: 'Loop',
      value: row.loop.text ?? `round ${row.loop.round} of ${row.loop.of}`,
      title: 'Steps that repeat: how often, and how long a round takes. None of them is hidden.',
    },
    time('Start', step.start && stamp(step.start)),
    time('End', step.end && stamp(step.end)),
    step.clockOffsetMs === null
      ? null
      : {
          name: 'Clock',
          value: `moved ${movedBy(step.clockOffsetMs)}`,
          title: "The offset of this host's clock was taken off the times, as asked. The log lines keep their own.",
        },
    text('Service', step.service),
    text('Host', step.host),
    text('Thread', step.thread),
    step.tokens === null ? null : { name: 'Tokens', value: formatCount(step.tokens) },
    step.cost === null ? null : { name: 'Cost', value: `${step.cost} (${costMeaning})` },
  ];
  return facts.filter(fact => fact !== null);
}

/** The context that the seed of every log line names; user, session, entity and organisation are those of the trace. */
export function contextFacts(step: StepDocument, trace: TraceHeader): StepFact[] {
  const previous = step.previousSteps.flatMap(({ stepId }) => stepId ?? []).join(', ');
  const facts = [
    text('Correlation ID', trace.correlationId),
    text('Step ID', step.stepId),
    text('Previous ID', previous === '' ? null : previous),
    text('Message ID', step.messageId),
    text('User', trace.userId),
    text('Session', trace.sessionId),
    text('Entity', trace.entityId),
    text('Organisation', trace.organizationId),
  ];
  return facts.filter(fact => fact !== null);
}

const text = (name: string, value: string | null): StepFact | null =>
  value === null ? null : { name, value: oneLine(value, 2000) };

/** Of an ISO stamp first the date, then the time. */
const time = (name: string, iso: string | null): StepFact | null => {
  const fact = text(name, iso);
  return fact && { ...fact, parts: fact.value.split(/(?<=T)/) };
};

const duration = (name: string, ms: number | null, title: string): StepFact | null =>
  ms === null ? null : { name, value: unbrokenDuration(ms), title };

/** Kind and bound, in words that say what they mean for the number. */
function knownFrom({ durationKind, bound }: StepDocument): string {
  if (durationKind === 'instant') return durationKindTexts.instant;
  const limit = { exact: 'exact', atMost: 'at most: may be shorter', atLeast: 'at least: may be longer' };
  return `${durationKindTexts[durationKind]}; ${limit[bound ?? 'exact']}`;
}

function onPath(row: TimelineRow): StepFact | null {
  const ms = row.path.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return ms > 0 ? duration('Critical path', ms, 'Time of the critical path that this step accounts for') : null;
}
