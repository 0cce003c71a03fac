import { recordDocument, stepDocument, traceDocument } from '../../common/export/traceDocument';
import { type ReadingSettings, SettingError } from '../../common/profile/readingSettings';
import { checkReading } from '../../common/profile/sourceOverrides';
import {
  type AtRequest,
  type CallOptions,
  EngineError,
  type ListOptions,
  type ListRequest,
  type LogEngine,
  type LookupOptions,
  type LookupRequest,
  type SourcePlace,
} from '../../common/protocol/logEngine';
import { insightAt } from './at';
import { detectSources } from './detect';
import type { Engine } from './engine';
import { listTraces } from './list';
import { lookup } from './lookup';
import { nearbyRecords, troubled } from './nearby';

/** The engine's front: each method is a file of its own, what they share is in {@link Engine}. */
export class Coordinator implements LogEngine {
  private readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  async setSources(places: SourcePlace[]) {
    this.engine.places = places;
  }

  async setReading(settings: ReadingSettings) {
    try {
      checkReading(settings);
    } catch (error) {
      throw error instanceof SettingError ? new EngineError(error.message) : error;
    }
    this.engine.profiles.reading = settings;
  }

  sources(request: { full: boolean; samples?: boolean }, { signal }: CallOptions = {}) {
    return detectSources(this.engine, request, signal);
  }

  lookup(request: LookupRequest, options: LookupOptions = {}) {
    return lookup(this.engine, request, options);
  }

  at(request: AtRequest, { signal }: CallOptions = {}) {
    return insightAt(this.engine, request, signal);
  }

  list(request: ListRequest, options: ListOptions = {}) {
    return listTraces(this.engine, request, options);
  }

  async release(traceId: string) {
    this.engine.held.release(traceId);
  }

  async window({ traceId, from, to }: { traceId: string; from: number; to: number }) {
    return this.engine.held.get(traceId).rows.slice(from, to);
  }

  async step({ traceId, key }: { traceId: string; key: string }) {
    const { trace } = this.engine.held.get(traceId);
    const step = trace.steps.find(candidate => candidate.key === key);
    if (!step) throw new EngineError(`The trace has no step “${key}” any more: look its ID up again.`);
    const nearby = await nearbyRecords(this.engine, [step], trace);
    return { ...stepDocument(step, trace), nearby: (nearby.get(step) ?? []).map(recordDocument) };
  }

  async records({ traceId, from, to }: { traceId: string; from: number; to: number }) {
    return this.engine.held.get(traceId).trace.records.slice(from, to).map(recordDocument);
  }

  async document(traceId: string) {
    const { trace, completeness } = this.engine.held.get(traceId);
    const document = traceDocument(trace, completeness);
    const nearby = await nearbyRecords(this.engine, troubled(trace), trace);
    for (const [at, step] of trace.steps.entries()) {
      const records = nearby.get(step);
      if (records) document.steps[at]!.nearby = records.map(recordDocument);
    }
    return document;
  }

  dispose() {
    return this.engine.pool.dispose();
  }
}
