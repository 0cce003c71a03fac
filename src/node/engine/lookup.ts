import {
  EngineError,
  type LookupOptions,
  type LookupRequest,
  type LookupResult,
} from '../../common/protocol/logEngine';
import type { Engine } from './engine';
import { hintsFor } from './hints';
import { listTraces } from './list';
import { readInput, targetOf } from './lookupInput';
import { LookupProgressReporter } from './lookupProgress';
import { completenessOf, type LookupRun, searchId, type TargetOutcome } from './lookupRun';
import { resolve } from './resolve';

/** Finds what belongs to an ID or to a query, without an index. @throws AbortError, EngineError */
export async function lookup(engine: Engine, request: LookupRequest, options: LookupOptions): Promise<LookupResult> {
  const input = readInput(request.text);
  const { signal, onProgress } = options;
  if (input.kind === 'query') return traceQuery(engine, request, options, input.text);
  const started = performance.now();
  const { profiled, skipped } = await engine.profiledSources(request.only, signal);
  const progress = new LookupProgressReporter(engine.held, onProgress);
  const run: LookupRun = { engine, sources: profiled, skipped, started, signal, progress };
  try {
    let last: TargetOutcome | null = null;
    for (const id of input.ids) {
      last = await searchId(run, targetOf(id));
      const result = await resolve(run, last, input.role);
      if (result) return result;
    }
    if (!last) throw new EngineError('There is nothing to look for.');
    const completeness = completenessOf(run, last.outcome, 0);
    return { kind: 'notFound', completeness, hints: hintsFor(run, input.ids, last) };
  } finally {
    progress.end(request.keepPartial === true && signal?.aborted === true);
  }
}

async function traceQuery(
  engine: Engine,
  request: LookupRequest,
  { signal }: LookupOptions,
  filter: string,
): Promise<LookupResult> {
  const only = request.only ? { only: request.only } : {};
  const { traces, notes, completeness } = await listTraces(engine, { filter, ...only }, signal);
  if (traces.length === 0) {
    return { kind: 'notFound', completeness, hints: [`No trace fits “${filter}”. Try it with fewer conditions.`] };
  }
  return { kind: 'choices', role: 'query', traces, notes, completeness };
}
