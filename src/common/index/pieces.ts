import { blockSize, type IndexSegment, segmentSize } from './segment';

/** A range of a source that becomes one segment. */
export interface Piece {
  from: number;
  to: number;
}

/** What is behind the last whole segment is cut smaller: when the source grows, only the last of these is read again. */
const tailSize = 64 * blockSize;

/** The ranges of a source that are to be its segments. Two sizes of a growing source have all but the last ones in common. */
export function piecesOf(start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = start - (start % blockSize); from < end; ) {
    const whole = from - (from % segmentSize) + segmentSize;
    const to = whole <= end ? whole : Math.min(from - (from % tailSize) + tailSize, end);
    pieces.push({ from, to });
    from = to;
  }
  return pieces;
}

/** The segments that a source has already, up to the first that is missing. */
export function keptSegments(pieces: readonly Piece[], segments: readonly IndexSegment[]): IndexSegment[] {
  const known = new Map(segments.map(segment => [`${segment.from}:${segment.to}`, segment]));
  const kept: IndexSegment[] = [];
  for (const { from, to } of pieces) {
    const segment = known.get(`${from}:${to}`);
    if (!segment) break;
    kept.push(segment);
  }
  return kept;
}
