import type { Stream } from './command';
import type { LineSieve } from './lineSieve';
import { partsOf, type StampedLine, stampBefore, stampedLine } from './stampedLines';

/** Lines of two streams are stamped before they wait for each other to be written: so much later one may come. */
const disorder = 1_000;

/**
 * From which stamp on a far side has to tell again, and the lines that are here from there on; `null` where nothing is
 * here. A line that was stamped earlier than the last one may still be missing, and others may have the same stamp: all
 * of the last second is compared, as far as the tail goes.
 */
export function overlapWith(tail: Uint8Array): { from: string; lines: Map<string, number> } | null {
  const here = Buffer.from(tail.buffer, tail.byteOffset, tail.length).toString('latin1').split('\n');
  const stamps = here.map(line => stampedLine(line)?.stamp ?? '');
  const last = stamps.reduce((latest, stamp) => (stamp > latest ? stamp : latest), '');
  if (last === '') return null;
  const first = stamps.find(stamp => stamp !== '') ?? last;
  // Lines with the first stamp may stand before the tail, too.
  const before = stampBefore(last, disorder);
  const from = before > first ? before : (stamps.filter(stamp => stamp > first).sort()[0] ?? last);
  const lines = new Map<string, number>();
  for (const [index, line] of here.entries()) {
    if ((stamps[index] ?? '') >= from) lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return { from, lines };
}

/**
 * Lines of `logs --timestamps` in the form in which Kubernetes' runtimes keep them, which says of each line when it was
 * written and to which stream: `2026-03-02T10:15:00.123456789Z stdout F message`. Where nobody tells the stream, a `-`
 * stands for it. Both streams are merged by their stamps, and lines that are here already are left out.
 */
export class StampedSieve implements LineSieve {
  bytes = 0;
  count = 0;
  private readonly from: string;
  private readonly here: Map<string, number>;
  private readonly tellsStream: boolean;
  private readonly lines: { stamp: string; line: string }[] = [];
  private last: string | null = null;

  /** @param tellsStream whether the command writes the program's two streams to its own two */
  constructor(tail: Uint8Array, tellsStream: boolean) {
    const overlap = overlapWith(tail);
    this.from = overlap?.from ?? '';
    this.here = overlap?.lines ?? new Map();
    this.tellsStream = tellsStream;
  }

  add(raw: string, stream: Stream): void {
    const found = stampedLine(raw) ?? this.unstamped(raw, stream);
    if (!found) return;
    this.count++;
    this.last = found.stamp;
    const name = this.tellsStream ? stream : '-';
    let previous: StampedLine | null = null;
    for (const part of partsOf(found)) {
      if (previous) this.keep(previous.stamp, `${previous.stamp} ${name} P ${previous.text}`);
      previous = part;
    }
    if (previous) this.keep(previous.stamp, `${previous.stamp} ${name} F ${previous.text}`);
  }

  take(all: boolean): string[] {
    this.lines.sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0));
    // What comes next may be older than the latest of these, as the streams are read one after the other.
    const taken = this.lines.splice(0, all ? this.lines.length : this.lines.length >> 1);
    for (const { line } of taken) this.bytes -= line.length;
    return taken.map(({ line }) => line);
  }

  /** Of what the program wrote at once: no log driver stamps the lines within. What a command says itself is no line. */
  private unstamped(text: string, stream: Stream): StampedLine | null {
    return stream === 'stdout' && this.last !== null ? { stamp: this.last, text } : null;
  }

  private keep(stamp: string, line: string): void {
    if (stamp < this.from) return;
    const known = this.here.get(line) ?? 0;
    if (known > 0) {
      this.here.set(line, known - 1);
      return;
    }
    this.lines.push({ stamp, line });
    this.bytes += line.length;
  }
}
