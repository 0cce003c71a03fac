import { LineCounts } from '../../../common/view/lineCounts';
import type { MatchCounts } from '../../../common/view/matchCounts';
import type { RemoteSources } from '../../remote/remoteSources';
import { hasRanges, type SourceRef } from '../../sources/byteSource';
import { type LogBytes, openBytes } from './logBytes';

/** A log that is being viewed, and what is known of its lines. */
export interface ViewedLog {
  ref: SourceRef;
  bytes: LogBytes;
  counts: LineCounts;
  /** How far lines were counted from the beginning, without a gap. */
  counted: { bytes: number; newlines: number; endsLine: boolean; isAll: boolean };
  /** Of the text that was counted last. */
  matches: MatchCounts | null;
}

/** So long, in ms, a log is taken to be what it was. */
const lookAgainAfter = 1_000;
/** More are not held: a view that asks for one that was dropped opens it anew. */
const mostLogs = 8;

/** The logs that are being viewed, the one used last at the end. */
export class ViewedLogs {
  private readonly logs = new Map<string, { log: ViewedLog; lookedAt: number }>();
  private readonly remote: RemoteSources;

  constructor(remote: RemoteSources) {
    this.remote = remote;
  }

  /** @param find looks where the source is. @throws what that throws */
  async of(source: string, find: () => Promise<SourceRef>): Promise<ViewedLog> {
    const known = this.logs.get(source);
    const isFresh = known && performance.now() - known.lookedAt < lookAgainAfter;
    const ref = isFresh ? known.log.ref : await find();
    const now = this.logs.get(source);
    const log = now && isStill(now.log.ref, ref) ? now.log : viewed(ref, this.remote);
    log.ref = ref;
    if (now && now.log !== log) await now.log.bytes.close();
    this.logs.delete(source);
    this.logs.set(source, { log, lookedAt: isFresh ? known.lookedAt : performance.now() });
    const [oldest] = this.logs.keys();
    if (this.logs.size > mostLogs && oldest !== undefined) await this.close(oldest);
    return log;
  }

  /** `null` where it is not being viewed. */
  held(source: string): ViewedLog | null {
    return this.logs.get(source)?.log ?? null;
  }

  async close(source: string): Promise<void> {
    const known = this.logs.get(source);
    this.logs.delete(source);
    await known?.log.bytes.close();
  }
}

function viewed(ref: SourceRef, remote: RemoteSources): ViewedLog {
  const start = startOf(ref);
  const counted = { bytes: start, newlines: 0, endsLine: true, isAll: false };
  return { ref, bytes: openBytes(ref, remote), counts: new LineCounts(start), counted, matches: null };
}

/** Where the decoded bytes begin. */
export const startOf = (ref: SourceRef): number => (hasRanges(ref) ? ref.start : 0);

/** Whether a source is what it was; one that is read by range may have grown. */
function isStill(before: SourceRef, now: SourceRef): boolean {
  if (before === now) return true;
  const isSame = before.identity === now.identity && before.file === now.file && before.packing === now.packing;
  if (!isSame || before.start !== now.start) return false;
  return hasRanges(now) ? now.storedSize >= before.storedSize : now.storedSize === before.storedSize;
}
