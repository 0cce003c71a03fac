import type { StepDocument } from '../../../src/common/protocol/documents';
import { counted, oneLine } from '../../page/format';
import { useTimeOfDay } from '../time/clockTime';
import { Limited } from './controls';

/** How often a step was tried, where that is more than once, and which attempt counts. */
export function Attempts({ step }: { step: StepDocument }) {
  const clock = useAttemptClock();
  if (step.attempts.length < 2) return null;
  return (
    <section>
      <h3>{counted(step.attempts.length, 'attempt')}</h3>
      <ol class="attempts">
        <Limited
          items={step.attempts}
          show={({ service, host, start, end, status, releasing }, index) => (
            <li key={index}>
              <span class={status === 'failed' ? 'error-text' : ''}>{status}</span>
              {releasing && ' (this one counts)'}
              <span class="muted log">
                {[service, host, `${clock(start, 'start')} – ${clock(end, 'end')}`]
                  .filter(part => part !== null)
                  .map(part => ` · ${oneLine(part)}`)}
              </span>
            </li>
          )}
        />
      </ol>
    </section>
  );
}

/** Who was called, where both sides log under one step ID: each by its own clock. */
export function CallSides({ step }: { step: StepDocument }) {
  const clock = useAttemptClock();
  const sides = step.attempts.flatMap(attempt => attempt.sides);
  if (sides.length === 0) return null;
  return (
    <section>
      <h3>{sides.length === 1 ? 'Other side of the call' : 'Other sides of the call'}</h3>
      <ul class="attempts">
        <Limited
          items={sides}
          show={({ service, host, start, end, status }, index) => (
            <li key={index}>
              <span class={status === 'failed' ? 'error-text' : ''}>{oneLine(service ?? 'service not named')}</span>
              <span class="muted log">
                {[host, `${clock(start, 'start')} – ${clock(end, 'end')}`]
                  .filter(part => part !== null)
                  .map(part => ` · ${oneLine(part)}`)}
              </span>
            </li>
          )}
        />
      </ul>
    </section>
  );
}

/** The time of day of a stamp, or which one is missing. */
function useAttemptClock() {
  const timeOfDay = useTimeOfDay();
  return (time: string | null, what: string) => (time === null ? `${what} not logged` : timeOfDay(time));
}
