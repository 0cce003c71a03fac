import { type CancellationToken, type Position, type TextDocument, workspace } from 'vscode';
import type { RecordDocument } from '../../common/protocol/documents';
import type { AtRequest, LogEngine, RecordInsight } from '../../common/protocol/logEngine';
import type { EngineAccess } from '../engine/engineAccess';
import type { RecordWay } from '../hover/hoverLinks';
import type { HoverTraces } from '../hover/hoverTraces';
import type { SelectedLine } from '../logView/logViews';
import { idAt } from '../pick/idsOfEditor';
import { hasNoFile, sourceOf } from '../sources/logDocuments';

/** Longer texts are not copied to the engine for a look at one line. */
const maxText = 5_000_000;

/** What the engine is asked of a line, counted from 0: of a text that no file holds with that text. */
export function requestFor(document: TextDocument, line: number): AtRequest {
  const request = { source: sourceOf(document), line: line + 1 };
  if (!document.isDirty && !hasNoFile(document)) return request;
  const text = document.getText();
  return text.length > maxText ? request : { ...request, text };
}

/** A line and the trace that it is a record of. */
export interface LineTrace {
  insight: RecordInsight;
  trace: NonNullable<RecordInsight['trace']>;
}

/** Index of the record that a way leads to from a line's own; `null` where it leads to none. */
export function recordOn({ record, records, firstError }: LineTrace['trace'], way: RecordWay): number | null {
  if (record === null) return null;
  if (way === 'firstError') return firstError;
  const index = way === 'next' ? record + 1 : record - 1;
  return index < 0 || index >= records ? null : index;
}

/** In ms: who follows a link waits for a search. */
const linkPatience = 60_000;

/** The traces of lines: looked up where nobody holds them, within the budget of a hover. */
export class LineTraces {
  private readonly access: EngineAccess;
  private readonly traces: HoverTraces;

  constructor(access: EngineAccess, traces: HoverTraces) {
    this.access = access;
    this.traces = traces;
  }

  get engine(): LogEngine {
    return this.access.current;
  }

  /** What is known of a line by now, without any search. */
  async known(document: TextDocument, line: number): Promise<RecordInsight> {
    const engine = await this.access.withSources();
    return engine.at(requestFor(document, line));
  }

  /** The same of a line in a log view. */
  async knownOf({ source, offset, line }: SelectedLine): Promise<RecordInsight> {
    const engine = await this.access.withSources();
    return engine.at({ source, offset, line: line ?? 1 });
  }

  /** The ID of the record that begins with a line; `null` where it has none, or a record goes on there. */
  async idOf(document: TextDocument, line: number): Promise<string | null> {
    const insight = await this.known(document, line);
    return insight.explain.record.firstLine === line + 1 ? insight.correlationId : null;
  }

  /** `null` where the line belongs to no trace, its trace is not found in time, or the caller has lost interest. */
  at(document: TextDocument, line: number, token?: CancellationToken): Promise<LineTrace | null> {
    return this.find(requestFor(document, line), token);
  }

  /** The same of a line that somebody has asked for by a link, however long ago: its trace is searched for patiently. */
  atPlace(place: { source: string; line: number }): Promise<LineTrace | null> {
    const document = workspace.textDocuments.find(other => sourceOf(other) === place.source);
    return this.find(document ? requestFor(document, place.line - 1) : place, undefined, linkPatience);
  }

  private async find(request: AtRequest, token?: CancellationToken, patience?: number): Promise<LineTrace | null> {
    const engine = await this.access.withSources();
    let insight = await engine.at(request);
    const { correlationId: id } = insight;
    const isWanted = id !== null && this.traces.isWanted(insight) && !token?.isCancellationRequested;
    // What is known already does for a link, too.
    if (isWanted && (await this.traces.learn(id, insight.trace ? undefined : patience)))
      insight = await engine.at(request);
    return insight.trace && !token?.isCancellationRequested ? { insight, trace: insight.trace } : null;
  }

  /** The records of the trace that an ID names: the line's own trace, or that of another ID on it. */
  async recordsOf(document: TextDocument, position: Position, most: number): Promise<RecordsOfTrace | null> {
    const engine = await this.access.withSources();
    const found = idAt(document, position);
    const line = await this.at(document, position.line);
    const own = line?.insight.explain.fields.some(({ role, value }) => role === 'correlationId' && value === found?.id);
    const trace = line && (own || !found) ? line.trace : await this.traces.look(found?.id ?? '');
    if (!trace) return null;
    const { traceId, records: all } = trace;
    return { records: await engine.records({ traceId, from: 0, to: Math.min(all, most) }), all };
  }
}

export interface RecordsOfTrace {
  records: RecordDocument[];
  /** How many there are, of which these may be the first. */
  all: number;
}
