import { summarise, summaryDocument } from '../../../common/export/traceDocument';
import type { Note } from '../../../common/model/note';
import { allowedSpellings, joinKey } from '../../../common/profile/ids';
import type { TraceSummaryDocument } from '../../../common/protocol/documents';
import { assembleTrace } from '../../../common/trace/assembleTrace';
import { sortedRows } from '../list/sortRows';
import { sortSummaries } from '../list/sortSummaries';
import { type SearchOutcome, search } from '../search/search';
import { targetOf } from './lookupInput';
import type { LookupRun } from './lookupRun';
import { shownId } from './shownId';

/** So many IDs are searched for in one go; for more, reading every record once is quicker. */
const mostNeedles = 32;

export interface Choices {
  traces: TraceSummaryDocument[];
  notes: Note[];
  /** The search that found them; `null` where every record was read. */
  outcome: SearchOutcome | null;
}

/** What a list shows of the traces of some correlation IDs. @throws AbortError, EngineError */
export async function choicesOf(run: LookupRun, ids: string[]): Promise<Choices> {
  if (ids.length > mostNeedles) {
    const keys = new Set(ids.map(joinKey));
    const { table, notes } = await run.engine.tables.of(run.engine, run.sources, {
      signal: run.signal,
      keys,
      isPart: true,
    });
    const traces = Array.from(sortedRows(table, undefined), row => table.rowAt(row));
    return { traces, notes, outcome: null };
  }
  const targets = ids.map(targetOf);
  const outcome = await search(run.engine.pool, {
    sources: run.sources,
    targets,
    spellings: ({ profile }) => ids.map(id => allowedSpellings(id, profile.idSpellings)),
    workers: run.engine.workers,
    indexes: run.engine.indexes,
    remote: run.engine.remote,
    signal: run.signal,
  });
  const traces = targets.map((target, index) => {
    const found = outcome.findings.found[index];
    const records = found ? [...found.group, ...found.bare] : [];
    return summaryDocument(summarise(assembleTrace({ correlationId: shownId(target, records), records })));
  });
  return { traces: sortSummaries(traces, undefined), notes: outcome.notes, outcome };
}
