import type { EpochNanos } from '../../model/units';

/** A stamp found in a text. */
export interface Stamp {
  at: EpochNanos;
  /** Digits after the second in the text. */
  digits: number;
  /** False where the text names no zone and the context's was taken (or, of year-less stamps, the context's year). */
  zoneKnown: boolean;
  /** Where it stands: UTF-16 offsets. */
  start: number;
  end: number;
}
