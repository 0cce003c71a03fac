import { recordDocument, stepDocument, traceDocument } from '../../common/export/traceDocument';
import { type ReadingSettings, SettingError } from '../../common/profile/readingSettings';
import { checkReading } from '../../common/profile/sourceOverrides';
import {
  type ArrangeRequest,
  type AtRequest,
  type CallOptions,
  type ChildrenRequest,
  EngineError,
  type FollowOptions,
  type IndexOptions,
  type ListOptions,
  type ListRequest,
  type LogEngine,
  type LookupOptions,
  type LookupRequest,
  type NamesRequest,
  type NextRowRequest,
  type OverviewRequest,
  type SourcePlace,
  type WatchOptions,
} from '../../common/protocol/logEngine';
import type {
  CountMatchesOptions,
  CountOptions,
  CountRequest,
  FindTextOptions,
  FindTextRequest,
  LinesRequest,
  MatchPlaceRequest,
  MatchRequest,
} from '../../common/protocol/logReader';
import { findSteps } from '../../common/query/findSteps';
import type { ShownEntries } from '../../common/timeline/arrangement';
import { nextRow } from '../../common/timeline/nextRow';
import { traceOverview } from '../../common/timeline/overview';
import { recordAt, recordRows } from '../../common/timeline/recordRow';
import { rowChildren } from '../../common/timeline/rowChildren';
import { stepLinks } from '../../common/timeline/stepLinks';
import { insightAt } from './at';
import { detectSources } from './detect';
import type { Engine } from './engine';
import { followTrace } from './follow/followTrace';
import { updateIndexes } from './index/updateIndexes';
import { listTraces } from './list/list';
import { nameTraces } from './list/nameTraces';
import { lookup } from './lookup/lookup';
import { nearbyNote, nearbyRecords, troubled } from './lookup/nearby';
import { searchedTrace } from './lookup/searchedTrace';
import { countLines } from './view/countLines';
import { countMatches, matchesBefore } from './view/countMatches';
import { findText } from './view/findText';
import { shownLines, textOfLine } from './view/shownLines';

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

  names(request: NamesRequest, { signal }: CallOptions = {}) {
    return nameTraces(this.engine, request, signal);
  }

  index({ signal, onProgress }: IndexOptions = {}) {
    return updateIndexes(this.engine, signal, onProgress);
  }

  async clearIndex() {
    await this.engine.tables.clear();
    return this.engine.indexes.clear();
  }

  remoteStates() {
    return this.engine.remote.states();
  }

  clearRemote() {
    return this.engine.remote.clear();
  }

  lines(request: LinesRequest, { signal }: CallOptions = {}) {
    return shownLines(this.engine, request, signal);
  }

  lineText(request: { source: string; from: number; to: number }) {
    return textOfLine(this.engine, request);
  }

  countLines(request: CountRequest, options: CountOptions = {}) {
    return countLines(this.engine, request, options);
  }

  findText(request: FindTextRequest, options: FindTextOptions = {}) {
    return findText(this.engine, request, options);
  }

  countMatches(request: MatchRequest, options: CountMatchesOptions = {}) {
    return countMatches(this.engine, request, options);
  }

  matchesBefore(request: MatchPlaceRequest, { signal }: CallOptions = {}) {
    return matchesBefore(this.engine, request, signal);
  }

  closeLog(source: string) {
    return this.engine.viewed.close(source);
  }

  async release(traceId: string) {
    this.engine.held.release(traceId);
  }

  follow(traceId: string, options: FollowOptions = {}) {
    return followTrace(this.engine, traceId, options);
  }

  async watch({ signal = new AbortController().signal, onProgress }: WatchOptions) {
    let first = true;
    await this.engine.watch.watch(signal, async () => {
      // What is there at first is no change.
      if (!first) onProgress();
      first = false;
    });
  }

  async window({ traceId, from, to }: { traceId: string; from: number; to: number }) {
    return this.engine.held.get(traceId).rows.slice(from, to);
  }

  async children({ traceId, parent, from, to }: ChildrenRequest) {
    return rowChildren(this.engine.held.get(traceId).rows, parent, from, to);
  }

  async overview({ traceId, columns, compress }: OverviewRequest) {
    const held = this.engine.held.get(traceId);
    return { ...traceOverview(held.trace, columns, compress), signs: held.signs };
  }

  async arrange({ traceId, arrangement, show }: ArrangeRequest) {
    return this.engine.held.get(traceId).foldable.arrange(arrangement, show);
  }

  async pick({ traceId, entries }: { traceId: string; entries: ShownEntries }) {
    return this.engine.held.get(traceId).foldable.pick(entries);
  }

  async find({ traceId, query }: { traceId: string; query: string }) {
    return findSteps(query, searchedTrace(this.engine.held.get(traceId)));
  }

  async nextRow({ traceId, from, landmark, backwards }: NextRowRequest) {
    return nextRow(this.engine.held.get(traceId).rows, from, landmark, backwards);
  }

  async step({ traceId, key }: { traceId: string; key: string }) {
    const { trace } = this.engine.held.get(traceId);
    const step = trace.steps.find(candidate => candidate.key === key);
    if (!step) throw new EngineError(`The trace has no step “${key}” any more: look its ID up again.`);
    const nearby = await nearbyRecords(this.engine, [step], trace);
    const { records, limits } = nearby.get(step) ?? { records: [], limits: [] };
    return { ...stepDocument(step, trace), nearby: records.map(recordDocument), nearbyLimits: limits };
  }

  async records({ traceId, from, to }: { traceId: string; from: number; to: number }) {
    return this.engine.held.get(traceId).trace.records.slice(from, to).map(recordDocument);
  }

  async recordRows({ traceId, from, to }: { traceId: string; from: number; to: number }) {
    const { trace, stepsOfRecords } = this.engine.held.get(traceId);
    return recordRows(trace, stepsOfRecords, from, to);
  }

  async recordOf({ traceId, key }: { traceId: string; key: string }) {
    const { trace } = this.engine.held.get(traceId);
    return trace.steps.find(step => step.key === key)?.records[0] ?? null;
  }

  async recordAt({ traceId, id }: { traceId: string; id: string }) {
    return recordAt(this.engine.held.get(traceId).trace, id);
  }

  async links({ traceId, key }: { traceId: string; key: string }) {
    return stepLinks(this.engine.held.get(traceId).rows, key);
  }

  async moveClocks({ traceId, apply }: { traceId: string; apply: boolean }) {
    const held = this.engine.held.get(traceId);
    held.moveClocks(apply);
    return held.header();
  }

  async document(traceId: string) {
    const { trace, completeness } = this.engine.held.get(traceId);
    const document = traceDocument(trace, completeness);
    const { looked, left } = troubled(trace);
    const nearby = await nearbyRecords(this.engine, looked, trace);
    for (const [at, step] of trace.steps.entries()) {
      const found = nearby.get(step);
      if (!found) continue;
      document.steps[at]!.nearby = found.records.map(recordDocument);
      document.steps[at]!.nearbyLimits = found.limits;
    }
    const note = nearbyNote(nearby, left);
    return note ? { ...document, notes: [...document.notes, note] } : document;
  }

  async dispose() {
    const { pool, remote, tables } = this.engine;
    await Promise.all([pool.dispose(), remote.dispose(), tables.settled()]);
  }
}
