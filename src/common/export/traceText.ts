import { stackFrames } from '../code/stackFrames';
import type { RecordDocument } from '../protocol/documents';
import type { RecordRow } from '../timeline/recordRow';
import { visibleLines, visibleText } from '../timeline/visibleText';
import { recordText } from './recordText';

/** Where a record begins in the text; `length`: how much of the line stands for its place in the log. */
export interface RecordLine {
  /** From 0. */
  line: number;
  length: number;
}

/** A place in code that a line names. */
export interface FrameLine {
  /** In the text, from 0. */
  line: number;
  start: number;
  end: number;
  file: string;
  lineOfFile: number;
  column: number | null;
}

const indent = '    ';
const widestService = 24;
const stampWidth = 26;
const elapsedWidth = 12;
const severityWidth = 5;

/**
 * The records of a trace as one text, in time order: time, time since the first record, service, severity, message;
 * further lines of a message stand below it. Records are added in pieces, so that no one has to wait for all.
 */
export class TraceText {
  readonly records: RecordLine[] = [];
  readonly frames: FrameLine[] = [];
  private readonly pieces: string[] = [];
  private readonly serviceWidth: number;
  private lines = 0;
  private first: number | null = null;
  /** In characters. */
  length = 0;

  constructor(services: readonly string[]) {
    this.serviceWidth = Math.min(widestService, Math.max(0, ...services.map(service => visibleText(service).length)));
  }

  get text(): string {
    if (this.pieces.length > 1) this.pieces.splice(0, this.pieces.length, this.pieces.join(''));
    return this.pieces[0] ?? '';
  }

  /** What is said about the records. */
  say(line: string): void {
    this.push(visibleText(line));
  }

  /** @param row of the same record */
  add(record: RecordDocument, { service }: Pick<RecordRow, 'service'>): void {
    const stamp = record.timestamp === null ? '(no time)' : stampOf(record.timestamp);
    const [message = '', ...more] = visibleLines(recordText(record)).split('\n');
    const columns = [
      stamp.padEnd(stampWidth),
      this.elapsed(record.timestamp).padStart(elapsedWidth),
      visibleText(service ?? '-').padEnd(this.serviceWidth),
      visibleText(record.severity ?? '-').padEnd(severityWidth),
      message,
    ];
    this.records.push({ line: this.lines, length: stamp.length });
    this.push(columns.join('  ').trimEnd());
    for (const line of more) this.addFurther(`${indent}${line}`);
  }

  private addFurther(line: string): void {
    for (const { file, line: lineOfFile, column, start, end } of stackFrames(line))
      this.frames.push({ line: this.lines, start, end, file, lineOfFile, column });
    this.push(line);
  }

  private elapsed(timestamp: string | null): string {
    const at = timestamp === null ? Number.NaN : Date.parse(timestamp);
    if (Number.isNaN(at)) return '';
    this.first ??= at;
    return `+${((at - this.first) / 1_000).toFixed(3)} s`;
  }

  private push(line: string): void {
    this.pieces.push(`${line}\n`);
    this.length += line.length + 1;
    this.lines++;
  }
}

const stampOf = (iso: string): string => visibleText(iso).replace('T', ' ').replace(/Z$/, '');
