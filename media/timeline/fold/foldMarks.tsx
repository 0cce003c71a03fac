// biome-ignore-all lint/a11y/noStaticElementInteractions: the row is the item of the tree, and says whether it is open
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys of all rows
import { type FoldTexts, foldPathMs, foldText, foldTimeText } from '../../../src/common/timeline/foldText';
import type { RowFold } from '../../../src/common/timeline/rowFold';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { unbrokenDuration } from '../../page/format';
import { Icon } from '../../page/icon';
import { isExpanded } from '../rows/levels';

interface TwistieProps {
  row: TimelineRow;
  index: number;
  /** `null` where nothing can be folded now. */
  onFold: ((index: number) => void) | null;
}

/** As in VS Code's trees: for the mouse; the row says the same, and has the keys. */
export function Twistie({ row, index, onFold }: TwistieProps) {
  const expanded = onFold && isExpanded(row);
  if (!onFold || expanded === null) return <span class="twistie" />;
  return (
    <span
      class={expanded ? 'twistie foldable expanded' : 'twistie foldable'}
      title={expanded ? 'Collapse (←)' : 'Expand (→)'}
      onClick={event => {
        event.stopPropagation();
        onFold(index);
      }}
    >
      <Icon name="chevron" />
    </span>
  );
}

/** How much is hidden, what went wrong in it, and what of it still runs. */
export function FoldSummary({ fold }: { fold: RowFold }) {
  const { steps, time, rest, errors, running }: FoldTexts = foldText(fold);
  const onPath = foldPathMs(fold);
  const title = [
    `${fold.kind === 'below' ? 'Hidden below' : 'Folded'}: ${[rest, errors, running].filter(Boolean).join(', ')}.`,
    foldTimeText(fold),
    onPath > 0 && `${unbrokenDuration(onPath)} of it on the critical path.`,
  ];
  return (
    <span class={`fold-summary ${fold.kind}`} title={title.filter(Boolean).join(' ')}>
      {fold.kind === 'run' ? (
        <span class="fold-rest">
          {steps}
          {time !== null && <span class="fold-time">, {time}</span>}
        </span>
      ) : (
        <span class="fold-rest">
          <span>+{steps}</span>
          {time !== null && <span>{time} below</span>}
        </span>
      )}
      {errors && (
        <span class="fold-errors">
          <Icon name="error" />
          {errors.replace(/\D+$/, '')}
          <span class="fold-word">{errors.replace(/^[\d,]+ /, '')}</span>
        </span>
      )}
      {running && (
        <span class="fold-running">
          <Icon name="loading" />
          {running.replace(/\D+$/, '')}
          <span class="fold-word">running</span>
        </span>
      )}
    </span>
  );
}
