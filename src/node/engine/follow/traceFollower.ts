import { isDeepStrictEqual } from 'node:util';
import type { Note } from '../../../common/model/note';
import { EngineError } from '../../../common/protocol/logEngine';
import { AbortError } from '../../../common/protocol/rpcChannel';
import type { SourceRef } from '../../sources/byteSource';
import { continueSources } from '../../sources/continueSources';
import type { Engine } from '../engine';
import type { LookedUp } from '../lookup/lookedUp';
import type { ProfiledSource } from '../scan/scanJobs';
import { emptyFound, type Found } from '../search/findings';
import { addFound, mapFound, recordsOf } from '../search/foundRecords';
import type { SearchTarget } from '../search/membership';
import { sourceNote } from '../search/search';
import { FollowedSource } from './followedSource';

/** A file that was changed so lately is being written. */
const writtenWithin = 60_000;

/** Keeps what was found of one ID up to date as sources grow, rotate, are emptied, go and come back. */
export class TraceFollower {
  readonly target: SearchTarget;
  private readonly engine: Engine;
  private readonly firstNotes: readonly Note[];
  private followed: FollowedSource[] = [];
  /** Sources that are gone and may come back. */
  private absent: FollowedSource[] = [];
  /** Of sources that will not come back. */
  private readonly past = emptyFound();
  /** Copies that took the place of what they were made from, by its id. */
  private readonly copies = new Map<string, { original: SourceRef; copy: SourceRef }>();
  /** The facts that were told last. */
  private told = '';
  private readonly emptied = new Map<string, { ref: SourceRef; text: string; count: number }>();

  /** Begins where a look-up has ended. */
  constructor(engine: Engine, { target, found, notes, sources }: LookedUp) {
    this.engine = engine;
    this.target = target;
    this.firstNotes = notes;
    Object.assign(this.past, { weak: found.weak, cut: found.cut, dropped: found.dropped });
    this.followed = sources.map(({ profiled, lines, isRead, mark }) => {
      const own = mapFound(found, record => (record.location.source === profiled.source.id ? record : null));
      // What was not read to its end is read again.
      if (!isRead) return new FollowedSource(profiled);
      return FollowedSource.after(profiled, { ...own, weak: 0, cut: 0, dropped: 0 }, lines, mark);
    });
  }

  /** Everything that is known of the ID by now. */
  get found(): Found {
    const all = mapFound(this.past, record => record);
    for (const { found } of [...this.followed, ...this.absent]) addFound(all, found);
    return all;
  }

  /** What the look-up had to tell, and what was emptied since: something may have been written between the last look and then. */
  get notes(): Note[] {
    const emptied = [...this.emptied.values()].map(({ ref, text, count }) => ({
      ...sourceNote(ref.id, { kind: 'truncatedSource', text }),
      count,
    }));
    return [...this.firstNotes, ...emptied];
  }

  /** Sources that are being written and whose newest records are of this ID: it may be going on there. */
  get live(): Set<string> {
    const now = Date.now();
    const live = this.followed.filter(({ isLive, ref }) => isLive && now - ref.modified < writtenWithin);
    return new Set(live.map(({ ref }) => ref.id));
  }

  /**
   * Reads what is new. @returns whether there is anything new of the ID
   * @throws AbortError, EngineError
   */
  async update(sources: readonly ProfiledSource[], signal: AbortSignal): Promise<boolean> {
    const profiled = new Map(sources.map(each => [each.source, each]));
    const known = [...this.followed, ...this.absent];
    const { goneOn, copied, begun, gone } = await continueSources(known, [...profiled.keys()]);
    const was = new Map(known.map(mark => [mark, mark.ref]));
    const revisions = new Map(known.map(mark => [mark, mark.revision]));
    this.noteEmptiedSince(begun);
    const followed = [...goneOn, ...copied].map(({ mark, ref }) => {
      if (ref.packing === 'none' && ref.file !== mark.ref.file)
        this.copies.set(mark.ref.id, { original: mark.ref, copy: ref });
      const now = profiled.get(ref)!;
      if (!isDeepStrictEqual(now.profile, mark.profiled.profile)) return new FollowedSource(now);
      mark.update(now);
      return mark;
    });
    for (const { mark, ref, whole } of copied)
      this.noteEmptied(was.get(mark)!, copiedText(was.get(mark)!.id, ref.id, whole));
    const lost = gone.filter(({ emptied }) => emptied).map(({ mark }) => mark);
    for (const mark of lost) {
      addFound(this.past, mark.found);
      this.noteEmptied(mark.ref, emptiedText(mark.ref));
    }
    this.absent = gone.filter(({ emptied }) => !emptied).map(({ mark }) => mark);
    this.followed = [...followed, ...begun.map(ref => new FollowedSource(profiled.get(ref)!))];
    await Promise.all(this.followed.map(each => ignoreUnreadable(each.readOn(this.engine, this.target, signal))));
    const kept = new Set([...this.followed, ...this.absent]);
    const { told, facts } = this;
    this.told = facts;
    return (
      facts !== told ||
      this.followed.some(mark => mark.revision !== (revisions.get(mark) ?? 0)) ||
      known.some(mark => !kept.has(mark) && recordsOf(mark.found).length > 0)
    );
  }

  /** A file beside its copy is left out as it holds the same, until it is emptied and holds something else. */
  private noteEmptiedSince(begun: readonly SourceRef[]): void {
    for (const { id, file } of begun) {
      const { original, copy } = this.copies.get(id) ?? {};
      if (original?.file === file && copy) this.noteEmptied(original, copiedText(id, copy.id, true));
      this.copies.delete(id);
    }
  }

  private noteEmptied(ref: SourceRef, text: string): void {
    const count = (this.emptied.get(text)?.count ?? 0) + 1;
    this.emptied.set(text, { ref, text, count });
  }

  /** What there is to tell beside the records. */
  private get facts(): string {
    return [...this.emptied.keys(), ...this.live].join('\n');
  }
}

const copiedText = (old: string, copy: string, whole: boolean): string =>
  whole
    ? `${old} was copied to ${copy} and emptied: what was written in between may be missing.`
    : `${old} was emptied, and ${copy} lacks the last of what was read before: that is shown, but is not there any more.`;
const emptiedText = ({ id }: SourceRef): string =>
  `${id} was emptied or written anew: what was written just before may be missing, and what is shown of it is not there any more.`;

/** A source that cannot be read now may be there at the next look. */
async function ignoreUnreadable(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AbortError || error instanceof EngineError) throw error;
  }
}
