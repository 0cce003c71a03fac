import type { TimelineState } from '../../src/common/protocol/timelineProtocol';
import { counted, oneLine, traceStatusTexts } from '../page/format';
import { phaseOf } from './phase';

const firstSteps = 'First steps found, still reading';

/** Says to a screen reader, once, how the search ended. It is always there: what comes with its text is not heard. */
export function Announcement({ state }: { state: TimelineState }) {
  return (
    <p class="spoken" role="status">
      {outcome(state).replaceAll('\u00a0', ' ')}
    </p>
  );
}

function outcome(state: TimelineState): string {
  switch (state.kind) {
    case 'loading':
      return state.progress?.trace ? firstSteps : '';
    case 'failed': // Says it by itself, as an alert.
      return '';
    case 'choices':
      return `Choose one of ${counted(state.count, 'trace')}`;
    case 'notFound':
      return `Nothing found for ${oneLine(state.title)}`;
    case 'trace': {
      const { steps, status } = state.trace;
      if (phaseOf(state) === 'reading') return firstSteps;
      if (phaseOf(state) === 'cancelled') return `Search cancelled: ${counted(steps, 'step')} so far`;
      return `Trace found: ${counted(steps, 'step')}, ${traceStatusTexts[status].toLowerCase()}`;
    }
  }
}
