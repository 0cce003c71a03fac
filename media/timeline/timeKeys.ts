import {
  panWindow,
  shownWindow,
  type TimeWindow,
  windowAround,
  zoomWindow,
} from '../../src/common/timeline/timeWindow';

/** What becomes of the window that is shown. */
export type WindowChange = (now: TimeWindow | null) => TimeWindow | null;

const keyFactor = 1.5;

/** What a key does anywhere in the timeline; `null`: nothing. @param selected the time of the selected step */
export function keyZoom(key: string, wholeMs: number, selected: TimeWindow | null): WindowChange | null {
  switch (key) {
    case '+':
    case '=':
      return now => zoomWindow(now, wholeMs, 1 / keyFactor, centre(now, wholeMs, selected));
    case '-':
      return now => zoomWindow(now, wholeMs, keyFactor, centre(now, wholeMs, selected));
    case '0':
      return () => null;
    case 'f':
      return selected && (now => windowAround(selected, wholeMs, now));
    default:
      return null;
  }
}

/** The selected step stays in view while there is more or less around it. */
function centre(now: TimeWindow | null, wholeMs: number, selected: TimeWindow | null): number {
  const shown = shownWindow(now, wholeMs);
  const middle = selected && (selected.fromMs + selected.toMs) / 2;
  return middle !== null && middle >= shown.fromMs && middle <= shown.toMs ? middle : (shown.fromMs + shown.toMs) / 2;
}

/** What a key does while the focus is on the overview's window. */
export function keyPan(key: string, wholeMs: number, large: boolean): WindowChange | null {
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
    const { fromMs, toMs } = shownWindow(now, wholeMs);
    const by = Number.isFinite(share) ? share * (toMs - fromMs) : Math.sign(share) * wholeMs;
    return panWindow(now, wholeMs, by);
  };
}
