import type { DateOrder } from '../../model/sourceProfile';
import type { EpochNanos } from '../../model/units';
import type { ZoneOffset } from './zone';

/** A stamp found in a text. */
export interface Stamp {
  at: EpochNanos;
  /** Digits after the second in the text. */
  digits: number;
  /** False where the text names no zone and the context's was taken. */
  zoneKnown: boolean;
  /** Minutes east of UTC that the text names; `null` where it names none, and for a number since the epoch. */
  offset: number | null;
  /** What the text leaves out and the context gave. */
  assumed: 'year' | 'date' | null;
  /** Where it stands: UTF-16 offsets. */
  start: number;
  end: number;
}

/** What stands in for what a stamp leaves out. */
export interface StampContext {
  /** Left out: UTC. */
  zoneOffset?: ZoneOffset | undefined;
  /**
   * Epoch milliseconds of the last change of the file: nothing in it is later, which tells the year, or the day, of
   * stamps without one. Left out: the year is 1970, and a time of day is no stamp.
   */
  modified?: number | undefined;
  /** Epoch milliseconds of the newest stamp of the source that names its year: those that name none are near it. */
  dated?: number | undefined;
  /** What the numbers of `02/03/2026` are. Left out: what the punctuation makes likeliest. */
  dateOrder?: DateOrder | undefined;
}
