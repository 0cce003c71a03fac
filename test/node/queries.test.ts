import assert from 'node:assert/strict';
import type { LookupResult } from '../../src/common/protocol/logEngine';
import { isTypedQuery } from '../../src/node/engine/lookup/typedQuery';
import { json, orderId, otherId, others, tempFolder, withEngine } from './support/logs';

const own = { correlationId: orderId, service: 'api', userId: 'u-42' };
const failed = { correlationId: otherId, service: 'billing', userId: 'u-7', level: 'ERROR' };
const folder = tempFolder({
  'a.log':
    others(20) +
    json(10, { ...own, message: 'LLM started' }) +
    json(900, { ...own, service: 'Worker2', message: 'LLM done' }) +
    json(20, { ...failed, message: 'Payment failed' }) +
    json(30, { correlationId: 'xyz123', service: 'api', userId: 'u-42', message: 'took it' }),
});

const lookups = (texts: string[]) =>
  withEngine([folder], async engine => {
    const results = new Map<string, string>();
    for (const text of texts) results.set(text, shown(await engine.lookup({ text }).catch((error: Error) => error)));
    return results;
  });

function shown(result: LookupResult | Error): string {
  if (result instanceof Error) return `${result.name}: ${result.message}`;
  if (result.kind === 'trace') return `trace ${result.trace.correlationId}`;
  if (result.kind === 'choices') return `choices ${result.traces.map(({ correlationId }) => correlationId).sort()}`;
  return `notFound ${result.hints.join(' ')}`;
}

describe('a query as a look-up', () => {
  it('is honoured with all of its terms', async () => {
    const cases: [string, RegExp][] = [
      ['correlationId = xyz123', /^trace xyz123/],
      ['correlationId == xyz123', /^trace xyz123/],
      ['correlationId = xyz123 and user = u-42', /^trace xyz123/],
      ['user = u-42 and correlationId = xyz123', /^trace xyz123/],
      ['correlationId = xyz123 user = u-42', /^trace xyz123/],
      ['correlationId = xyz123 and user = nobody', /^notFound The ID “xyz123” exists/],
      ['correlationId = xyz123 user = nobody', /^notFound The ID “xyz123” exists/],
      ['correlationId = xyz123 and not user = u-42', /^notFound The ID “xyz123” exists/],
      ['correlationId = xyz1239 and user = u-42', /^notFound/],
      ['user = u-42 and service = Worker2', new RegExp(`^choices ${orderId}$`)],
      ['user = u-42 and service = nothing', /^notFound No trace fits/],
      [`user=u-42 service=other correlationId=${orderId} took=3ms`, new RegExp(`^trace ${orderId}`)],
    ];
    const found = await lookups(cases.map(([text]) => text));
    for (const [text, expected] of cases) assert.match(found.get(text) ?? '', expected, text);
  });

  it('tells what is wrong with it', async () => {
    const cases: [string, RegExp][] = [
      ['status = bad', /"bad" is no status/],
      ['status=bad', /"bad" is no status/],
      ['duration > abc', /"abc" is no duration/],
      ['foo = bar and user = u-42', /"foo" is no field/],
      ['user = u-42 and status = bad', /"bad" is no status/],
      ['user =', /value is missing/],
      ['foo = bar', /"foo" is no field/],
      ['a and', /missing at the end/],
      ['user = "u-42', /quote " is not closed/],
    ];
    const found = await lookups(cases.map(([text]) => text));
    for (const [text, expected] of cases) {
      assert.match(found.get(text) ?? '', expected, text);
      assert.match(found.get(text) ?? '', /^EngineError: .*The query “.*[^.]\.$/, text);
    }
  });

  it('filters by words as the list does', async () => {
    await withEngine([folder], async engine => {
      for (const text of ['error', 'billing u-7', 'worker2 api', 'not error and billing', 'LLM started', 'billing']) {
        const filtered = (await engine.list({ filter: text })).traces.map(({ correlationId }) => correlationId).sort();
        const result = await engine.lookup({ text });
        const found = result.kind === 'choices' ? result.traces.map(({ correlationId }) => correlationId).sort() : [];
        if (filtered.length > 0) assert.deepEqual(found, filtered, text);
        else assert.equal(result.kind, 'notFound', text);
      }
    });
  });

  it('is told from what was pasted', () => {
    const pasted = [
      'service=api correlationId=x level=info',
      'status=200 duration=12ms correlationId=abc-123',
      `X-Correlation-ID: ${orderId}`,
      `2026-03-02 Order taken user = u-42 and went on, id = ${orderId}`,
      `https://x.example/orders?correlationId=${orderId}&a=b`,
      'orderId = ORD-12345',
      json(1, own),
      orderId,
    ];
    for (const text of pasted) assert.equal(isTypedQuery(text.trim()), false, text);
  });
});

describe('an ID in another spelling', () => {
  it('is found, and is one trace', async () => {
    const ids = ['XYZ-ABC-1234', 'tenant/a/req-0001/x', 'Prüf-2026-ä1'];
    const written = (id: string, at: number) => {
      const spelled = [
        id.toLowerCase(),
        JSON.stringify(id)
          .slice(1, -1)
          .replaceAll('/', '\\/')
          .replace(/[^ -~]/g, unicode),
      ][at];
      return `{"timestamp":"2026-03-02T10:00:0${at}.000Z","level":"INFO","correlationId":"${spelled}","service":"api","message":"m"}\n`;
    };
    const unicode = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
    for (const id of ids) {
      const text = others(9) + written(id, 1) + (id.startsWith('X') ? written(id, 0) : '');
      await withEngine([tempFolder({ 'a.log': text })], async engine => {
        for (const asked of id.startsWith('X') ? [id, id.toLowerCase()] : [id]) {
          const result = await engine.lookup({ text: asked });
          assert.equal(result.kind === 'trace' && result.trace.records, id.startsWith('X') ? 2 : 1, asked);
        }
      });
    }
  });
});
