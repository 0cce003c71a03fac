// biome-ignore-all lint/a11y/useSemanticElements: a <tr> cannot be placed by itself, see cell.tsx
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys of all rows
import { useMemo } from 'preact/hooks';
import { nothingUsed, usedTogether } from '../../../src/common/model/usedTokens';
import { type Matcher, piecesOf } from '../../../src/common/query/textPieces';
import { isAgentWork } from '../../../src/common/timeline/agentLens';
import { foldTimeText } from '../../../src/common/timeline/foldText';
import { movedBy } from '../../../src/common/timeline/movedClocks';
import type { RowFold } from '../../../src/common/timeline/rowFold';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { costText, explainedUsage, usageText } from '../../../src/common/timeline/usageText';
import { shortNumber } from '../../../src/common/trace/steps/shortNumber';
import { Action } from '../../page/action';
import { formatCount, oneLine, unbrokenDuration } from '../../page/format';
import { Icon } from '../../page/icon';
import { kept } from '../../page/kept';
import type { RowPlace } from '../../page/virtualGrid';
import { FoldSummary, Twistie } from '../fold/foldMarks';
import {
  absence,
  absenceText,
  describeDuration,
  durationKindNames,
  externalText,
  formatBounded,
  runNumber,
  stepKindTexts,
} from '../format';
import { Bars } from '../time/bars';
import { Cell } from './cell';
import { isExpanded } from './levels';
import { MatchedText } from './matchedText';
import { spokenRow } from './spokenRow';

/** Pixels; where there is little room a row has two lines: service and duration stand below the name. */
export const rowHeights = { oneLine: 26, twoLines: 42 };

export interface RowProps extends RowPlace {
  /** `undefined` until its window has come. */
  row: TimelineRow | undefined;
  index: number;
  count: number;
  /** What was looked for, in a row that fits; `null` in others. */
  match: Matcher | null;
  /** False while logs are read. */
  complete: boolean;
  colour: string;
  /** False where the trace has no times. */
  timed: boolean;
  onOpen: (index: number) => void;
  /** `null` where nothing can be folded now. */
  onFold: ((index: number) => void) | null;
}

/** One step. Kept as it is while nothing of it changes, so that scrolling draws only rows that come in. */
export const Row = kept((props: RowProps) => {
  const { row, index, count, match, complete, top, selected, reachable, onClick, onFold } = props;
  const expanded = row && onFold ? isExpanded(row) : null;
  const spoken = useMemo(() => row && spokenRow(row, complete), [row, complete]);
  return (
    <div
      class={classOf(props)}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-level={(row?.depth ?? 0) + 1}
      aria-posinset={row?.sibling}
      aria-setsize={row?.siblings}
      aria-expanded={expanded ?? undefined}
      aria-selected={selected}
      aria-busy={row === undefined}
      aria-label={spoken ? spoken + (match ? ', match' : '') : `Step ${index + 1} of ${count}, loading`}
      tabIndex={reachable ? 0 : -1}
      style={{ top: `${top}px` }}
      onClick={event => onClick(index, event)}
    >
      <Contents {...props} />
    </div>
  );
});

function classOf({ row, selected, match }: RowProps): string {
  if (!row) return selected ? 'row loading selected' : 'row loading';
  const names = {
    selected,
    hit: match !== null,
    absent: row.placeholder || row.external !== null,
    'agent-work': isAgentWork(row.kind),
    run: row.fold?.kind === 'run',
  };
  const set = Object.entries(names).flatMap(([name, on]) => (on ? name : []));
  return ['row', `status-${row.status}`, ...set].join(' ');
}

/** A row that has not come hides what its element showed last: changing that costs a fraction of making it anew. */
const Contents = kept(
  ({ row, ...props }: RowProps) => row && <Cells {...props} row={row} />,
  (_, { row }) => row !== undefined,
);

/** The first levels count in full, the next ones a little; the level itself is told by `aria-level`. */
function Indent({ depth }: { depth: number }) {
  if (depth === 0) return null;
  const near = Math.min(depth, 6);
  return <span class="indent" style={{ '--near': near, '--far': Math.min(depth, 30) - near }} />;
}

/** Where a round of a loop begins: the how manieth it is, of how many; at the first one what goes round. */
function Round({ round, of, text }: NonNullable<TimelineRow['loop']>) {
  return (
    <span class={text === null ? 'round' : 'round first'} title={text ?? `Round ${round} of ${of}`}>
      {text !== null && <Icon name="loop" />}
      {formatCount(round)}/{formatCount(of)}
    </span>
  );
}

/** What a model used, at its row; where rows are folded into it, in all of them. */
function Usage({ row }: { row: TimelineRow }) {
  const { kind, tokens, cost, fold } = row;
  const hidden = fold && !fold.open && usageText(fold.used) !== null;
  const own = kind === 'llm' || kind === 'retrieval' ? { tokens, cost } : nothingUsed;
  const shown = hidden ? usedTogether(row.used, fold.used) : own;
  const explained = explainedUsage(shown);
  if (explained === null) return null;
  const amounts = [
    shown.tokens !== null && `${formatCount(shown.tokens)} tok`,
    shown.cost !== null && (shown.tokens === null ? `cost ${costText(shown.cost)}` : costText(shown.cost)),
  ].filter(amount => amount !== false);
  return (
    <span class="usage-chip" title={hidden ? `In all that is folded here: ${explained}` : explained}>
      <span>{(hidden ? 'Σ ' : '') + amounts[0]}</span>
      {amounts.length > 1 && <span> · {amounts[1]}</span>}
    </span>
  );
}

interface CellsProps extends RowProps {
  row: TimelineRow;
}

function Cells({ row, index, match, complete, colour, timed, onOpen, onFold }: CellsProps) {
  return (
    <>
      <Words
        row={row}
        index={index}
        match={match}
        complete={complete}
        colour={colour}
        onOpen={onOpen}
        onFold={onFold}
      />
      {timed && (
        <Cell column="time">
          <Bars row={row} colour={colour} />
        </Cell>
      )}
    </>
  );
}

type WordsProps = Pick<CellsProps, 'row' | 'index' | 'match' | 'complete' | 'colour' | 'onOpen' | 'onFold'>;

/** Zooming draws only the bars anew. */
const Words = kept((props: WordsProps) => {
  const { row, index, match, complete, colour, onOpen, onFold } = props;
  if (row.fold?.kind === 'run') return <RunWords {...props} fold={row.fold} />;
  const label = oneLine(row.label);
  const service = row.service === null ? '' : oneLine(row.service);
  const name = piecesOf(label, match?.name);
  const place = piecesOf(service, match?.service);
  /** What fits by its times, status or log lines is marked as a whole. */
  const isMarked = [...name, ...place].some(({ match }) => match);
  const why = row.external ? externalText(row.external) : row.placeholder ? absenceText(complete) : '';
  const absent = why && ` (${why})`;
  return (
    <>
      <Cell column="step">
        <span class="number" title={`Step ${row.number}`}>
          {shortNumber(row.number)}
        </span>
        <Indent depth={row.depth} />
        <Twistie row={row} index={index} onFold={onFold} />
        <span class={`kind ${colour}`} title={row.external ? 'Outside these logs' : stepKindTexts[row.kind]}>
          <Icon name={row.external ? 'external' : row.kind} />
        </span>
        <span class={`swatch narrow-only ${colour}`} title={service} />
        <span class={match && !isMarked ? 'label log match' : 'label log'} title={label + absent}>
          <MatchedText pieces={name} />
        </span>
        {row.attempts > 1 && (
          <span class="badge" title={`${row.attempts} attempts`}>
            ×{row.attempts}
          </span>
        )}
        {row.loop && <Round {...row.loop} />}
        {row.clockOffsetMs !== null && (
          <span class="moved" title={`Times moved ${movedBy(row.clockOffsetMs)}, as asked`}>
            <Icon name="clock" />
          </span>
        )}
        {row.status === 'failed' && <span class="spoken">failed</span>}
        {row.fold && <FoldSummary fold={row.fold} />}
        <Usage row={row} />
        {row.records > 0 && <RowActions onOpen={onOpen} />}
      </Cell>
      <Cell column="service">
        <Indent depth={row.depth} />
        {row.placeholder && <span class="absence">{absence(complete)}</span>}
        {row.external && <span class="absence">does not log</span>}
        {row.service !== null && (
          <>
            <span class={`swatch ${colour}`} />
            <span class="log" title={row.host === null ? service : `${service} on ${oneLine(row.host)}`}>
              <MatchedText pieces={place} />
            </span>
          </>
        )}
      </Cell>
      <Cell column="duration" title={describeDuration(row.durationMs, row.durationKind, row.bound)}>
        <span class={row.durationMs === null ? 'duration-value none' : 'duration-value'}>
          {formatBounded(row.durationMs, row.durationKind, row.bound)}
        </span>
        <span class="duration-kind">{row.placeholder ? '' : durationKindNames[row.durationKind]}</span>
      </Cell>
    </>
  );
});

/** The same in every row, so that a row that comes leaves it as it is. */
const RowActions = kept(({ onOpen }: Pick<WordsProps, 'onOpen'>) => (
  <span class="row-actions">
    <Action
      icon="goToFile"
      label="Open Log Line"
      tabIndex={-1}
      onClick={event => {
        event.stopPropagation();
        const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
        if (row) onOpen(Number(row.getAttribute('data-index')));
      }}
    />
  </span>
));

/** The entry of a run of plumbing. */
function RunWords({ row, fold, index, colour, onFold }: WordsProps & { fold: RowFold }) {
  const service = row.service === null ? '' : oneLine(row.service);
  return (
    <>
      <Cell column="step">
        <span class="number" title={`Steps ${row.number}`}>
          {runNumber(row.number)}
        </span>
        <Indent depth={row.depth} />
        <Twistie row={row} index={index} onFold={onFold} />
        <FoldSummary fold={fold} />
        <Usage row={row} />
      </Cell>
      <Cell column="service">
        <Indent depth={row.depth} />
        {service !== '' && <span class={`swatch ${colour}`} />}
        <span class="log" title={service}>
          {service}
        </span>
      </Cell>
      <Cell column="duration" title={foldTimeText(fold)}>
        <span class={fold.busyMs === null ? 'duration-value none' : 'duration-value'}>
          {fold.busyMs === null ? '—' : unbrokenDuration(fold.busyMs)}
        </span>
        <span class="duration-kind">{fold.busyMs === null ? '' : 'in all'}</span>
      </Cell>
    </>
  );
}
