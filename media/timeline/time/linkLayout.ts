import type { LinkEvidence } from '../../../src/common/model/trace';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { arrivalMs } from './barLayout';
import { type TimeScale, toX } from './timeScale';

export interface LinkShape {
  id: string;
  line: string;
  /** Arrow head, as a filled shape. */
  head: string;
  evidence: LinkEvidence;
  /** Starts or ends at the selected row. */
  selected: boolean;
}

/** A join of thousands is drawn as far as a person can tell lines apart; the details list every one. */
const linksPerRow = 100;
const halfBar = 7;
const halfWords = 10;

interface Rows {
  at(index: number): TimelineRow | undefined;
}

/**
 * Lines from the end of each previous step to where the next one begins to wait or work, for the rows in view; `top` is
 * the y of the first row's upper edge. Enclosing steps have none: the indent says it.
 */
export function layoutLinks(
  indices: readonly number[],
  rows: Rows,
  scale: TimeScale,
  rowHeight: number,
  selected: number | null,
): LinkShape[] {
  const middle = (index: number) => (index + 0.5) * rowHeight;
  return indices.flatMap(index => {
    const row = rows.at(index);
    const arrival = row ? arrivalMs(row) : null;
    if (!row || arrival === null) return [];
    return row.previous.slice(0, linksPerRow).flatMap(({ row: from, meaning, evidence }) => {
      const before = from === null ? undefined : rows.at(from);
      const end = before ? endOf(before) : null;
      if (meaning !== 'follows' || from === null || from === index || end === null) return [];
      if (isPlain(row, before, index - from, scale)) return [];
      // A previous step that went on after it had handed over is left at that moment, not at its end.
      const leave = before?.startMs !== null && before!.startMs <= arrival ? Math.min(end, arrival) : end;
      const [x1, x2] = [toX(scale, leave), toX(scale, arrival)];
      if (isOutside(x1, scale) && isOutside(x2, scale)) return [];
      const shape = isOutside(x2, scale)
        ? stub(x1, middle(from), middle(index))
        : elbow(x1, middle(from), x2, middle(index));
      return [{ id: `${from}-${index}`, evidence, selected: selected === index || selected === from, ...shape }];
    });
  });
}

/** A row that stands for others is left at the end of the last one. */
function endOf({ endMs, startMs, fold }: TimelineRow): number | null {
  const ends = [endMs ?? startMs, fold?.open ? null : (fold?.endMs ?? null)].filter(ms => ms !== null);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** One short step right after another: the line would hide both, and their order says the same. */
function isPlain(row: TimelineRow, before: TimelineRow | undefined, distance: number, scale: TimeScale): boolean {
  const width = ({ startMs, endMs }: TimelineRow) => toX(scale, endMs ?? 0) - toX(scale, startMs ?? endMs ?? 0);
  if (distance !== 1 || row.previous.length > 1 || before === undefined) return false;
  return width(row) < 4 && width(before) < 4 && toX(scale, row.startMs ?? 0) - toX(scale, before.startMs ?? 0) < 4;
}

const isOutside = (x: number, { width }: TimeScale): boolean => x < 0 || x > width;

/** Down (or up) to what says how far away a step is: words lie there across the column. */
function stub(x: number, y1: number, y2: number): { line: string; head: string } {
  const down = y2 > y1 ? 1 : -1;
  const tip = y2 - down * halfWords;
  return {
    line: `M${px(x)} ${y1 + down * halfBar}V${tip - down * 4}`,
    head: `M${px(x)} ${tip}l-3 ${-5 * down}h6z`,
  };
}

/** Down (or up) first, then across: what runs side by side is the waiting, and lines into one join share their end. */
function elbow(x1: number, y1: number, x2: number, y2: number): { line: string; head: string } {
  const down = y2 > y1 ? 1 : -1;
  const start = y1 + down * halfBar;
  if (x2 - x1 > 8) {
    return {
      line: `M${px(x1)} ${start}V${y2}H${px(x2 - 4)}`,
      head: `M${px(x2)} ${y2}l-5-3v6z`,
    };
  }
  const tip = y2 - down * halfBar;
  const turn = x2 === x1 ? '' : `V${tip - down * 6}H${px(x2)}`;
  return {
    line: `M${px(x1)} ${start}${turn}V${tip - down * 4}`,
    head: `M${px(x2)} ${tip}l-3 ${-5 * down}h6z`,
  };
}

const px = (value: number): string => value.toFixed(1);
