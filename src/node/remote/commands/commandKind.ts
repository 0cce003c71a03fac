import type { Skipped } from '../../sources/discover/skipped';
import type { FarFile, RemoteError } from '../transport';
import type { LineSieve } from './lineSieve';

/** What is read with a program of the user's own: one file per program. */
export interface CommandKind {
  /** What it is called on the PATH. */
  program: string;
  /** How long in ms a listing is good while a place is watched. */
  listGoodFor: number;
  /** Ms without a word after which a command that tells lines is given up. */
  patience: number;
  /** So many lines of the end are read where nothing is here yet. */
  mostAtFirst: number;
  /**
   * What a place names now.
   * @param ask runs the program and gives what it writes
   * @throws RemoteError, what `ask` throws
   */
  find(place: string, ask: Ask): Promise<{ told: Told[]; skipped: Skipped[] }>;
  /** What its complaint means and what to do. */
  explain(complaint: string): RemoteError;
}

export type Ask = (args: readonly string[]) => Promise<Answer>;

export interface Answer {
  text: string;
  /** What it said beside it. */
  complaint: string;
}

/** One stream of lines that a command tells. */
export interface Told {
  far: FarFile;
  /** Differs where lines may have come that were not there before; `null` as long as they come all the time. */
  settled: string | null;
  /** What to say to the program to get what comes behind a tail. */
  args(tail: Uint8Array, follow: boolean): string[];
  sieve(tail: Uint8Array): LineSieve;
}

/** What a program complained of, on one line and not too long. */
export function complaintOf(text: string): string {
  const plain = Buffer.from(text, 'latin1')
    .toString('utf8')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}
