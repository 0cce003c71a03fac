import type { Step, Trace } from '../model/trace';

/** A trace so small that a hover holds it: a waterfall of a few slots, as wide as so many columns. */
export interface TracePicture {
  slots: number;
  /** Of no step more than once; what lies on top of each other in a slot is one bar. */
  bars: PictureBar[];
  /** The step that the picture is shown for; `null` where it has no times. */
  marked: PictureBar | null;
}

/** From one column up to and without another. */
export interface PictureBar {
  slot: number;
  from: number;
  to: number;
  failed: boolean;
}

export const pictureColumns = 320;

const mostSlots = 12;
/** Columns that are told apart where steps share slots: with them, no picture has more than 20 bars to a slot. */
const coarse = 8;

/**
 * Steps keep their order from top to bottom; where there are more than slots, neighbours share one. O(steps).
 * @param row of the step to mark
 * @returns `null` where nothing has a length
 */
export function tracePicture({ steps, duration }: Trace, row: number | null): TracePicture | null {
  if (duration === null || duration <= 0) return null;
  const slots = Math.min(mostSlots, steps.length);
  const grain = steps.length > slots ? coarse : 1;
  const place = (step: Step, row: number, grain: number): PictureBar | null => {
    const [start, end] = [step.start ?? step.end, step.end ?? step.start];
    if (start === null || end === null) return null;
    const cells = pictureColumns / grain;
    const cellOf = (time: number, round: (value: number) => number) =>
      Math.min(cells, Math.max(0, round((time / duration) * cells)));
    const from = Math.min(cells - 1, cellOf(start, Math.floor));
    const to = Math.max(from + 1, cellOf(end, Math.ceil));
    const slot = Math.floor((row * slots) / steps.length);
    return { slot, from: from * grain, to: to * grain, failed: step.status === 'failed' };
  };
  const all = steps.flatMap((step, index) => place(step, index, grain) ?? []);
  const step = row === null ? undefined : steps[row];
  return {
    slots,
    bars: grain === 1 ? all : merged(all, slots),
    marked: step && row !== null ? place(step, row, 1) : null,
  };
}

/** A failure shows through whatever is beside it. */
function merged(bars: readonly PictureBar[], slots: number): PictureBar[] {
  const cells = Array.from({ length: slots }, () => new Uint8Array(pictureColumns / coarse));
  for (const failed of [false, true])
    for (const bar of bars)
      if (bar.failed === failed) cells[bar.slot]?.fill(failed ? 2 : 1, bar.from / coarse, bar.to / coarse);
  return cells.flatMap((row, slot) => {
    const runs: PictureBar[] = [];
    for (const [cell, value] of row.entries()) {
      const last = runs.at(-1);
      if (value === 0) continue;
      const [from, failed] = [cell * coarse, value === 2];
      if (last?.to === from && last.failed === failed) last.to += coarse;
      else runs.push({ slot, from, to: from + coarse, failed });
    }
    return runs;
  });
}
