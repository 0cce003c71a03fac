// biome-ignore-all lint/a11y/useSemanticElements: a <tr> cannot be placed by itself, see cell.tsx
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys of all rows
import { useMemo } from 'preact/hooks';
import { movedBy } from '../../src/common/timeline/movedClocks';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { Action } from '../page/action';
import { formatCount, oneLine } from '../page/format';
import { Icon } from '../page/icon';
import type { RowPlace } from '../page/virtualGrid';
import { Bars } from './bars';
import { Cell } from './cell';
import {
  absence,
  absenceText,
  describeDuration,
  externalText,
  formatBounded,
  shortNumber,
  stepKindTexts,
} from './format';
import { spokenRow } from './spokenRow';
import type { TimeScale } from './timeScale';

export const rowHeight = 26;

export interface RowProps extends RowPlace {
  /** `undefined` until its window has come. */
  row: TimelineRow | undefined;
  index: number;
  count: number;
  /** One that was looked for. */
  hit: boolean;
  /** False while logs are read. */
  complete: boolean;
  colour: string;
  /** `null` where the trace has no times. */
  scale: TimeScale | null;
  onOpen: (index: number) => void;
}

/** One step. Kept as it is while nothing of it changes, so that scrolling draws only rows that come in. */
export function Row(props: RowProps) {
  const { row, index, count, hit, complete, top, selected, reachable, colour, scale, onClick, onOpen } = props;
  return useMemo(
    () => (
      <div
        class={`row${selected ? ' selected' : ''}${row ? ` status-${row.status}` : ''}${row?.placeholder || row?.external ? ' absent' : ''}${hit ? ' hit' : ''}`}
        role="row"
        data-index={index}
        aria-rowindex={index + 2}
        aria-level={(row?.depth ?? 0) + 1}
        aria-posinset={index + 1}
        aria-setsize={count}
        aria-selected={selected}
        aria-busy={row === undefined}
        aria-label={row ? spokenRow(row, complete) + (hit ? ', match' : '') : `Step ${index + 1} of ${count}, loading`}
        tabIndex={reachable ? 0 : -1}
        style={{ top: `${top}px` }}
        onClick={event => onClick(index, event)}
      >
        {row ? <Cells {...props} row={row} /> : <Unloaded />}
      </div>
    ),
    [row, index, count, hit, complete, top, selected, reachable, colour, scale, onClick, onOpen],
  );
}

function Unloaded() {
  return (
    <Cell column="step">
      <span class="unloaded" />
    </Cell>
  );
}

/** Deeper levels are indented less, so that the label always has room; the level itself is told by `aria-level`. */
const indent = (depth: number): number => Math.min(depth, 6) * 14 + Math.max(0, Math.min(depth, 30) - 6) * 2;

/** Where a round of a loop begins: how many there are, or the how manieth it is. */
function Round({ round, of, text }: NonNullable<TimelineRow['loop']>) {
  return text === null ? (
    <span class="round" title={`Round ${round} of ${of}`}>
      {formatCount(round)}/{formatCount(of)}
    </span>
  ) : (
    <span class="round first" title={text}>
      <Icon name="loop" />×{formatCount(of)}
    </span>
  );
}

interface CellsProps extends RowProps {
  row: TimelineRow;
}

/** Zooming draws only the bars anew. */
function Cells(props: CellsProps) {
  const { row, index, complete, colour, scale, onOpen } = props;
  const words = useMemo(() => <Words {...props} />, [row, index, complete, colour, onOpen]);
  return (
    <>
      {words}
      {scale && (
        <Cell column="time" class={colour}>
          <Bars row={row} scale={scale} />
        </Cell>
      )}
    </>
  );
}

function Words({ row, index, complete, colour, onOpen }: CellsProps) {
  const label = oneLine(row.label);
  const service = row.service === null ? '' : oneLine(row.service);
  const why = row.external ? externalText(row.external) : row.placeholder ? absenceText(complete) : '';
  const absent = why && ` (${why})`;
  return (
    <>
      <Cell column="step">
        <span class="number" title={`Step ${row.number}`}>
          {shortNumber(row.number)}
        </span>
        {row.depth > 0 && <span class="indent" style={{ width: `${indent(row.depth)}px` }} />}
        <span class="kind" title={row.external ? 'Outside these logs' : stepKindTexts[row.kind]}>
          <Icon name={row.external ? 'external' : row.kind} />
        </span>
        <span class={`swatch narrow-only ${colour}`} title={service} />
        <span class="label log" title={label + absent}>
          {label}
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
        <span class="row-actions">
          {row.records > 0 && (
            <Action
              icon="goToFile"
              label="Open Log Line"
              tabIndex={-1}
              onClick={event => {
                event.stopPropagation();
                onOpen(index);
              }}
            />
          )}
        </span>
      </Cell>
      <Cell column="service">
        {row.placeholder && <span class="absence">{absence(complete)}</span>}
        {row.external && <span class="absence">does not log</span>}
        {row.service !== null && (
          <>
            <span class={`swatch ${colour}`} />
            <span class="log" title={row.host === null ? service : `${service} on ${oneLine(row.host)}`}>
              {service}
            </span>
          </>
        )}
      </Cell>
      <Cell column="duration" title={describeDuration(row.durationMs, row.durationKind, row.bound)}>
        <span class={row.durationMs === null ? 'duration-value none' : 'duration-value'}>
          {formatBounded(row.durationMs, row.durationKind, row.bound)}
        </span>
        <span class="duration-kind">{row.placeholder || row.durationKind === 'instant' ? '' : row.durationKind}</span>
      </Cell>
    </>
  );
}
