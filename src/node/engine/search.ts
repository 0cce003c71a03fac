import type { Note } from '../../common/model/note';
import type { Completeness } from '../../common/protocol/documents';
import { EngineError } from '../../common/protocol/logEngine';
import { AbortError } from '../../common/protocol/rpcChannel';
import { unreadable } from '../sources/skipped';
import { Findings } from './findings';
import type { SearchTarget } from './membership';
import { rangesOf } from './ranges';
import type { ProfiledSource } from './scanJobs';
import type { ScanPool } from './scanPool';

export interface SearchRequest {
  sources: readonly ProfiledSource[];
  targets: SearchTarget[];
  /** The spellings of each target that are worth looking for in a source. */
  spellings(source: ProfiledSource): string[][];
  workers: number;
  signal?: AbortSignal | undefined;
  /** Called whenever something was found or read. */
  onChange?: (state: SearchState) => void;
}

export interface SearchState {
  findings: Findings;
  /** Stored bytes. */
  bytesRead: number;
  bytesTotal: number;
  sourcesDone: number;
}

export interface SearchOutcome extends SearchState {
  notes: Note[];
  skipped: Completeness['skippedSources'];
  /** Lines of all sources, `null` if not all was read. */
  lines: number | null;
  /** Decoded bytes. */
  decodedBytes: number;
  /** Longer words that hold what was looked for. */
  near: Set<string>;
}

/** Searches all sources in parallel. A source that fails is told in `skipped`; what was found in it until then stays. */
export async function search(pool: ScanPool, request: SearchRequest): Promise<SearchOutcome> {
  const { sources, targets, signal, onChange } = request;
  const bytesTotal = sources.reduce((sum, { source }) => sum + source.storedSize, 0);
  const state: SearchOutcome = {
    findings: new Findings(targets.length),
    bytesRead: 0,
    bytesTotal,
    sourcesDone: 0,
    notes: [],
    skipped: [],
    lines: 0,
    decodedBytes: 0,
    near: new Set(),
  };
  await Promise.all(
    sources.map(async profiled => {
      const { id } = profiled.source;
      const needles = request.spellings(profiled);
      const ranges = rangesOf(profiled, request.workers);
      state.findings.openSource(id, ranges.length);
      const jobs = ranges.map(async (range, index) => {
        const onPart = ({ hits }: { hits: Parameters<Findings['add']>[2] }) => {
          state.findings.add(id, index, hits);
          onChange?.(state);
        };
        const end = await pool.run('search', { ...range, targets, needles }, { signal, onPart });
        state.findings.rangeDone(id, index, end.newlines);
        state.bytesRead += range.to === Number.POSITIVE_INFINITY ? profiled.source.storedSize : range.to - range.from;
        state.decodedBytes += end.bytes;
        for (const word of end.near) state.near.add(word);
        if (end.note) state.notes = distinctNotes([...state.notes, sourceNote(id, end.note)]);
        onChange?.(state);
      });
      const failed = (await Promise.allSettled(jobs)).find(job => job.status === 'rejected');
      if (failed) {
        if (failed.reason instanceof AbortError || failed.reason instanceof EngineError) throw failed.reason;
        state.skipped.push({ source: id, reason: unreadable(failed.reason) });
      }
      state.sourcesDone++;
      const lines = state.findings.linesOf(id);
      state.lines = lines === null || state.lines === null ? null : state.lines + lines;
    }),
  );
  return state;
}

/** The ranges of a source have the same to tell of it. */
export const distinctNotes = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.map(note => [note.text, note])).values(),
];

/** A note about a whole source. */
export const sourceNote = (source: string, { kind, text }: { kind: Note['kind']; text: string }): Note => ({
  kind,
  count: 1,
  text,
  steps: [],
  records: [{ source: source as Note['records'][number]['source'], line: null }],
});
