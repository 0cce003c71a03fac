import { joinKey } from '../../common/profile/ids';
import type { LogEngine, RecordInsight } from '../../common/protocol/logEngine';

export interface RecordPlace {
  /** Path of a file, or the URI that names an untitled text: as the engine said it, never as a page said it. */
  source: string;
  /** 1-based; `null` where nobody counted the lines before it. */
  line: number | null;
  /** Where it began in decoded bytes. */
  byteOffset?: number;
  message: string;
  timestamp: string | null;
  /** How the log spells the ID of its trace. */
  ids: readonly string[];
}

/** Where to look for a record, with the lines around its place as they are now. */
export interface LinesNow {
  /** Text that no file holds (yet). */
  text?: string;
  /** Where the record's line begins, to be taken at its word: for logs that are too large to count lines in. */
  offset?: number;
  count: number;
  lineText(line: number): string;
}

/** A log is rotated or edited by much more, or by a few lines. */
const nearby = 2_000;
const mostCandidates = 12;

/**
 * The line on which a record stands now, counted from 0: its own, or one nearby if the log has changed since it was read;
 * `null` where it is gone. The engine reads the line again, so that it is compared as it was read the first time.
 */
export async function lineOfRecord(
  place: RecordPlace,
  engine: Pick<LogEngine, 'at'>,
  now: LinesNow,
): Promise<number | null> {
  if (place.line === null) return 0;
  const first = place.line - 1;
  const isAt = async (line: number): Promise<boolean> => {
    const text = now.text === undefined ? {} : { text: now.text };
    const offset = now.offset === undefined || line !== first ? {} : { offset: now.offset };
    // A line that is there no more cannot be read.
    const insight = await engine.at({ source: place.source, line: line + 1, ...text, ...offset }).catch(() => null);
    return insight !== null && isSame(place, insight, line + 1);
  };
  if (await isAt(first)) return first;
  for (const candidate of candidates(place.message, first, now)) if (await isAt(candidate)) return candidate;
  return null;
}

function isSame({ message, timestamp, ids }: RecordPlace, { record, explain }: RecordInsight, line: number): boolean {
  if (explain.record.firstLine !== line || record.message !== message || record.timestamp !== timestamp) return false;
  if (timestamp !== null) return true;
  // Without a time the same words may be another request's.
  const own = explain.fields.filter(({ role }) => role === 'correlationId').map(({ value }) => joinKey(value));
  return own.length === 0 || ids.some(id => own.includes(joinKey(id)));
}

/** Lines around a place that may hold a message, the nearest first. */
function candidates(message: string, around: number, { count, lineText }: LinesNow): number[] {
  const piece = plainPiece(message);
  if (piece === '') return [];
  const found: number[] = [];
  for (let away = 1; away <= nearby && found.length < mostCandidates; away++) {
    for (const line of [around - away, around + away]) {
      if (line >= 0 && line < count && lineText(line).includes(piece)) found.push(line);
    }
  }
  return found;
}

/** The longest piece of a message that stands in every format as it is: without quotes, escapes and letters beyond ASCII. */
function plainPiece(message: string): string {
  const [line = ''] = message.split('\n', 1);
  const pieces = line.slice(0, 1_000).match(/[ !#-[\]-~]+/g) ?? [];
  return pieces.reduce((longest, piece) => (piece.trim().length > longest.length ? piece.trim() : longest), '');
}
