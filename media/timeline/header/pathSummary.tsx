import { visibleText } from '../../../src/common/timeline/visibleText';
import { shortNumber } from '../../../src/common/trace/steps/shortNumber';
import { oneLine } from '../../page/format';
import { useNamedStep } from '../details/stepData';
import type { HeaderProps } from './headerProps';

/** A number and its unit stay on one line. */
const unbroken = (text: string): string => text.replace(/(?<=\d) (?=(?:%|ns|µs|ms|s|min|h|d)(?!\w))/g, '\u00a0');

/** Names without end must not take the place of the rows. */
const longest = 240;

/** Where the time went, and up to which step that is measured. */
export function PathSummary({ trace, host, select }: HeaderProps) {
  const { bottleneck, criticalPathUntil: until } = trace;
  const last = useNamedStep(host, trace, until?.key ?? null);
  if (bottleneck === null && last === null) return null;
  const sentence = bottleneck?.sentence ?? '';
  return (
    <p class="bottleneck">
      {bottleneck && (
        <button
          type="button"
          class="sentence"
          title={sentence.length > longest ? visibleText(sentence) : 'Show this step'}
          onClick={() => select(bottleneck.key)}
        >
          <span class="words">{unbroken(oneLine(sentence, longest))}</span>
        </button>
      )}
      {until && last && (
        <button
          type="button"
          class="sentence until extra"
          title={`The critical path ends with this step, ${oneLine(last.label)}: ${oneLine(until.reason)}`}
          onClick={() => select(until.key)}
        >
          Time is counted up to {oneLine(last.label, 60)} (step {shortNumber(last.number)}): {oneLine(until.reason)}.
        </button>
      )}
    </p>
  );
}
