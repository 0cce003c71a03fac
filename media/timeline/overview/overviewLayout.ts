import { mergeColumns, type TimelineOverview } from '../../../src/common/timeline/overview';

/** Pixels of the overview: marks of errors above, steps between, the critical path below. */
export const overviewHeight = 40;
const marks = 6;
const base = 33;
const pathTop = 36;

export interface OverviewShapes {
  busy: string;
  /** Where the critical path works, and where it only waits. */
  work: string;
  waiting: string;
  /** Middles of pixels with an error. */
  errors: number[];
}

/** SVG paths of an overview, one column for each pixel of `width`. */
export function overviewShapes(overview: TimelineOverview, width: number): OverviewShapes {
  const { busy, errors, path } = mergeColumns(overview, width);
  const pixel = width / busy.length;
  const most = busy.reduce((a, b) => Math.max(a, b), 1);
  // One step among thousands is still to be seen: heights grow with the logarithm.
  const heights = busy.map(count => (count === 0 ? 0 : (Math.log1p(count) / Math.log1p(most)) * (base - marks)));
  const outline = heights.map((height, x) => `V${px(base - height)}H${px((x + 1) * pixel)}`).join('');
  return {
    busy: `M0 ${base}${outline}V${base}Z`,
    work: band(path, 2, pixel),
    waiting: band(path, 1, pixel),
    errors: errors.flatMap((count, x) => (count > 0 ? (x + 0.5) * pixel : [])),
  };
}

function band(path: TimelineOverview['path'], kind: 1 | 2, pixel: number): string {
  let shape = '';
  for (let from = 0; from < path.length; from++) {
    if (path[from] !== kind) continue;
    let to = from;
    while (path[to] === kind) to++;
    const [left, right] = [px(from * pixel), px(to * pixel)];
    shape += kind === 2 ? `M${left} ${pathTop}H${right}v3H${left}Z` : `M${left} ${pathTop + 1.5}H${right}`;
    from = to;
  }
  return shape;
}

const px = (value: number): string => String(Math.round(value * 100) / 100);
