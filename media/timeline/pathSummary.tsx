import { visibleText } from '../../src/common/timeline/visibleText';
import { oneLine } from '../page/format';
import type { HeaderProps } from './headerProps';
import { useNamedStep } from './stepData';

/** Where the time went, and up to which step that is measured. */
export function PathSummary({ trace, host, select }: HeaderProps) {
  const { bottleneck, criticalPathUntil: until } = trace;
  const last = useNamedStep(host, trace, until?.key ?? null);
  if (bottleneck === null && last === null) return null;
  return (
    <p class="bottleneck">
      {bottleneck && (
        <button type="button" class="sentence" title="Show this step" onClick={() => select(bottleneck.key)}>
          {visibleText(bottleneck.sentence)}
        </button>
      )}
      {until && last && (
        <button
          type="button"
          class="sentence until"
          title={`The critical path ends with this step: ${oneLine(until.reason)}`}
          onClick={() => select(until.key)}
        >
          Measured until {last.number} {oneLine(last.label)} ({oneLine(until.reason)}).
        </button>
      )}
    </p>
  );
}
