import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { after, showcaseRows } from './sampleTraces';
import { makeRow, makeTrace, note, type PageTrace } from './traces';

/** Rounds of a planner, three tools side by side, and their join. */
export function large(steps: number): PageTrace {
  const rows: TimelineRow[] = [];
  const kinds = ['llm', 'tool', 'tool', 'tool', 'context'] as const;
  for (let index = 0; index < steps; index++) {
    const place = index % 5;
    const round = Math.floor(index / 5);
    const branch = place >= 1 && place <= 3;
    const startMs = round * 1000 + (place === 0 ? 0 : branch ? 420 : 820);
    const previous = branch
      ? after([index - place, `k${index - place}`])
      : place === 4
        ? after([index - 3, `k${index - 3}`], [index - 2, `k${index - 2}`], [index - 1, `k${index - 1}`, 'inferred'])
        : index > 0
          ? after([index - 1, `k${index - 1}`])
          : [];
    rows.push(
      makeRow({
        key: `k${index}`,
        number: branch ? `${round * 3 + 2}${'abc'[place - 1]}` : String(round * 3 + (place === 0 ? 1 : 3)),
        label: ['Plan the next action', 'Tool: search', 'Tool: fetch', 'Tool: calculate', 'Context Management'][place]!,
        kind: kinds[place]!,
        service: ['Planner', 'Worker1', 'Worker2', 'Worker3', 'API'][place]!,
        depth: branch ? 1 : 0,
        startMs,
        endMs: startMs + (place === 0 ? 400 : branch ? 100 + place * 80 : 150),
        waitMs: index === 0 ? null : 20,
        previous,
        status: index % 997 === 996 ? 'failed' : 'ok',
        line: 2 * index + 1,
        path: [{ kind: 'run', startMs, endMs: startMs + 100 }],
      }),
    );
  }
  return makeTrace(rows, { correlationId: 'agent-run-000042' });
}

/** The trace before its first steps were known. */
export function withoutFirst({ header, rows }: PageTrace, count: number): PageTrace {
  const later = rows.slice(count).map(row => ({
    ...row,
    previous: row.previous.map(({ row, ...link }) => ({
      ...link,
      row: row === null || row < count ? null : row - count,
    })),
  }));
  return makeTrace(later, { correlationId: header.correlationId });
}

export const hostileText =
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"\'`$1\u202egnp.exe\u001b[31m\u0000\u200b&amp;[x](command:y)\r\n';

export function hostile(): PageTrace {
  const rows = showcaseRows().map((row, index) => ({
    ...row,
    key: `${row.key}${hostileText}`,
    label: `${index}${hostileText}`,
    number: `${row.number}<b>`,
    service: `${row.service}${hostileText}`,
    host: hostileText,
    source: `/tmp/${hostileText}`,
    previous: row.previous.map(previous => ({ ...previous, key: `${previous.key}${hostileText}` })),
  }));
  const trace = makeTrace(
    rows,
    {
      correlationId: hostileText,
      status: 'failed',
      failedStep: rows[4]!.key,
      userId: hostileText,
      sessionId: hostileText,
      entityId: hostileText,
      organizationId: hostileText,
      bottleneck: { key: rows[1]!.key, durationMs: 1, share: 1, dragMs: 1, thenKey: null, sentence: hostileText },
      notes: [note({ kind: 'countedNot', text: hostileText, steps: [rows[0]!.key] })],
    },
    hostileText,
  );
  return {
    ...trace,
    step: row => ({
      ...trace.step(row),
      input: hostileText + 'x'.repeat(1_000_000),
      attributes: { [hostileText]: hostileText, ['__proto__']: hostileText, constructor: 'y' },
      thread: hostileText,
      codeLocation: { file: hostileText, line: 1, function: hostileText },
    }),
  };
}
