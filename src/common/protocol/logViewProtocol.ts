import type { TracePicture } from '../timeline/tracePicture';
import type {
  CountedLines,
  CountedMatches,
  FindTextRequest,
  LinesRequest,
  MatchPlaceRequest,
  MatchRequest,
  ShownLines,
  TextPlace,
} from './logReader';

/** Requests between the page of a log view and the extension, over one `RpcChannel`. The page never names the log. */
export interface LogViewHost {
  /** The page is up, for the first time or again. */
  ready(): LogViewState;
  lines(request: Omit<LinesRequest, 'source'>): ShownLines;
  lineText(request: { from: number; to: number }): string;
  /** Progress: `CountedLines`. */
  countLines(request: { toLine: number | null }): CountedLines;
  /** Progress: bytes that were searched. */
  findText(request: Omit<FindTextRequest, 'source'>): TextPlace | null;
  /** Progress: `CountedMatches`. */
  countMatches(request: Omit<MatchRequest, 'source'>): CountedMatches;
  /** How many matches stand before an offset; `null` while that is not counted. */
  matchesBefore(request: Omit<MatchPlaceRequest, 'source'>): number | null;
  /**
   * What is known of the record that a line belongs to; `line` is `null` where lines are not counted. Progress: what the
   * line itself says, while the rest is looked up.
   */
  insight(request: LineOfLog): LineInsight;
  /** Opens the timeline of an ID, at a step of it if one is named. */
  trace(request: { id: string; step: string | null }): void;
  /** The cursor came to a line. */
  select(line: LineOfLog): void;
  copy(request: { text: string }): void;
}

export interface LineOfLog {
  /** Where the line begins, in decoded bytes. */
  offset: number;
  line: number | null;
}

export interface LogViewState {
  /** The log's name, as a person knows it. */
  name: string;
  /** What to show; `null`: what the page showed before, or the beginning. */
  place: LogPlace | null;
  /** What the page will ask for first, if it is there already. */
  lines: LinesGiven | null;
}

/** Lines that nobody has to ask for any more. */
export interface LinesGiven {
  at: number;
  shown: ShownLines;
}

/** A record to show; one of offset and line is known. */
export interface LogPlace {
  offset: number | null;
  line: number | null;
  /** Grows with each place, so that the same one can be shown again. */
  serial: number;
}

/** What the editor's hover says of a line. */
export interface LineInsight {
  /** Name and value, both as they are shown. */
  facts: { name: string; value: string }[];
  /** Text of the record that began the trace. */
  quote: string | null;
  picture: TracePicture | null;
  /** What is still missing. */
  note: string | null;
  /** What a timeline can be opened by; `null` where the line has no ID. */
  traced: { id: string; step: string | null } | null;
  /** Bytes of the record, from its first line on. */
  record: { from: number; bytes: number };
}

/** Requests that the page answers. */
export interface LogViewPage {
  /** As the answer to `ready`, before the page has asked: VS Code hands it over as soon as the page is there. */
  begin(state: LogViewState): void;
  show(place: LogPlace): void;
  /** Asks for the line to go to. */
  goToLine(): void;
}

/** What the page keeps by `setState`. */
export interface LogViewMemory {
  /** The line at the top. */
  top: number;
  selected: LineOfLog | null;
  /** The last place that was shown. */
  serial: number;
  find: string | null;
  matchCase: boolean;
  details: boolean;
}
