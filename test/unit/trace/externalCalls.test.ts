import assert from 'node:assert/strict';
import { markdown } from '../../../src/common/export/markdown';
import { stepList } from '../../../src/common/export/stepList';
import { summarise, traceDocument } from '../../../src/common/export/traceDocument';
import { traceTree } from '../../../src/common/export/traceTree';
import { nothingCounted } from '../../../src/common/protocol/completeness';
import { timelineRows } from '../../../src/common/timeline/timelineRows';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId, type Line, pair, path, recordsOf, traceOf } from './traceOf';

const span = (stepId: string, from: number, to: number, attributes: Record<string, string>, rest: Line = {}): Line => ({
  stepId,
  at: from,
  duration: to - from,
  timeIs: 'start',
  meaning: 'encloses',
  attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  ...rest,
});
const root = span('root', 0, 100, {}, { service: 'Shop' });
const client = { 'span.kind': 'client' };
const inside = (id: string): Line => ({ previous: [id] });

const external = (lines: Line[]) =>
  traceOf(lines)
    .steps.filter(step => step.external)
    .map(({ stepType, external: of, start, duration, durationKind, bound, previousSteps, depth }) => ({
      name: stepType,
      ...of,
      at: start === null ? null : start / 1e6,
      ms: duration === null ? null : duration / 1e6,
      known: `${durationKind} ${bound}`,
      from: previousSteps.map(({ key, meaning, evidence }) => `${meaning} ${key} ${evidence}`),
      depth,
    }));
const names = (lines: Line[]) => external(lines).map(({ name }) => name);

const paying = span(
  'pay',
  10,
  60,
  { ...client, 'peer.service': 'payment-provider' },
  { service: 'Shop', ...inside('root') },
);

describe('a service that does not log', () => {
  it('is a made-up step below the client’s span that calls it, at most as long as that', () => {
    assert.deepEqual(external([root, paying]), [
      {
        name: 'payment-provider',
        calls: 1,
        means: 'call',
        at: 10,
        ms: 50,
        known: 'inferred atMost',
        from: ['encloses pay stated'],
        depth: 2,
      },
    ]);
  });

  it('is named by its host, its database or Zipkin’s remote endpoint', () => {
    const call = (attributes: Record<string, string>) => names([root, span('c', 10, 60, attributes, inside('root'))]);
    assert.deepEqual(call({ ...client, 'url.full': 'https://user:x@pay.example.org:8443/v1/charges?id=1' }), [
      'pay.example.org',
    ]);
    assert.deepEqual(call({ 'attributes.db.system': 'postgresql' }), ['postgresql']);
    assert.deepEqual(call({ kind: 'CLIENT', 'remoteEndpoint.serviceName': 'app_db' }), ['app_db']);
    assert.deepEqual(call({ ...client, 'server.address': 'cache-7.internal' }), ['cache-7.internal']);
  });

  it('is not what a server says of itself or of its caller', () => {
    const call = (attributes: Record<string, string>) => names([root, span('c', 10, 60, attributes, inside('root'))]);
    assert.deepEqual(
      call({ 'span.kind': 'server', 'peer.service': 'browser', 'http.url': 'https://shop.example.org/' }),
      [],
    );
    assert.deepEqual(call({ 'http.url': 'https://shop.example.org/' }), [], 'nothing says whose address it is');
    assert.deepEqual(call({ ...client, 'http.url': 'http://localhost:8080/' }), []);
  });

  it('is not invented where the callee logs: by any step inside, by the other side, or under its name', () => {
    const server = span('serve', 15, 50, {}, { service: 'PayGate', ...inside('pay') });
    assert.deepEqual(names([root, paying, server]), []);
    const side = span('pay', 15, 50, { 'span.kind': 'server' }, { service: 'PayGate', ...inside('root') });
    assert.deepEqual(names([root, paying, side]), []);
    for (const service of ['payment-provider', 'PaymentProvider', 'payment-provider-v2'])
      assert.deepEqual(names([root, paying, span('later', 70, 80, {}, { service, ...inside('root') })]), [], service);
    const byHost = span(
      'c',
      10,
      60,
      { ...client, 'server.address': 'stock-service.prod.svc.cluster.local' },
      inside('root'),
    );
    assert.deepEqual(names([root, byHost, span('x', 70, 80, {}, { service: 'stock', ...inside('root') })]), []);
  });

  it('is inferred from words, where they name somebody', () => {
    const says = (message: string) =>
      external([...pair('s1', 0, 100), { stepId: 's1', at: 40, message }]).map(({ name, from, at, ms, known }) => [
        name,
        from[0],
        at,
        ms,
        known,
      ]);
    const inferred = (name: string) => [[name, 'encloses s1 inferred', 40, null, 'unknown null']];
    assert.deepEqual(
      says('Calling external API https://models.example.org/v1/generate'),
      inferred('models.example.org'),
    );
    assert.deepEqual(says('calling payment-provider for order 7'), inferred('payment-provider'));
    assert.deepEqual(
      says('HTTP Request: POST https://api.example.org/v1/messages "HTTP/1.1 200 OK"'),
      inferred('api.example.org'),
    );
    assert.deepEqual(says('Sending HTTP request GET https://pay.example.org/charges'), inferred('pay.example.org'));
    for (const message of [
      'Calling external API',
      'Calling the next function',
      'calling store.save(order)',
      'Request starting HTTP/1.1 GET https://shop.example.org/orders',
      'see https://docs.example.org for help',
      'Recalling payment-provider-1 was fine',
    ])
      assert.deepEqual(says(message), [], message);
  });

  it('is not inferred from words about a step or a service of the trace', () => {
    const calling = (name: string): Line[] => [
      ...pair('s1', 0, 50, { service: 'Agent' }),
      { stepId: 's1', at: 40, message: `Calling ${name}`, service: 'Agent' },
      ...pair('s2', 60, 90, { service: 'tool-runner', stepType: 'Tool: fetch-page', previous: ['s1'] }),
    ];
    assert.deepEqual(names(calling('tool-runner')), []);
    assert.deepEqual(names(calling('fetch-page')), []);
    assert.deepEqual(names(calling('crawl-page')), ['crawl-page']);
  });

  it('stands once for all calls of one parent, however many', () => {
    const queries = [0, 1, 2].map(at =>
      span(
        `q${at}`,
        10 + at * 20,
        15 + at * 20,
        { ...client, 'db.system': 'mysql' },
        { service: 'Shop', ...inside('root') },
      ),
    );
    const [one, ...others] = external([root, ...queries]);
    assert.equal(others.length, 0);
    assert.deepEqual([one!.calls, one!.at, one!.ms, one!.from.length], [3, 10, 15, 3]);
    const [start, end] = pair('c', 10, 60, { attributes: paying.attributes!, service: 'Shop' });
    assert.equal(external([root, start!, end!])[0]!.calls, 1, 'start and end of one span are one call');
  });

  it('is a queue from which nobody here takes', () => {
    const publish = span(
      'send',
      10,
      12,
      { 'span.kind': 'producer', 'messaging.destination.name': 'invoices' },
      { service: 'Shop', ...inside('root') },
    );
    assert.deepEqual(
      external([root, publish]).map(({ name, means }) => [name, means]),
      [['invoices', 'publish']],
    );
    const taken = span('take', 50, 60, { 'span.kind': 'consumer' }, { service: 'Billing', previous: ['send'] });
    assert.deepEqual(names([root, publish, taken]), []);
  });

  it('changes no path, no status and no record of the trace', () => {
    const plain = traceOf([root, { ...paying, attributes: [] }]);
    const trace = traceOf([root, paying]);
    assert.deepEqual([path(trace), trace.status, trace.bottleneck], [path(plain), plain.status, plain.bottleneck]);
    assert.deepEqual(
      trace.steps.filter(step => !step.external).map(({ key, self, drag, depth }) => [key, self, drag, depth]),
      plain.steps.map(({ key, self, drag, depth }) => [key, self, drag, depth]),
    );
    assert.deepEqual(trace.services, ['Shop']);
  });

  it('is not told of while logs are still read', () => {
    const trace = assembleTrace({ correlationId, records: recordsOf([root, paying]), partial: true });
    assert.deepEqual(
      trace.steps.map(({ key }) => key),
      ['root', 'pay'],
    );
  });

  it('stands below all that its caller encloses, and is said to be made up wherever steps are shown', () => {
    const trace = traceOf([
      root,
      paying,
      span('sign', 12, 14, {}, { service: 'Shop', ...inside('pay') }),
      span('end', 70, 90, {}, { service: 'Shop', ...inside('root') }),
    ]);
    const rows = timelineRows(trace);
    assert.deepEqual(
      rows.map(({ number, label, external: of, placeholder }) => [number, label, of?.means ?? null, placeholder]),
      [
        ['1', 'root', null, false],
        ['1.1', 'pay', null, false],
        ['1.1.1', 'sign', null, false],
        ['1.1.2', 'payment-provider', 'call', false],
        ['1.2', 'end', null, false],
      ].map(([number, label, ...rest], at) => [number, ['line 1', 'line 2', 'line 3', label, 'line 4'][at], ...rest]),
    );
    const document = traceDocument(trace, nothingCounted);
    assert.match(traceTree(document, { width: 140, color: false }), /4 steps \(and 1 made up\)/);
    assert.equal(summarise(trace).steps, 4);
    const step = document.steps[3]!;
    assert.deepEqual(
      [step.key, step.stepId, step.external, step.records],
      ['~>payment-provider#pay', null, { calls: 1, means: 'call' }, []],
    );
    assert.match(
      traceTree(document, { width: 140, color: false }),
      /^Step 1\.1\.2 +payment-provider .*made up: does not log$/m,
    );
    assert.match(stepList(document), /^Step 1\.1\.2 +payment-provider +≤ 50ms +does not log$/m);
    assert.match(markdown(document), /payment\\-provider \| does not log \|/);
  });
});
