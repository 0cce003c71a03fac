import type { Severity } from '../model/logRecord';
import type { CallOptions } from './logEngine';

/**
 * What a view of a log asks for: stretches of its lines, wherever they stand in it, so that no log is too large. All
 * offsets count decoded bytes. Nothing of a log is kept but what was asked for last, until `closeLog`.
 */
export interface LogReader {
  /** The lines around a place. A packed log is unpacked up to there, which takes its time. */
  lines(request: LinesRequest, options?: CallOptions): Promise<ShownLines>;
  /** A stretch of a line, as far as it was not shown. */
  lineText(request: { source: string; from: number; to: number }): Promise<string>;
  /** Counts lines, from where counting has ended the last time, up to a line or the end. */
  countLines(request: CountRequest, options?: CountOptions): Promise<CountedLines>;
  /** The next place of a text; `null` where there is none up to the end of the log, or its beginning. */
  findText(request: FindTextRequest, options?: FindTextOptions): Promise<TextPlace | null>;
  /** Counts the places of a text, from where counting has ended the last time. They may overlap. */
  countMatches(request: MatchRequest, options?: CountMatchesOptions): Promise<CountedMatches>;
  /** Of the text that is counted: how many of its places stand before an offset; `null` while that is not counted. */
  matchesBefore(request: MatchPlaceRequest, options?: CallOptions): Promise<number | null>;
  /** Frees what is held of a log. */
  closeLog(source: string): Promise<void>;
}

export interface LinesRequest {
  source: string;
  /** Offset in the line that the others stand around; an offset beyond the end means the end. */
  at: number;
  /** How many lines before it, and from it on. Fewer may come where they are long. */
  before: number;
  after: number;
  /** A line whose number is known, to number others by. */
  known?: { offset: number; line: number } | undefined;
}

/** Lines that follow each other, and how large the log is by now. */
export interface ShownLines {
  lines: ShownLine[];
  /** Where the log begins: behind a hole at its beginning, for one. */
  start: number;
  size: LogSize;
  /** What of the log cannot be read, in a sentence. */
  note: string | null;
}

export interface LogSize {
  bytes: number;
  /** False where only reading on would tell how much more there is: in a log that is packed. */
  isKnown: boolean;
}

/** A line, or a piece of one that is too long to be shown as one. */
export interface ShownLine {
  from: number;
  to: number;
  /** Its number, from 1; `null` until the lines before it are counted. */
  line: number | null;
  /** Whether it is a piece that begins within its line. */
  continues: boolean;
  /** Its beginning, without the line break. */
  text: string;
  /** Bytes of it that are not in `text`. */
  moreBytes: number;
  /** Of the record that it belongs to. */
  severity: Severity | null;
  /** IDs that can be traced, as places in `text` (UTF-16). */
  ids: ShownId[];
}

export interface ShownId {
  id: string;
  start: number;
  end: number;
}

export interface CountRequest {
  source: string;
  /** Stop at this line; left out: at the end. */
  toLine?: number | undefined;
}

export interface CountOptions extends CallOptions {
  onProgress?: (counted: CountedLines) => void;
}

export interface CountedLines {
  /** Lines up to `bytes`. */
  lines: number;
  bytes: number;
  /** Whether that is all of the log. */
  isAll: boolean;
  size: LogSize;
  /** Where `toLine` begins; `null` where the log has fewer lines, or none was asked for. */
  offset: number | null;
}

export interface FindTextRequest {
  source: string;
  text: string;
  matchCase: boolean;
  /** The first offset where it may begin; backwards the first where it may not. */
  from: number;
  backwards: boolean;
}

export interface FindTextOptions extends CallOptions {
  /** Bytes that were searched until now. */
  onProgress?: (bytes: number) => void;
}

export interface MatchRequest {
  source: string;
  text: string;
  matchCase: boolean;
}

export interface MatchPlaceRequest extends MatchRequest {
  at: number;
}

export interface CountMatchesOptions extends CallOptions {
  onProgress?: (counted: CountedMatches) => void;
}

export interface CountedMatches {
  /** Up to `bytes`. */
  matches: number;
  bytes: number;
  /** At the end of the log, at too many, or at once as the log is on another machine; `null`: it goes on. */
  ended: 'all' | 'many' | 'far' | null;
}

export interface TextPlace {
  from: number;
  to: number;
}
