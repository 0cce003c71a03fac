import { foldText } from '../../../src/common/timeline/foldText';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { shortNumber } from '../../../src/common/trace/steps/shortNumber';
import { oneLine } from '../../page/format';
import type { RowRange } from '../../page/rowWindows';
import { runNumber } from '../format';

/** Room that columns need for what has been in view in them, in widths of a digit. It only grows: nothing jumps back. */
export interface ColumnNeeds {
  /** Characters of the longest step number. */
  digits: number;
  step: number;
}

/** Of a font's letters on average, in widths of its digits. */
const letter = 0.96;
const pixels = (px: number): number => px / 7.5;

/** Padding, gaps, twistie, kind, and the button that comes over the name's end. */
const around = pixels(94);
const badge = pixels(40);
/** At the first round of a loop. */
const loopIcon = pixels(19);
/** What went wrong in what is folded, and what of it still runs. */
const foldBadges = { errors: pixels(64), running: pixels(80) };

export function columnNeeds(
  rows: { at(place: number): TimelineRow | undefined },
  ranges: readonly RowRange[],
  known: ColumnNeeds,
): ColumnNeeds {
  let { digits, step } = known;
  for (const { from, to } of ranges) {
    for (let place = from; place < to; place++) {
      const row = rows.at(place);
      if (!row) continue;
      digits = Math.max(digits, numberNeed(row));
      step = Math.max(step, nameNeed(row));
    }
  }
  step = Math.ceil(step);
  return digits === known.digits && step === known.step ? known : { digits, step };
}

function numberNeed({ number, fold }: TimelineRow): number {
  if (fold?.kind !== 'run') return shortNumber(number).length;
  const text = runNumber(number);
  // The dots are as wide as two digits.
  return text.length + (text.endsWith('…') ? 1 : 0);
}

function nameNeed({ label, depth, loop, attempts, clockOffsetMs, fold }: TimelineRow): number {
  const badges = [loop !== null, attempts > 1, clockOffsetMs !== null].filter(shown => shown).length;
  const marks = badges * badge + (loop?.text ? loopIcon : 0) + foldNeed(fold);
  return textNeed(label) + pixels(Math.min(depth, 6) * 14) + marks + around;
}

/** Room for how much is hidden below a row, so that its number and the next are not all that tells of it. */
function foldNeed(fold: TimelineRow['fold']): number {
  if (fold?.kind !== 'below') return 0;
  const badges = (fold.running > 0 ? foldBadges.running : 0) + (fold.errors > 0 ? foldBadges.errors : 0);
  return textNeed(foldText(fold).steps) * 0.9 + pixels(12) + badges;
}

/** Swatch and padding, and the name. */
export const serviceNeed = (services: readonly string[]): number =>
  Math.ceil(Math.max(0, ...services.map(textNeed)) + pixels(28));

/** Nobody has more room than that for one name, so a very long one need not be gone through. */
const longest = 200;
const textNeed = (text: string): number => oneLine(text, longest).length * letter;
