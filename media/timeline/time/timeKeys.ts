import {
  panWindow,
  shownWindow,
  type TimeWindow,
  windowAround,
  zoomWindow,
} from '../../../src/common/timeline/timeWindow';

/** What becomes of the window that is shown. */
export type WindowChange = (now: TimeWindow | null) => TimeWindow | null;

const keyFactor = 1.5;

/**
 * What a key does anywhere in the timeline; `null`: nothing.
 *
 * @param length of the axis @param selected where on it the selected step is
 */
export function keyZoom(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  length: number,
  selected: TimeWindow | null,
): WindowChange | null {
  switch (key.toLowerCase()) {
    case '+':
    case '=':
    case 'w':
      return now => zoomWindow(now, length, 1 / keyFactor, centre(now, length, selected));
    case '-':
    case 's':
      return now => zoomWindow(now, length, keyFactor, centre(now, length, selected));
    case '0':
      return () => null;
    case 'f':
      return selected && (now => windowAround(selected, length, now));
    case 'a':
      return keyPan('ArrowLeft', length, shiftKey);
    case 'd':
      return keyPan('ArrowRight', length, shiftKey);
    default:
      return null;
  }
}

/** The selected step stays in view while there is more or less around it. */
function centre(now: TimeWindow | null, length: number, selected: TimeWindow | null): number {
  const shown = shownWindow(now, length);
  const middle = selected && (selected.fromMs + selected.toMs) / 2;
  return middle !== null && middle >= shown.fromMs && middle <= shown.toMs ? middle : (shown.fromMs + shown.toMs) / 2;
}

/** What a key does while the focus is on the overview's window. */
export function keyPan(key: string, length: number, large: boolean): WindowChange | null {
  const shares: Record<string, number> = {
    ArrowLeft: large ? -0.5 : -0.1,
    ArrowRight: large ? 0.5 : 0.1,
    PageUp: -1,
    PageDown: 1,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const share = shares[key];
  if (share === undefined) return null;
  return now => {
    const { fromMs, toMs } = shownWindow(now, length);
    const by = Number.isFinite(share) ? share * (toMs - fromMs) : Math.sign(share) * length;
    return panWindow(now, length, by);
  };
}
