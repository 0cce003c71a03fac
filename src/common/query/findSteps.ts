import type { TraceSummaryDocument } from '../protocol/documents';
import type { TimelineRow } from '../timeline/timelineRow';
import { freeTextOf } from './freeText';
import { matches, parseQuery, type Query, QueryError } from './query';
import { similarTexts } from './similarTexts';
import { type WantedTexts, wantedTexts } from './wantedTexts';

/** A trace, as far as a query can ask something of its steps. */
export interface SearchedTrace
  extends Pick<TraceSummaryDocument, 'correlationId' | 'userId' | 'sessionId' | 'entityId' | 'organizationId'> {
  /** ISO 8601; rows count their times from here. */
  start: string | null;
  rows: readonly TimelineRow[];
  /** What free text is looked for in, the first ones of a step being its names. */
  texts(row: number): readonly string[];
}

export interface FoundSteps {
  /** Indices of the rows that fit, in row order. */
  hits: Uint32Array;
  /** They, and the rows that they hang below. */
  kept: Uint32Array;
  /** No step holds the text as it is written: these are like it. */
  similar: boolean;
  /** How many texts nobody compared with it, since there are too many. */
  left: number;
  /** What is to be shown where it is in a step. */
  wanted: WantedTexts;
  /** What is wrong with the query; nothing was looked for then. */
  problem: string | null;
}

/** The steps of a trace that fit a query; those that are similar where it is free text that no step holds. */
export function findSteps(text: string, trace: SearchedTrace): FoundSteps {
  const query = queryOf(text);
  if (typeof query === 'string') return found([], trace, { problem: query });
  const pattern = patterns();
  const hits: number[] = [];
  for (const [index, row] of trace.rows.entries()) {
    const holds = (wanted: string) => trace.texts(index).some(value => pattern(wanted).test(value));
    if (matches(query, new StepSummary(row, trace), holds)) hits.push(index);
  }
  const wanted = wantedTexts(query);
  const free = hits.length === 0 ? freeTextOf(query) : null;
  if (free === null) return found(hits, trace, { wanted });
  const { rows, left } = similarTexts(free, trace.rows.length, trace.texts);
  return found(rows, trace, { similar: rows.length > 0, left, wanted });
}

/** The query, or what is wrong with it. */
function queryOf(text: string): Query | string {
  try {
    const query = parseQuery(text);
    return asksForSteps(query) ? '"steps" counts the steps of a trace: it cannot be asked of one step.' : query;
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
}

function asksForSteps(query: Query): boolean {
  if (query.kind === 'compare') return query.field === 'steps';
  if (query.kind === 'not') return asksForSteps(query.term);
  return 'terms' in query && query.terms.some(asksForSteps);
}

/** A literal text, whatever the case; made once per text. */
function patterns(): (text: string) => RegExp {
  const made = new Map<string, RegExp>();
  return text => {
    const pattern = made.get(text) ?? new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
    made.set(text, pattern);
    return pattern;
  };
}

/** A step in the terms that queries are written in. A class, since a trace has many steps and few queries ask for times. */
class StepSummary implements TraceSummaryDocument {
  readonly steps = 1;
  private readonly row: TimelineRow;
  private readonly trace: SearchedTrace;

  constructor(row: TimelineRow, trace: SearchedTrace) {
    this.row = row;
    this.trace = trace;
  }

  get start() {
    return timeAt(this.row.startMs, this.trace.start);
  }

  get end() {
    return timeAt(this.row.endMs, this.trace.start);
  }

  get durationMs() {
    return this.row.durationMs;
  }

  get records() {
    return this.row.records;
  }

  get services() {
    return this.row.service === null ? [] : [this.row.service];
  }

  get errors() {
    return this.row.errors;
  }

  get status() {
    return this.row.status;
  }

  get correlationId() {
    return this.trace.correlationId;
  }

  get userId() {
    return this.trace.userId;
  }

  get sessionId() {
    return this.trace.sessionId;
  }

  get entityId() {
    return this.trace.entityId;
  }

  get organizationId() {
    return this.trace.organizationId;
  }
}

function timeAt(ms: number | null, start: string | null): string | null {
  const time = new Date(ms === null || start === null ? Number.NaN : Date.parse(start) + ms);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function found(hits: readonly number[], { rows }: SearchedTrace, rest: Partial<FoundSteps> = {}): FoundSteps {
  return {
    hits: Uint32Array.from(hits),
    kept: Uint32Array.from(withAncestors(hits, rows)),
    similar: false,
    left: 0,
    wanted: { texts: [], services: [] },
    problem: null,
    ...rest,
  };
}

/** The hits, and upwards from each the nearest row with less depth, and so on. */
function withAncestors(hits: readonly number[], rows: readonly TimelineRow[]): number[] {
  const wanted = new Set(hits);
  const kept = new Set<number>();
  /** The rows that the current one hangs below, outermost first. */
  const open: number[] = [];
  for (const [index, { depth }] of rows.entries()) {
    while (open.length > 0 && rows[open.at(-1)!]!.depth >= depth) open.pop();
    open.push(index);
    if (!wanted.has(index)) continue;
    // What hangs below a row that is kept was climbed from before: each row is passed once.
    for (let at = open.length - 1; at >= 0 && !kept.has(open[at]!); at--) kept.add(open[at]!);
  }
  return [...kept].sort((a, b) => a - b);
}
