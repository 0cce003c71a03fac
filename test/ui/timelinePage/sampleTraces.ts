import type { LinkEvidence } from '../../../src/common/model/trace';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { makeRow, makeTrace, note, type PageTrace } from './traces';

export const after = (...links: [row: number, key: string, evidence?: LinkEvidence][]): TimelineRow['previous'] =>
  links.map(([row, key, evidence = 'stated']) => ({ key, row, meaning: 'follows', evidence }));

/** The drawing of design §8. */
export function showcaseRows(): TimelineRow[] {
  const run = (startMs: number, endMs: number, waitMs: number | null) => ({
    startMs,
    endMs,
    waitMs,
    sincePreviousMs: waitMs,
  });
  const path = (waitFrom: number | null, startMs: number, endMs: number): TimelineRow['path'] => [
    ...(waitFrom === null ? [] : [{ kind: 'wait' as const, startMs: waitFrom, endMs: startMs }]),
    { kind: 'run', startMs, endMs },
  ];
  return [
    makeRow({
      key: 's1',
      number: '1',
      label: 'Context Management',
      kind: 'context',
      ...run(0, 120, null),
      line: 3,
      path: path(null, 0, 120),
    }),
    makeRow({
      key: 's2',
      number: '2',
      label: 'LLM Inference',
      kind: 'llm',
      service: 'Worker1',
      host: 'worker-1-7f9c',
      ...run(360, 8760, 240),
      previous: after([0, 's1']),
      path: path(120, 360, 8760),
      records: 9,
      shownRecord: 2,
      line: 41,
      source: '/var/log/app/worker1.log',
    }),
    makeRow({
      key: 's3',
      number: '3',
      label: 'Context Management',
      kind: 'context',
      service: 'Worker1',
      ...run(8800, 9770, 40),
      previous: after([1, 's2']),
      path: path(8760, 8800, 9770),
      records: 4,
    }),
    makeRow({
      key: 's4a',
      number: '4a',
      label: 'Tool: search',
      kind: 'tool',
      service: 'Worker2',
      depth: 1,
      ...run(9810, 11_910, 40),
      previous: after([2, 's3']),
      path: path(9770, 9810, 11_910),
      records: 6,
    }),
    makeRow({
      key: 's4b',
      number: '4b',
      label: 'Tool: fetch',
      kind: 'tool',
      service: 'Worker3',
      depth: 1,
      ...run(10_350, 10_950, 80),
      entryMs: 9850,
      previous: after([2, 's3', 'joined']),
      status: 'failed',
      errors: 1,
      attempts: 2,
      durationKind: 'stated',
      records: 5,
      shownRecord: 3,
    }),
    makeRow({
      key: 's5',
      number: '5',
      label: 'Context Management',
      kind: 'context',
      ...run(11_930, 12_010, 20),
      previous: after([3, 's4a'], [4, 's4b', 'inferred']),
      path: path(11_910, 11_930, 12_010),
      records: 3,
    }),
    makeRow({
      key: 's6',
      number: '6',
      label: 'Result',
      ...run(12_010, 12_100, null),
      previous: after([5, 's5']),
      path: path(null, 12_010, 12_100),
      bound: 'atLeast',
    }),
  ];
}

export const showcase = (): PageTrace =>
  makeTrace(showcaseRows(), {
    status: 'recovered',
    failedStep: 's4b',
    concurrency: { peak: 2, average: 1.05 },
    tokens: 1841,
    cost: 0.0123,
    models: [{ model: 'claude-sonnet', calls: 1, tokens: 1841, cost: 0.0123 }],
    usageRepeats: 1,
    criticalPathUntil: { key: 's6', reason: 'back at API, where the request began' },
    bottleneck: {
      key: 's2',
      durationMs: 8400,
      share: 0.69,
      dragMs: 8400,
      thenKey: 's4a',
      sentence:
        'LLM Inference (step 2) takes 8.40 s of 12.10 s (69 %): without it the run would end 8.40 s earlier. Next on the path: Tool: search (step 4a), 2.10 s.',
    },
    notes: [
      note({
        kind: 'duplicate',
        count: 2,
        text: 'Step 4b was delivered twice; the second delivery counts.',
        steps: ['s4b'],
        records: [12, 19].map(line => ({ source: '/var/log/app/worker3.log', line })),
      }),
      note({
        kind: 'zoneAssumed',
        count: 10,
        text: "10 records name no time zone; they were read in Europe/Berlin (this machine's zone). If that is wrong, set the zone on the page How Are My Logs Read?, or by --timezone.",
        records: ['api.log', 'worker2.log'].map(name => ({ source: `/var/log/app/${name}`, line: 1 })),
      }),
    ],
  });

export function failing(): PageTrace {
  const rows = showcaseRows().slice(0, 5);
  return makeTrace(rows, {
    status: 'failed',
    failedStep: 's4b',
    entityId: 'order-2026-000481',
    notes: [
      note({
        kind: 'neverConsumed',
        text: 'The message of step 3 to queue "results" was published and never consumed.',
      }),
    ],
  });
}

/** One row for each way in which a time may be known, and each kind of link. */
/** Of what hangs below the first step, one failed and one still runs. */
export const branches = (): PageTrace =>
  makeTrace(
    [
      makeRow({ key: 'a', number: '1', label: 'Plan', startMs: 0, endMs: 300 }),
      makeRow({ key: 'b', number: '2a', label: 'Fetch', depth: 1, startMs: 400, endMs: 1_000, status: 'failed' }),
      makeRow({ key: 'c', number: '2b', label: 'Notify', depth: 1, startMs: 600, endMs: 600, status: 'running' }),
      makeRow({ key: 'd', number: '3', label: 'Result', startMs: 3_000, endMs: 4_000 }),
    ],
    { status: 'running' },
  );

export const evidence = (): PageTrace =>
  makeTrace(
    [
      makeRow({
        key: 'a',
        number: '1',
        label: 'Agent run',
        kind: 'agent',
        startMs: 0,
        endMs: 6200,
        status: 'running',
        bound: 'atLeast',
      }),
      makeRow({
        key: 'b',
        number: '2',
        label: 'Plan',
        kind: 'llm',
        service: 'Planner',
        depth: 1,
        startMs: 300,
        endMs: 2300,
        durationKind: 'stated',
        previous: [{ key: 'a', row: 0, meaning: 'encloses', evidence: 'stated' }],
      }),
      makeRow({
        key: 'c',
        number: '3',
        label: 'Vector lookup',
        kind: 'retrieval',
        service: 'Store',
        depth: 1,
        startMs: 2600,
        endMs: 4000,
        durationKind: 'inferred',
        bound: 'atMost',
        waitMs: 300,
        previous: after([1, 'b', 'joined']),
      }),
      makeRow({
        key: 'd',
        number: '4',
        label: 'Cache miss',
        kind: 'plumbing',
        service: 'Store',
        depth: 1,
        startMs: 4200,
        endMs: 4200,
        durationMs: 0,
        durationKind: 'instant',
        bound: 'atLeast',
        previous: after([2, 'c', 'inferred']),
      }),
      makeRow({
        key: 'e',
        number: '5',
        label: 'payment-provider',
        service: null,
        depth: 1,
        placeholder: true,
        status: 'unknown',
        records: 0,
      }),
      makeRow({
        key: '~>api.example.org#e',
        number: '5.1',
        label: 'api.example.org (3 calls)',
        service: null,
        depth: 2,
        startMs: 4300,
        endMs: 4900,
        durationMs: 550,
        durationKind: 'inferred',
        bound: 'atMost',
        external: { calls: 3, means: 'call' },
        status: 'unknown',
        attempts: 0,
        records: 0,
        previous: [{ key: 'e', row: 4, meaning: 'encloses', evidence: 'stated' }],
      }),
      makeRow({
        key: 'f',
        number: '6',
        label: 'Charge card',
        kind: 'tool',
        service: 'Billing',
        depth: 1,
        startMs: 5000,
        endMs: null,
        durationMs: null,
        durationKind: 'unknown',
        bound: null,
        status: 'unknown',
        previous: [{ key: 'e', row: 4, meaning: 'follows', evidence: 'stated' }],
      }),
      makeRow({
        key: 'g',
        number: '7',
        label: 'Write audit',
        kind: 'observability',
        service: 'Audit',
        depth: 1,
        startMs: 6500,
        endMs: 7000,
        durationKind: 'observed',
        bound: 'atLeast',
        entryMs: 5200,
        waitMs: 1000,
        attempts: 3,
        previous: after([3, 'd', 'inferred']),
        path: [
          { kind: 'wait', startMs: 4200, endMs: 5200 },
          { kind: 'elapsed', startMs: 5200, endMs: 6500 },
          { kind: 'run', startMs: 6500, endMs: 7000 },
        ],
      }),
      makeRow({
        key: 'h',
        number: '8',
        label: 'Answer',
        kind: 'llm',
        service: 'Planner',
        depth: 1,
        startMs: 7600,
        endMs: 9000,
        previous: after([7, 'g'], [3, 'd', 'joined']),
        path: [
          { kind: 'idle', startMs: 7000, endMs: 7600 },
          { kind: 'run', startMs: 7600, endMs: 9000 },
        ],
      }),
    ],
    { status: 'running' },
  );

export const untimed = (): PageTrace =>
  makeTrace(
    [
      'API request received',
      'Publishing execution message',
      'LLM step started',
      'Tool execution completed',
      'Agent execution finished',
    ].map((label, index) =>
      makeRow({
        key: `~${index}`,
        number: String(index + 1),
        label,
        kind: (['work', 'plumbing', 'llm', 'tool', 'agent'] as const)[index]!,
        service: ['API', 'API', 'Worker1', 'Worker2', 'Worker2'][index]!,
        status: 'unknown',
        records: 1,
        previous: index === 0 ? [] : after([index - 1, `~${index - 1}`, 'inferred']),
      }),
    ),
    {
      status: 'unknown',
      notes: [note({ kind: 'untimed', count: 5, text: '5 log lines have no time; they are shown in file order.' })],
    },
  );

/** A worker whose clock is 500 ms behind, as logged. */
export function skewed(): PageTrace {
  const rows = showcaseRows().map(row =>
    row.service === 'Worker2' ? { ...row, startMs: 9260, endMs: 11_360, entryMs: 9260, waitMs: null } : row,
  );
  return makeTrace(rows, {
    clockOffsets: [{ host: 'worker-2', reference: 'api-1', minMs: -560, maxMs: -440, suggestedMs: -500 }],
    notes: [
      note({
        kind: 'clockOffset',
        text: "worker-2's clock seems to be 440 ms to 560 ms behind api-1's: 1 step is stamped before what caused it. Times are shown as logged.",
        steps: ['s4a'],
      }),
    ],
  });
}

/** The same with the suggested offset taken off. */
export function moved(): PageTrace {
  const rows = showcaseRows().map(row => (row.service === 'Worker2' ? { ...row, clockOffsetMs: -500 } : row));
  return makeTrace(rows, {
    revision: 2,
    offsetsApplied: [{ host: 'worker-2', offsetMs: -500 }],
    notes: [
      note({
        kind: 'clockOffset',
        count: 6,
        text: 'The times of 6 records of worker-2 were moved 500 ms later, as asked. The records keep their own.',
      }),
    ],
  });
}

/** An agent that goes round up to three times, its second round with a tool that has pages. */
export function rounds(count = 3): PageTrace {
  const rows: TimelineRow[] = [];
  for (const [at, start] of [0, 3000, 8000].slice(0, count).entries()) {
    const number = 2 * at + 1;
    const llm = makeRow({
      key: `llm${at}`,
      number: String(number),
      label: 'LLM Inference',
      kind: 'llm',
      service: 'Planner',
      startMs: start,
      endMs: start + 2000,
      loop: {
        round: at + 1,
        of: count,
        text: at === 0 ? `×${count}: LLM Inference → tool, 10.20 s in all, 2.90 s to 4.40 s each` : null,
      },
      previous: at === 0 ? [] : after([rows.length - 1, `tool${at - 1}`]),
    });
    rows.push(llm);
    rows.push(
      makeRow({
        key: `tool${at}`,
        number: String(number + 1),
        label: at === 1 ? 'Tool: search the whole of the archive for orders' : 'Tool: fetch',
        kind: 'tool',
        service: 'Tools',
        startMs: start + 2000,
        endMs: start + 2900 + at * 700,
        attempts: at + 1,
        clockOffsetMs: at === 1 ? -20 : null,
        previous: after([rows.length - 1, llm.key]),
      }),
    );
  }
  return makeTrace(rows);
}

/** Names of forty letters, of which a wide window has all. */
export function longNames(): PageTrace {
  const [first, second] = showcaseRows();
  const names = { label: 'Tool: search the archive of all contracts', service: 'CustomerDirectoryService' };
  return makeTrace([first!, { ...second!, ...names }]);
}
