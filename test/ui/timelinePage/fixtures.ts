import type { LookupProgress } from '../../../src/common/protocol/logEngine';
import type { TimelineState } from '../../../src/common/protocol/timelineProtocol';
import { agentRun } from './agentTrace';
import { hostile, large, withoutFirst } from './extremeTraces';
import { idleRun } from './idleTraces';
import { branches, evidence, failing, longNames, moved, rounds, showcase, skewed, untimed } from './sampleTraces';
import { makeRow, makeTrace, type PageTrace } from './traces';
import { zoo } from './zoo';

const progress = (trace: PageTrace | null): LookupProgress => ({
  bytesRead: 1_310_000_000,
  bytesTotal: 4_020_000_000,
  sourcesDone: 12,
  sources: 40,
  hits: 318,
  trace: trace && { ...trace.header, complete: false },
});

/** As far as it is known while logs are read: with a step that others name, and a guess that must not be shown. */
function incomplete(): PageTrace {
  const { header, rows } = showcase();
  const absent = makeRow({
    key: 's9',
    number: '5',
    label: 'payment-provider',
    service: null,
    placeholder: true,
    status: 'unknown',
    records: 0,
  });
  const { bottleneck, criticalPathUntil, notes, failedStep } = header;
  return makeTrace([...rows.slice(0, 4), absent], {
    complete: false,
    status: 'failed',
    bottleneck,
    criticalPathUntil,
    notes,
    failedStep,
  });
}

export interface Fixture {
  trace: PageTrace | null;
  state: TimelineState;
}

const followed = (trace: PageTrace): Fixture => ({
  trace,
  state: { kind: 'trace', trace: trace.header, selected: null, progress: null, live: true },
});

/** So far. */
const read = (trace: PageTrace): Fixture => ({
  trace,
  state: { kind: 'loading', title: trace.header.correlationId, progress: progress(trace) },
});

const shown = (trace: PageTrace): Fixture => ({
  trace,
  state: { kind: 'trace', trace: trace.header, selected: null, progress: null },
});

/** A page's states by name: `?show=showcase`. */
export const fixtures: Record<string, () => Fixture> = {
  ...Object.fromEntries(Object.entries(zoo).map(([name, trace]) => [name, () => shown(trace())])),
  showcase: () => shown(showcase()),
  /** Opened by a link to a step that is no longer there. */
  stale: () => {
    const trace = showcase();
    return { trace, state: { kind: 'trace', trace: trace.header, selected: 's77', progress: null } };
  },
  failing: () => shown(failing()),
  evidence: () => shown(evidence()),
  skewed: () => shown(skewed()),
  moved: () => shown(moved()),
  agent: () => shown(agentRun()),
  rounds: () => shown(rounds()),
  /** A loop that has gone round twice so far, and once more. */
  rounds2: () => followed(rounds(2)),
  rounds3: () => followed(rounds(3)),
  longNames: () => shown(longNames()),
  large: () => shown(large(10_000)),
  huge: () => shown(large(100_000)),
  /** The first steps of `large`, while the rest is read; and some more of them. */
  largeGrowing: () => read(large(20)),
  largeGrown: () => read(large(60)),
  /** The same trace before and after its first log was found. */
  late: () => shown(withoutFirst(large(2_000), 40)),
  whole: () => shown(large(2_000)),
  /** Of one log that grows: 10, 11, 12 and 15 s of it. */
  live10: () => followed(large(50)),
  live11: () => followed(large(55)),
  live12: () => followed(large(60)),
  live15: () => followed(large(75)),
  branches: () => followed(branches()),
  hostile: () => shown(hostile()),
  idle: () => shown(idleRun()),
  untimed: () => shown(untimed()),
  empty: () => shown(makeTrace([], { status: 'unknown', userId: null, sessionId: null, organizationId: null })),
  loading: () => ({
    trace: null,
    state: { kind: 'loading', title: '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01', progress: progress(null) },
  }),
  growing: () => read(incomplete()),
  cancelled: () => {
    const trace = incomplete();
    return {
      trace,
      state: { kind: 'trace', trace: trace.header, selected: null, progress: null, cancelled: true },
    };
  },
  choices: () => ({ trace: null, state: { kind: 'choices', title: 'u-42', role: 'userId', count: 12 } }),
  stopped: () => ({
    trace: null,
    state: { kind: 'failed', title: '7c2d9f7b', message: 'Nothing was found before that.', cancelled: true },
  }),
  notFound: () => ({
    trace: null,
    state: {
      kind: 'notFound',
      title: '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c02',
      searched: '40 sources, 4.0 GB, 21,480,113 lines, in 2.3 s.',
      hints: [
        'Add the folder that holds the logs: Throughline: Add Log Files…',
        'Check the ID: it was searched in upper and lower case, with and without dashes.',
      ],
    },
  }),
  failed: () => ({
    trace: null,
    state: {
      kind: 'failed',
      title: '7c2d9f7b',
      message: '/var/log/app/worker1.log cannot be read: permission denied. Run VS Code as a user who may read it.',
    },
  }),
};
