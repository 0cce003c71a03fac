import { summarise, summaryDocument } from '../../../common/export/traceDocument';
import {
  EngineError,
  type LookupOptions,
  type LookupRequest,
  type LookupResult,
} from '../../../common/protocol/logEngine';
import { matches, type Query } from '../../../common/query/query';
import type { Engine } from '../engine';
import { listTraces } from '../list/list';
import { hintsFor } from './hints';
import { readInput, shorten, targetOf } from './lookupInput';
import { LookupProgressReporter } from './lookupProgress';
import { completenessOf, type LookupRun, searchId, type TargetOutcome } from './lookupRun';
import { resolve } from './resolve';

/** Finds what belongs to an ID or to a query, by the index as far as there is one. @throws AbortError, EngineError */
export async function lookup(engine: Engine, request: LookupRequest, options: LookupOptions): Promise<LookupResult> {
  const input = readInput(request.text);
  const { signal, onProgress } = options;
  if (input.kind === 'query') return traceQuery(engine, request, signal, input.text);
  const started = performance.now();
  const { profiled, skipped } = await engine.profiledSources(request, signal);
  const progress = new LookupProgressReporter(engine.held, onProgress);
  const run: LookupRun = { engine, sources: profiled, skipped, started, signal, progress };
  try {
    let last: TargetOutcome | null = null;
    for (const id of input.ids) {
      last = await searchId(run, targetOf(id));
      const result = await resolve(run, last, input.role);
      if (result) return input.rest ? fitting(engine, result, input.rest, id) : result;
    }
    if (!last) throw new EngineError('There is nothing to look for.');
    if (input.words && profiled.length > 0) {
      const filtered = await traceQuery(engine, request, signal, request.text.trim());
      if (filtered.kind === 'choices') return filtered;
    }
    const completeness = completenessOf(run, last.outcome, 0);
    return { kind: 'notFound', completeness, hints: hintsFor(run, input.ids, last) };
  } finally {
    progress.end(request.keepPartial === true && signal?.aborted === true);
  }
}

/** What was found, if it is all that was asked for. */
function fitting(engine: Engine, result: LookupResult, rest: Query, id: string): LookupResult {
  if (result.kind === 'notFound') return result;
  if (result.kind === 'choices') {
    const traces = result.traces.filter(trace => matches(rest, trace));
    if (traces.length > 0) return { ...result, traces };
  } else {
    const { trace } = engine.held.get(result.trace.traceId);
    if (matches(rest, summaryDocument(summarise(trace)))) return result;
    engine.held.release(result.trace.traceId);
  }
  const hint = `The ID “${shorten(id)}” exists, but what it leads to does not fit the rest of the query. Look up the ID alone to see it.`;
  return { kind: 'notFound', completeness: result.completeness, hints: [hint] };
}

async function traceQuery(
  engine: Engine,
  request: LookupRequest,
  signal: AbortSignal | undefined,
  filter: string,
): Promise<LookupResult> {
  const { only, places } = request;
  const { traces, notes, completeness } = await listTraces(engine, { filter, only, places }, signal ? { signal } : {});
  if (traces.length === 0) {
    const damage = notes.filter(({ kind }) => kind === 'truncatedSource').map(({ text }) => text);
    const hints = [`No trace fits “${filter}”. Try it with fewer conditions.`, ...damage];
    return { kind: 'notFound', completeness, hints };
  }
  return { kind: 'choices', role: 'query', traces, notes, completeness };
}
