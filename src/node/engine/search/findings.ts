import type { LogRecord } from '../../../common/model/logRecord';
import { lineNumber, type SourceId } from '../../../common/model/units';
import { LineCounter } from '../scan/ranges';
import type { SearchHit } from '../scan/scanJobs';
import type { PivotRole } from './membership';

/** What a search found of one target, by what the records have to do with it. */
export interface Found {
  group: LogRecord[];
  roles: Map<PivotRole, LogRecord[]>;
  bare: LogRecord[];
  mentions: { record: LogRecord; field: string | null }[];
  /** Hits of an ID too short or common to be believed. */
  weak: number;
  /** Records that were too long to be read whole. */
  cut: number;
  /** Hits that were counted but not kept. */
  dropped: number;
}

export const emptyFound = (): Found => ({
  group: [],
  roles: new Map(),
  bare: [],
  mentions: [],
  weak: 0,
  cut: 0,
  dropped: 0,
});

/** Nobody reads more records than this of one trace, and they must fit into memory. */
const mostRecords = 300_000;
const mostMentions = 10_000;

interface SourceFindings {
  lines: LineCounter;
  /** Hits whose line is not known yet, by range. */
  waiting: Map<number, SearchHit[]>;
  seen: Set<string>;
}

/** Gathers hits as they come, in any order, each record once, and numbers their lines as soon as that can be said. */
export class Findings {
  hits = 0;
  readonly found: Found[];
  private readonly sources = new Map<string, SourceFindings>();

  constructor(targets: number) {
    this.found = Array.from({ length: targets }, emptyFound);
  }

  openSource(source: string, ranges: number): void {
    this.sources.set(source, { lines: new LineCounter(ranges), waiting: new Map(), seen: new Set() });
  }

  add(source: string, range: number, hits: readonly SearchHit[]): void {
    const findings = this.sources.get(source);
    if (!findings) return;
    for (const hit of hits) {
      // A record across two ranges is found by both, and a job that is tried again finds all of its records again.
      const name = `${hit.target}:${hit.record.location.byteStart}`;
      if (findings.seen.has(name)) continue;
      findings.seen.add(name);
      if (hit.membership.kind !== 'weak') this.hits++;
      this.keep(hit);
      const waiting = findings.waiting.get(range);
      if (waiting) waiting.push(hit);
      else findings.waiting.set(range, [hit]);
    }
    this.number(findings);
  }

  rangeDone(source: string, range: number, newlines: number): void {
    const findings = this.sources.get(source);
    findings?.lines.done(range, newlines);
    if (findings) this.number(findings);
  }

  /** Lines of a source, `null` if not all was read. */
  linesOf(source: string): number | null {
    return this.sources.get(source)?.lines.total ?? null;
  }

  /** Puts all that was found into the order of the sources: hits come in any. */
  arrange(sources: readonly SourceId[]): void {
    const order = new Map(sources.map((source, at) => [source, at]));
    const compare = (a: LogRecord, b: LogRecord) =>
      (order.get(a.location.source) ?? 0) - (order.get(b.location.source) ?? 0) ||
      a.location.byteStart - b.location.byteStart;
    for (const { group, bare, roles, mentions } of this.found) {
      for (const records of [group, bare, ...roles.values()]) records.sort(compare);
      mentions.sort((a, b) => compare(a.record, b.record));
    }
  }

  private number({ lines, waiting }: SourceFindings): void {
    for (const [range, hits] of waiting) {
      const before = lines.before(range);
      if (before === null) continue;
      for (const hit of hits) hit.record.location.line = lineNumber(1 + before + hit.linesBefore);
      waiting.delete(range);
    }
  }

  private keep({ target, record, membership, cut }: SearchHit): void {
    const found = this.found[target];
    if (!found) return;
    if (cut) found.cut++;
    switch (membership.kind) {
      case 'group':
        this.push(found, found.group, record, mostRecords);
        break;
      case 'bare':
        this.push(found, found.bare, record, mostRecords);
        break;
      case 'mention':
        this.push(found, found.mentions, { record, field: membership.field }, mostMentions);
        break;
      case 'role': {
        const records = found.roles.get(membership.role) ?? [];
        found.roles.set(membership.role, records);
        this.push(found, records, record, mostRecords);
        break;
      }
      case 'weak':
        found.weak++;
    }
  }

  private push<Item>(found: Found, list: Item[], item: Item, most: number): void {
    if (list.length < most) list.push(item);
    else found.dropped++;
  }
}
