import { heading, stepDocument } from '../../../src/common/export/traceDocument';
import { timelineRows } from '../../../src/common/timeline/timelineRows';
import { type Line, pair, traceOf } from '../../unit/trace/traceOf';
import { makeTrace, type PageTrace } from './traces';

/** What the engine makes of these records: nothing of it is made up for the page. */
function assembled(lines: readonly Line[]): PageTrace {
  const trace = traceOf(lines);
  const rows = timelineRows(trace);
  const steps = new Map(trace.steps.map(step => [step.key, step]));
  const { criticalPath } = trace;
  const { header } = makeTrace(rows, {
    ...heading(trace),
    records: trace.records.length,
    criticalPathUntil: criticalPath && { key: criticalPath.until, reason: criticalPath.untilReason },
  });
  return { header, rows, step: ({ key }) => stepDocument(steps.get(key)!, trace) };
}

const named = (stepType: string, service: string, rest: Line = {}): Line => ({ stepType, service, ...rest });
const hour = 3_600_000;

const series = (count: number): Line[] =>
  Array.from({ length: count }, (_, n) =>
    pair(`s${n}`, n * 40, n * 40 + 30, named('Turn', `Worker${n % 3}`, n === 0 ? {} : { previous: [`s${n - 1}`] })),
  ).flat();

const fanOut = (count: number): Line[] => [
  ...pair('plan', 0, 50, named('Plan', 'API')),
  ...Array.from({ length: count }, (_, n) =>
    pair(`t${n}`, 60 + (n % 100), 400 + (n % 700), named(`Tool ${n}`, `Worker${n % 40}`, { previous: ['plan'] })),
  ).flat(),
];

/** Each contains the next, on another service. */
const nested = (depth: number): Line[] =>
  Array.from({ length: depth }, (_, n) => {
    const rest = named(`Level ${n}`, `Service${n % 12}`, {
      previous: n === 0 ? [] : [`n${n - 1}`],
      meaning: 'encloses',
    });
    return pair(`n${n}`, n * 10, 20_000 - n * 10, rest);
  }).flat();

/** A worker whose clock is behind: it seems to begin before it is asked, and again. */
const behind: Line[] = [1, 2, 3].flatMap(round => [
  ...pair(
    `ask${round}`,
    round * 1000,
    round * 1000 + 20,
    named('Ask', 'API', { host: 'api-1', previous: round > 1 ? [`do${round - 1}`] : [] }),
  ),
  ...pair(
    `do${round}`,
    round * 1000 - 5_000,
    round * 1000 - 4_600,
    named('Do', 'Worker1', { host: 'worker-1', previous: [`ask${round}`] }),
  ),
]);

const long = 'ContextManagementOfTheSecondaryReplicationCoordinator'.repeat(4);

/** Traces that logs have and nobody thinks of, by name. */
export const zoo: Record<string, () => PageTrace> = {
  oneRecord: () => assembled([{ at: 0, message: 'accepted the order' }]),
  oneRecordUntimed: () => assembled([{ at: null, message: 'accepted the order' }]),
  noTimes: () =>
    assembled(
      ['a', 'b', 'c', 'd'].flatMap((id, n) =>
        pair(id, 0, 0, { at: null, ...named('Turn', `Worker${n % 2}`), previous: n === 0 ? [] : ['abcd'[n - 1]!] }),
      ),
    ),
  equalTimes: () =>
    assembled(
      ['a', 'b', 'c', 'd', 'e'].flatMap((id, n) =>
        pair(id, 0, 0, named('Turn', `Worker${n}`, { previous: n === 0 ? [] : ['a'] })),
      ),
    ),
  zeroDurations: () =>
    assembled(
      ['a', 'b', 'c'].flatMap((id, n) =>
        pair(id, n * 500, n * 500, named('Turn', 'API', { previous: n === 0 ? [] : ['abc'[n - 1]!] })),
      ),
    ),
  cycle: () =>
    assembled(
      ['a', 'b', 'c'].flatMap((id, n) =>
        pair(id, n * 100, n * 100 + 80, named(`Turn ${id}`, 'API', { previous: ['abc'[(n + 2) % 3]!] })),
      ),
    ),
  selfCycle: () => assembled(pair('a', 0, 80, named('Turn', 'API', { previous: ['a'] }))),
  series3000: () => assembled(series(3_000)),
  fanOut20000: () => assembled(fanOut(20_000)),
  gap: () =>
    assembled([
      ...pair('a', 0, 40, named('Order', 'API')),
      ...pair('b', 8 * hour, 8 * hour + 60, named('Delivery', 'Batch', { previous: ['a'] })),
      ...pair('c', 8 * hour + 70, 8 * hour + 90, named('Bill', 'API', { previous: ['b'] })),
    ]),
  clockBehind: () => assembled(behind),
  nested: () => assembled(nested(300)),
  nanoseconds: () =>
    assembled([
      ...pair('a', 0, 0.0004, named('Tick', 'API', { digits: 9 })),
      ...pair('b', 0.0005, 0.0009, named('Tock', 'API', { digits: 9, previous: ['a'] })),
    ]),
  longNames: () =>
    assembled([
      ...pair(
        long.slice(0, 200),
        0,
        900,
        named(long, long, { userId: long, sessionId: long, entityId: long, organizationId: long }),
      ),
      ...pair(
        'b',
        1_000,
        1_500,
        named(long, `${long}2`, { previous: [long.slice(0, 200)], severity: 'error', message: long }),
      ),
    ]),
  orphans: () =>
    assembled([
      ...pair('b', 100, 200, named('Turn', 'API', { previous: ['gone'] })),
      ...pair('c', 300, 400, named('Turn', 'API', { previous: ['gone', 'gone too'] })),
    ]),
};
