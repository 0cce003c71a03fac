import { isDeepStrictEqual } from 'node:util';
import type { LogRecord, RecordLocation } from '../../../common/model/logRecord';
import { lineNumber } from '../../../common/model/units';
import { allowedSpellings } from '../../../common/profile/ids';
import { isSearchable } from '../../../common/scan/framer';
import { hasRanges, type SourceRef } from '../../sources/byteSource';
import { markOf, type ReadMark, rememberedBytes } from '../../sources/readMark';
import type { Engine } from '../engine';
import { placeOf } from '../scan/readFrame';
import type { ProfiledSource } from '../scan/scanJobs';
import { emptyFound, Findings, type Found } from '../search/findings';
import { addFound, mapFound, recordsOf } from '../search/foundRecords';
import type { SearchTarget } from '../search/membership';

/** A record that ends so far before the end of its source has nothing more to come. */
const settledAfter = 256 * 1024;
const page = 64 * 1024;

/** What a look-up has found, and the lines of the whole source, where they were counted. */
interface Taken {
  found: Found;
  lines: number | null;
}

/** A stretch of a source, and the lines before it. */
interface Stretch {
  from: number;
  to: number;
  lines: number;
}

/** One log that is read on, whatever its file is called by now, and what was found in it of one ID. */
export class FollowedSource implements ReadMark {
  profiled: ProfiledSource;
  read = 0;
  head: Buffer = Buffer.alloc(0);
  tail: Buffer = Buffer.alloc(0);
  /** Grows whenever there is another record, more of one, or one at another place. */
  revision = 0;
  /** Before this offset nothing changes any more; `lines` stand before it. */
  private base: number;
  private lines = 0;
  private settled = emptyFound();
  /** Found behind `base`: looked for anew whenever more comes, as the last record may have been unfinished. */
  private recent = emptyFound();
  private readonly seen = new Set<number>();
  /** What was read at the last look, as far as the file system tells. */
  private version = '';
  /** What a look-up has found, until the place is known again where it has ended. */
  private taken: Taken | null = null;

  constructor(profiled: ProfiledSource) {
    this.profiled = profiled;
    this.base = profiled.source.start;
  }

  /** Goes on from what a look-up has found. @param lines of the whole source; `null` where nobody has counted them */
  static after(
    profiled: ProfiledSource,
    found: Found,
    lines: number | null,
    { read, head, tail }: ReadMark,
  ): FollowedSource {
    const source = new FollowedSource(profiled);
    source.taken = { found, lines };
    return Object.assign(source, { read, head, tail });
  }

  get ref() {
    return this.profiled.source;
  }

  get found(): Found {
    const found = mapFound(this.taken?.found ?? this.settled, record => record);
    addFound(found, this.recent);
    return found;
  }

  /** Whether some of the newest records of the log are those that are looked for. */
  get isLive(): boolean {
    return this.recent.group.length > 0;
  }

  /**
   * Reads what is new; where the file changes meanwhile, the next look is the first that sees it.
   * @throws AbortError, EngineError, or an error of the file system
   */
  async readOn(engine: Engine, target: SearchTarget, signal: AbortSignal): Promise<void> {
    const { storedSize, file, modified } = this.ref;
    const version = `${file} ${storedSize} ${modified}`;
    if (version === this.version) return;
    try {
      if (this.taken && this.hasRanges) await this.resume(engine, target, this.taken, signal);
      if (this.hasRanges) await this.readRanges(engine, target, storedSize, signal);
      else await this.readWhole(engine, target, storedSize, signal);
      this.version = version;
    } catch (error) {
      if (!(error instanceof ChangedError)) throw error;
    }
  }

  /** Takes the source as it is now. Where it has another name, or place in its rotated set, so have its records. */
  update({ source }: ProfiledSource): void {
    const stays = source.id === this.ref.id && isDeepStrictEqual(source.set, this.ref.set);
    this.profiled = { ...this.profiled, source };
    if (stays) return;
    const moved = (record: LogRecord): LogRecord => ({ ...record, location: relocate(record.location, source) });
    if (this.taken) this.taken.found = mapFound(this.taken.found, moved);
    this.settled = mapFound(this.settled, moved);
    this.recent = mapFound(this.recent, moved);
    this.revision++;
  }

  private get hasRanges(): boolean {
    return hasRanges(this.ref) && isSearchable(this.profiled.profile);
  }

  private settledBefore(size: number): number {
    const at = size - settledAfter;
    return Math.max(this.base, at - (at % page));
  }

  /** Finds the place where the look-up has ended, and what its last record was. */
  private async resume(engine: Engine, target: SearchTarget, taken: Taken, signal: AbortSignal) {
    const base = this.settledBefore(this.read);
    const recent = await this.search(engine, target, { from: base, to: this.read, lines: 0 }, signal);
    const lines =
      taken.lines === null ? await engine.remote.countLines(this.ref, base, signal) : taken.lines - recent.newlines;
    if (lines === null) {
      // All is read again.
      this.taken = null;
      return;
    }
    const settled = mapFound(taken.found, record => (record.location.byteStart < base ? record : null));
    const late = mapFound(recent.found, record => ({ ...record, location: linesLater(record.location, lines) }));
    this.commit(this.read, { base, lines, settled, recent: late }, taken.found);
    this.taken = null;
  }

  private async readRanges(engine: Engine, target: SearchTarget, size: number, signal: AbortSignal): Promise<void> {
    const base = this.settledBefore(size);
    let { lines } = this;
    const settled = emptyFound();
    if (base > this.base) {
      const more = await this.search(engine, target, { from: this.base, to: base, lines }, signal);
      addFound(settled, more.found);
      lines += more.newlines;
    }
    const { found } = await this.search(engine, target, { from: base, to: size, lines }, signal);
    this.commit(size, { base, lines, settled, recent: found }, this.recent);
  }

  /** What cannot be read from the middle is read anew, and what was found in it before counts no more. */
  private async readWhole(engine: Engine, target: SearchTarget, size: number, signal: AbortSignal): Promise<void> {
    const { start } = this.ref;
    const all = await this.search(engine, target, { from: start, to: Number.POSITIVE_INFINITY, lines: 0 }, signal);
    const { found } = this;
    this.taken = null;
    this.settled = emptyFound();
    this.seen.clear();
    this.commit(size, { base: start, lines: 0, settled: emptyFound(), recent: all.found }, found);
  }

  private async search(engine: Engine, target: SearchTarget, { from, to, lines }: Stretch, signal: AbortSignal) {
    const { source, profile } = this.profiled;
    const findings = new Findings(1);
    // The first of two ranges is what was counted before.
    findings.openSource(source.id, 2);
    findings.rangeDone(source.id, 0, lines);
    const needles = [allowedSpellings(target.id, profile.idSpellings)];
    const job = { source, profile, from, to, targets: [target], needles };
    const { newlines, note } = await engine.pool.run('search', job, {
      signal,
      onPart: ({ hits }) => findings.add(source.id, 1, hits),
    });
    if (note && hasRanges(source)) throw new ChangedError();
    findings.rangeDone(source.id, 1, newlines);
    return { found: findings.found[0] ?? emptyFound(), newlines };
  }

  /**
   * Nothing is taken in before all of it was read from one and the same file.
   * @param replaced what was known until now of what comes
   */
  private commit(size: number, next: { base: number; lines: number; settled: Found; recent: Found }, replaced: Found) {
    const mark = markOf(this.ref, size);
    if (hasRanges(this.ref) && mark.tail.length < Math.min(rememberedBytes, size - this.ref.start))
      throw new ChangedError();
    const settled = this.unseen(next.settled);
    addFound(this.settled, settled);
    for (const { location } of recordsOf(settled)) this.seen.add(location.byteStart);
    this.recent = this.unseen(next.recent);
    const known = [...placesIn(settled), ...placesIn(this.recent)];
    if (!isDeepStrictEqual(known.sort(), placesIn(replaced).sort())) this.revision++;
    Object.assign(this, { base: next.base, lines: next.lines, read: size, head: mark.head, tail: mark.tail });
  }

  private unseen(found: Found): Found {
    return mapFound(found, record => (this.seen.has(record.location.byteStart) ? null : record));
  }
}

const placesIn = (found: Found): string[] =>
  recordsOf(found).map(({ location: { line, byteStart, byteEnd } }) => `${line}:${byteStart}:${byteEnd}`);

const relocate = (location: RecordLocation, source: SourceRef): RecordLocation => ({
  ...location,
  set: undefined,
  ...placeOf(source),
});

/** The file became another one while it was read. */
class ChangedError extends Error {}

const linesLater = (location: RecordLocation, lines: number): RecordLocation => ({
  ...location,
  line: location.line === null ? null : lineNumber(location.line + lines),
});
