import type { TraceName, TraceSummaryDocument } from '../../../src/common/protocol/documents';

export function makeTrace(given: Partial<TraceSummaryDocument> & { correlationId: string }): TraceSummaryDocument {
  const { durationMs = 1_000 } = given;
  const begin = Date.UTC(2026, 2, 2, 10, 15);
  const at = (ms: number) => new Date(begin + ms).toISOString();
  return {
    start: durationMs === null ? null : at(120),
    end: durationMs === null ? null : at(120 + durationMs),
    records: 12,
    steps: 4,
    services: ['api', 'worker-1'],
    errors: 0,
    status: 'ok',
    userId: null,
    sessionId: null,
    entityId: null,
    organizationId: null,
    ...given,
    durationMs,
  };
}

/** Each kind of trace, worst first. */
export const fewTraces: TraceSummaryDocument[] = [
  makeTrace({
    correlationId: '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01',
    status: 'failed',
    durationMs: 12_100,
    errors: 2,
    records: 41,
    steps: 7,
    services: ['API', 'Worker1', 'Worker2', 'Worker3'],
    userId: 'u-42',
    sessionId: 's-9',
    entityId: 'order-77120',
    organizationId: 'acme',
  }),
  makeTrace({ correlationId: 'req-000318', status: 'failed', durationMs: 340, errors: 1, userId: 'u-7' }),
  makeTrace({
    correlationId: '0af7651916cd43dd8448eb211c80319c',
    status: 'recovered',
    durationMs: 4_200,
    errors: 1,
    sessionId: 's-10',
  }),
  makeTrace({ correlationId: 'live-run-12', status: 'running', durationMs: 65_000, steps: 212, records: 1_204 }),
  makeTrace({ correlationId: 'untimed-0001', status: 'unknown', durationMs: null, services: [] }),
  makeTrace({ correlationId: 'moment-0001', status: 'unknown', durationMs: 0, records: 1, steps: 1 }),
  makeTrace({
    correlationId: `${'very-long-correlation-id-'.repeat(8)}end`,
    status: 'ok',
    durationMs: 3_600_000 * 30,
    records: 12_345_678,
    steps: 100_000,
    services: Array.from({ length: 30 }, (_, index) => `service-with-a-name-${index}`),
    userId: 'somebody.with.a.long.name@example.test',
    organizationId: 'a-company-of-some-length-gmbh-and-co-kg',
  }),
  makeTrace({ correlationId: 'payment-5512', durationMs: 880, entityId: 'invoice-9' }),
];

const named = (name: string): TraceName => ({ name, unnamed: null });
const unnamed = (reason: TraceName['unnamed']): TraceName => ({ name: null, unnamed: reason });

const namesOfFew: readonly TraceName[] = [
  named('POST /api/orders received'),
  named('Publishing Tool: search message'),
  unnamed('costly'),
  named('Agent run started'),
  unnamed('silent'),
  named('ping'),
  named('GET /api/customers/41512/orders?from=2026-03-01&to=2026-03-31&sort=price HTTP/1.…'),
  named('Payment requested'),
];

/** What each trace is called. */
export function nameOf(id: string): TraceName {
  const place = fewTraces.findIndex(({ correlationId }) => correlationId === id);
  if (place >= 0) return namesOfFew[place] ?? unnamed('gone');
  const number = Number(/^request-(\d+)$/.exec(id)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) return named(hostileText);
  return named(`${number % 3 === 0 ? 'POST' : 'GET'} /api/orders/${number}`);
}

const statuses = ['failed', 'recovered', 'unknown', 'ok', 'ok', 'ok'] as const;

export const manyTraces = (count: number): TraceSummaryDocument[] =>
  Array.from({ length: count }, (_, index) =>
    makeTrace({
      correlationId: `request-${String(index).padStart(6, '0')}`,
      status: statuses[Math.floor((index / count) * statuses.length)]!,
      durationMs: count - index,
      userId: `u-${index % 97}`,
    }),
  );

export const hostileText =
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"\'`$1\u202egnp.exe\u001b[31m\u0000\u200b&amp;[x](command:y)\r\n';

export const hostileTraces = (): TraceSummaryDocument[] =>
  fewTraces.map((trace, index) => ({
    ...trace,
    correlationId: `${index}${hostileText}`,
    services: [hostileText, hostileText],
    userId: hostileText,
    sessionId: hostileText,
    entityId: hostileText,
    organizationId: hostileText,
  }));
