import type { NoteDocument, StepDocument } from '../../../src/common/protocol/documents';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import { plumbingRows } from '../../../src/common/timeline/agentLens';
import { drawnSigns } from '../../../src/common/timeline/drawnSigns';
import { idleTime, isFrame } from '../../../src/common/timeline/idleTime';
import { overviewOf, type TimelineOverview } from '../../../src/common/timeline/overview';
import { rowTree } from '../../../src/common/timeline/rowTree';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { timeMap } from '../../../src/common/timeline/timeMap';

/** A made-up trace as the page gets to know it: header, rows, and every step on request. */
export interface PageTrace {
  header: TraceHeader;
  rows: TimelineRow[];
  step(row: TimelineRow): StepDocument;
}

const origin = Date.UTC(2026, 7, 20, 9, 14, 2, 120);
const iso = (ms: number | null) => (ms === null ? null : new Date(origin + ms).toISOString());

export function makeRow(given: Partial<TimelineRow> & Pick<TimelineRow, 'key' | 'number' | 'label'>): TimelineRow {
  const { startMs = null, endMs = null } = given;
  return {
    kind: 'work',
    service: 'API',
    host: null,
    depth: 0,
    startMs,
    endMs,
    durationMs: startMs === null || endMs === null ? null : endMs - startMs,
    durationKind: startMs === null || endMs === null ? 'unknown' : 'observed',
    bound: startMs === null || endMs === null ? null : 'exact',
    entryMs: startMs,
    waitMs: null,
    sincePreviousMs: null,
    clockOffsetMs: null,
    status: 'ok',
    attempts: 1,
    loop: null,
    records: 2,
    errors: 0,
    shownRecord: 0,
    source: '/var/log/app/api.log',
    line: 1,
    previous: [],
    path: [],
    external: null,
    placeholder: false,
    tokens: null,
    cost: null,
    used: { tokens: given.tokens ?? null, cost: given.cost ?? null },
    marks: startMs === null ? [] : [startMs, endMs ?? startMs],
    errorMarks: given.status === 'failed' && endMs !== null ? [endMs] : [],
    parent: null,
    below: 0,
    sibling: 1,
    siblings: 1,
    fold: null,
    ...given,
  };
}

/** Rows, each with its place among the others. */
export function inTree(rows: readonly TimelineRow[]): TimelineRow[] {
  const { parent, end, sibling, siblings } = rowTree(rows.map(({ depth }) => depth));
  return rows.map((row, index) => ({
    ...row,
    parent: parent[index] === -1 ? null : parent[index]!,
    below: end[index]! - index - 1,
    sibling: sibling[index]!,
    siblings: siblings[index]!,
  }));
}

export function makeTrace(rows: TimelineRow[], header: Partial<TraceHeader> = {}, text = 'Step started'): PageTrace {
  const times = rows.flatMap(({ endMs, startMs }) => endMs ?? startMs ?? []);
  const durationMs = times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
  return {
    header: {
      traceId: 'trace-1',
      revision: 1,
      complete: true,
      correlationId: '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01',
      spellings: ['7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01'],
      start: iso(durationMs === null ? null : 0),
      end: iso(durationMs),
      durationMs,
      status: 'ok',
      failedStep: null,
      failurePath: [],
      userId: 'u-42',
      sessionId: 's-9',
      entityId: null,
      organizationId: 'acme',
      services: [...new Set(rows.flatMap(({ service }) => service ?? []))],
      steps: rows.length,
      external: rows.filter(({ external }) => external).length,
      plumbing: plumbingRows(rows),
      levels: rows.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
      records: rows.reduce((sum, { records }) => sum + records, 0),
      criticalPathUntil: null,
      zoneMinutes: null,
      bottleneck: null,
      concurrency: null,
      tokens: null,
      cost: null,
      models: [],
      usageRepeats: 0,
      clockOffsets: [],
      offsetsApplied: [],
      notes: [],
      mentions: 0,
      ...header,
    },
    rows: inTree(rows),
    step: row => makeStep(row, text),
  };
}

/** What the engine makes of a real trace. */
export function rowsOverview({ rows, header }: PageTrace, columns: number, compress: boolean): TimelineOverview {
  const durationMs = header.durationMs ?? 0;
  const spans = rows.flatMap(({ startMs, endMs, status }, row) => {
    const start = startMs ?? endMs;
    if (start === null) return [];
    const end = status === 'running' ? durationMs : (endMs ?? start);
    return { row, startMs: start, endMs: end, errorsMs: status === 'failed' ? [end] : [] };
  });
  const enclosing = new Set(
    rows.flatMap(({ previous }) => previous.flatMap(({ key, meaning }) => (meaning === 'encloses' ? key : []))),
  );
  const activity = rows.flatMap(({ key, startMs, endMs, durationKind, status }) => {
    const moments = [startMs, endMs].flatMap(at => (at === null ? [] : { fromMs: at, toMs: at }));
    if (startMs === null || endMs === null || durationKind === 'inferred') return moments;
    const work = { fromMs: startMs, toMs: status === 'running' ? durationMs : endMs };
    return isFrame(work, enclosing.has(key), durationMs) ? moments : work;
  });
  const idle = idleTime(activity, durationMs);
  const map = timeMap(durationMs, compress ? idle.gaps : []);
  return {
    ...overviewOf({ spans, path: rows.flatMap(({ path }) => path), map }, columns),
    idle,
    compressed: compress,
    signs: drawnSigns(rows),
  };
}

function makeStep(row: TimelineRow, text: string): StepDocument {
  const at = (index: number) =>
    row.startMs === null ? null : iso(row.startMs + ((row.durationMs ?? 0) * index) / Math.max(1, row.records - 1));
  return {
    key: row.key,
    stepId: row.key,
    stepType: row.label,
    kind: row.kind,
    service: row.service,
    host: row.host,
    thread: 'worker-3',
    messageId: `msg-${row.key}`,
    previousSteps: row.previous.map(({ key, meaning, evidence }) => ({ key, stepId: key, meaning, evidence })),
    start: iso(row.startMs),
    end: iso(row.endMs),
    durationMs: row.durationMs,
    durationKind: row.durationKind,
    bound: row.bound,
    waitMs: row.waitMs,
    sincePreviousMs: row.sincePreviousMs,
    selfMs: row.durationMs,
    dragMs: row.path.length > 0 ? row.durationMs : null,
    status: row.status,
    attempts: Array.from({ length: row.attempts }, (_, index) => ({
      service: row.service,
      host: row.host,
      thread: null,
      start: iso(row.startMs),
      end: iso(row.endMs),
      status: index < row.attempts - 1 ? 'failed' : row.status,
      sides: row.kind === 'llm' ? [{ ...called, start: iso(row.startMs), end: iso(row.endMs), status: 'ok' }] : [],
      releasing: index === row.attempts - 1,
    })),
    depth: row.depth,
    input: row.kind === 'llm' ? '{\n  "prompt": "Which of my orders are late?",\n  "temperature": 0.2\n}' : null,
    attributes: row.kind === 'llm' ? { model: 'claude-sonnet', 'queue.name': 'llm-requests' } : {},
    tokens: row.kind === 'llm' ? 1841 : null,
    cost: row.cost,
    codeLocation: row.status === 'failed' ? { file: 'src/tools/fetch.js', line: 88, function: 'fetchPage' } : null,
    clockOffsetMs: row.clockOffsetMs,
    external: row.external,
    records: Array.from({ length: row.records }, (_, index) => ({
      source: row.source ?? '/var/log/app/api.log',
      line: (row.line ?? 1) + index,
      byteOffset: 0,
      timestamp: at(index),
      severity: row.status === 'failed' && index === row.records - 1 ? 'ERROR' : 'INFO',
      message:
        row.status === 'failed' && index === row.records - 1
          ? 'Fetch failed: connect ETIMEDOUT 10.0.3.7:443\n    at Socket.connect (net.js:1141:16)\n    at fetchPage (tools/fetch.js:88:9)'
          : `${text} ${index + 1} of ${row.label}`,
      stack: null,
    })),
    ...(row.status === 'failed' ? { nearby: [nearbyRecord], nearbyLimits: [nearbyLimit] } : {}),
  };
}

export const note = (given: Partial<NoteDocument> & Pick<NoteDocument, 'kind' | 'text'>): NoteDocument => ({
  count: 1,
  steps: [],
  records: [],
  ...given,
});

const nearbyLimit = 'Not all of /var/log/app/worker.log was looked at: 256 KiB behind its last line.';

/** Who logs the other side of a call. */
const called = { service: 'Gateway', host: 'gateway-1', thread: null };

/** A line without an ID, which the worker of a failing step wrote. */
const nearbyRecord = {
  source: '/var/log/app/worker.log',
  line: 512,
  byteOffset: 40_960,
  timestamp: iso(9_000),
  severity: 'error',
  message: 'Timeout occurred',
  stack: 'TimeoutError: no answer\n    at wait (src/tools/wait.js:7:3)',
};
