import { appendFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Random } from '../../simulator/random';

/** A line of a log and the ID that its correlation field holds. */
interface Line {
  text: string;
  id: string;
}

type Write = (at: number, id: string, text: string) => string;

const stamp = (at: number): string => new Date(Date.UTC(2026, 2, 2, 10) + at * 7).toISOString();

/** One row per format: how it writes a record of one line. */
const formats: Record<string, Write> = {
  'a.log': (at, id, message) =>
    JSON.stringify({ timestamp: stamp(at), level: 'INFO', service: 'api', correlationId: id, message }),
  'b.log': (at, id, message) =>
    `${stamp(at).replace('T', ' ').replace('Z', '')} INFO [correlationId: ${id}, thread: pool-${at % 9}] ${message}`,
  'c.log': (at, id, message) =>
    `time=${stamp(at)} level=info correlation_id=${id} msg=${JSON.stringify(message.replaceAll('\\', '/'))}`,
  'd.log': (at, id, message) =>
    JSON.stringify({ ts: stamp(at), correlationId: id.replaceAll('-', '').toUpperCase(), msg: `${message} «${at}»` }),
  'packed.log.gz': (at, id, message) => JSON.stringify({ timestamp: stamp(at), correlationId: id, message }),
  'wide.log': (at, id, message) => JSON.stringify({ timestamp: stamp(at), correlationId: id, message }),
};

/**
 * A folder of logs of several formats that grow, shrink, rotate and are rewritten, and what is known of them: each
 * record is one line.
 */
export class LogWorld {
  readonly folder: string;
  readonly ids: string[];
  private readonly random: Random;
  private readonly files = new Map<string, Line[]>();
  private clock = 0;

  constructor(folder: string, seed: number) {
    this.folder = folder;
    this.random = new Random(seed);
    this.ids = Array.from({ length: 400 }, () => this.uuid());
    for (const name of Object.keys(formats)) {
      this.files.set(name, []);
      this.grow(name, this.random.int(300, 1500));
    }
  }

  /** `file:line` of all records of an ID. */
  placesOf(id: string): string[] {
    return [...this.files].flatMap(([name, lines]) =>
      lines.flatMap((line, at) => (line.id === id ? [`${path.join(this.folder, name)}:${at + 1}`] : [])),
    );
  }

  /** A line of a log that is there. */
  someLine(): { source: string; line: number } {
    const [name, lines] = this.random.pick([...this.files].filter(([, all]) => all.length > 0));
    return { source: path.join(this.folder, name), line: this.random.int(1, lines.length) };
  }

  /** Something happens to a log. @returns what, for a message */
  change(): string {
    const { random } = this;
    const name = random.pick(Object.keys(formats));
    const kinds = ['grow', 'grow', 'truncate', 'rotate', 'copyTruncate', 'rewrite', 'fake', 'delete'] as const;
    const kind = this.files.get(name)?.length ? random.pick(kinds) : 'grow';
    switch (kind) {
      case 'grow':
        this.grow(name, random.int(1, 500));
        break;
      case 'truncate':
        this.truncate(name);
        break;
      case 'rotate':
        this.rotate(name);
        break;
      case 'copyTruncate':
        this.set(name, this.lines(name, 3));
        break;
      case 'delete':
        this.files.set(name, []);
        rmSync(path.join(this.folder, name), { force: true });
        break;
      default:
        this.rewrite(name, kind === 'fake');
    }
    return `${kind} ${name}`;
  }

  private grow(name: string, count: number): void {
    const lines = this.files.get(name) ?? [];
    const more = this.lines(name, count);
    this.files.set(name, [...lines, ...more]);
    if (isPlain(name)) appendFileSync(path.join(this.folder, name), textOf(more));
    else this.write(name);
  }

  private truncate(name: string): void {
    const lines = this.files.get(name) ?? [];
    const kept = lines.slice(0, this.random.int(0, lines.length - 1));
    this.files.set(name, kept);
    if (isPlain(name)) truncateSync(path.join(this.folder, name), Buffer.byteLength(textOf(kept)));
    else this.write(name);
  }

  private rotate(name: string): void {
    const older = `old-${this.clock++}-${name}`;
    renameSync(path.join(this.folder, name), path.join(this.folder, older));
    this.files.set(older, this.files.get(name) ?? []);
    this.files.set(name, []);
    this.grow(name, this.random.int(1, 300));
  }

  /** Other IDs in the same place, in a file of the same size; with `fake` even of the same time. */
  private rewrite(name: string, fake: boolean): void {
    const lines = this.files.get(name) ?? [];
    const file = path.join(this.folder, name);
    const { atime, mtime } = statSync(file);
    const from = this.random.int(0, lines.length - 1);
    const rewritten = lines.map((line, at) => {
      if (at < from || !this.random.chance(0.3)) return line;
      const id = this.random.pick(this.ids);
      return { id, text: formats[name]!(at, id, `step ${String(at).padStart(5, '0')} again`).padEnd(line.text.length) };
    });
    this.set(name, rewritten);
    if (fake && isPlain(name)) utimesSync(file, atime, mtime);
  }

  private lines(name: string, count: number): Line[] {
    return Array.from({ length: count }, () => {
      const at = this.clock++;
      const id = this.random.pick(this.ids);
      const text = formats[name]!(at, id, `${this.message(at)} ${'x'.repeat(this.random.int(0, 120))}`);
      return { id, text };
    });
  }

  /** A message that mentions other IDs, some of them behind an escape. */
  private message(at: number): string {
    const other = this.random.pick(this.ids);
    if (this.random.chance(0.9)) return `step ${at} taken`;
    const escapes = ['after ', 'GET /orders%2F', 'read\\n', '\u001b[31m', 'cause=%22', '"', '/'];
    return `${this.random.pick(escapes)}${this.random.pick([other, other.toUpperCase(), other.replaceAll('-', '')])} done`;
  }

  private set(name: string, lines: Line[]): void {
    this.files.set(name, lines);
    this.write(name);
  }

  private write(name: string): void {
    const text = textOf(this.files.get(name) ?? []);
    const bytes = name.endsWith('.gz')
      ? gzipSync(text)
      : isPlain(name)
        ? text
        : Buffer.from(`\ufeff${text}`, 'utf16le');
    writeFileSync(path.join(this.folder, name), bytes);
  }

  private uuid(): string {
    const hex = this.random.hex(32);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

const isPlain = (name: string): boolean => !/(?:\.gz|wide\.log)$/.test(name);
const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => `${text}\n`).join('');
