// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus, and names the active line
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list has the keys of all lines
// biome-ignore-all lint/a11y/noStaticElementInteractions: what is clicked in a line can be done by keys from its details
import type { ShownLine } from '../../src/common/protocol/logReader';
import { visibleLines } from '../../src/common/timeline/visibleText';
import { formatBytes, formatCount } from '../page/format';
import { kept } from '../page/kept';
import { type LinePart, lineParts, type Sought } from './lineParts';

interface LineRowProps {
  line: ShownLine;
  selected: boolean;
  /** Whether it belongs to the record that was to be shown. */
  lit: boolean;
  sought: Sought | null;
  onSelect: (line: ShownLine, open: boolean) => void;
  onTrace: (id: string) => void;
}

export const rowId = (from: number): string => `line-${from}`;

/** One line of a log. All of it is text, whatever it holds. Kept as it is while nothing of it changes. */
export const LineRow = kept(({ line, selected, lit, sought, onSelect, onTrace }: LineRowProps) => {
  const { from, moreBytes, severity, continues } = line;
  return (
    <div
      class={['line', severity, selected && 'selected', lit && 'lit'].filter(Boolean).join(' ')}
      role="option"
      id={rowId(from)}
      data-from={from}
      aria-selected={selected}
      onClick={event => onSelect(line, event.detail === 2)}
    >
      <span class="spoken">{continues ? 'Rest of line ' : 'Line '}</span>
      <span class="number">{continues ? '⋯' : line.line === null ? '' : formatCount(line.line)}</span>
      <span class="spoken">{severity === null ? ', ' : `, ${severity}, `}</span>
      <span class="text log">
        {lineParts(line, sought).map(part => (
          <Part key={part.start} part={part} onTrace={onTrace} />
        ))}
      </span>
      {moreBytes > 0 && (
        <span class="link more-bytes" onClick={() => onSelect(line, true)}>
          {`… ${formatBytes(moreBytes)} more`}
        </span>
      )}
    </div>
  );
});

function Part({ part: { text, id, match }, onTrace }: { part: LinePart; onTrace: (id: string) => void }) {
  const classes = [id !== null && 'id', match !== 'none' && `match ${match}`].filter(Boolean).join(' ');
  if (id === null) return <span class={classes}>{visibleLines(text)}</span>;
  // To mark a part of it with the mouse is no click.
  const trace = () => document.getSelection()?.isCollapsed !== false && onTrace(id);
  return (
    <span class={classes} onClick={trace}>
      {visibleLines(text)}
    </span>
  );
}
