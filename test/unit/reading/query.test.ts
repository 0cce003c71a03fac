import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TraceSummaryDocument } from '../../../src/common/protocol/documents';
import { idsInText } from '../../../src/common/query/idInput';
import { matches, parseQuery, QueryError, queriedId } from '../../../src/common/query/query';

const uuid = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const hex = '4bf92f3577b34da6a3ce929d0e0e4736';

const pasted: [string, [string, string | null][]][] = [
  ['correlationId = xyz123', [['xyz123', 'correlationId']]],
  [`• [correlationId: ${uuid}, service: API] API request received`, [[uuid, 'correlationId']]],
  [`X-Correlation-ID: ${uuid}`, [[uuid, 'X-Correlation-ID']]],
  [`traceparent: 00-${hex}-00f067aa0ba902b7-01`, [[hex, 'traceparent']]],
  [`00-${hex}-00f067aa0ba902b7-01`, [[hex, null]]],
  [
    'X-Amzn-Trace-Id: Root=1-57fbe041-2c7ad569f5d6ff149137be86',
    [['1-57fbe041-2c7ad569f5d6ff149137be86', 'X-Amzn-Trace-Id']],
  ],
  ['https://shop.example/orders?page=2&correlationId=abc%2D123', [['abc-123', 'correlationId']]],
  [
    `{"requestId":"r-1","traceId":"${hex}","user_id":"u1"}`,
    [
      [hex, 'traceId'],
      ['r-1', 'requestId'],
      ['u1', 'user_id'],
    ],
  ],
  [`{\n  "correlationId": "x-1",\n  "n": 2\n}`, [['x-1', 'correlationId']]],
  [`2026-03-02 10:15:00 INFO [main] a.B - done ${uuid}`, [[uuid, null]]],
  [
    '2026-03-02 10:15:00 INFO x stepId=s-1 orderId=o-1 correlationId=c-1',
    [
      ['c-1', 'correlationId'],
      ['s-1', 'stepId'],
      ['o-1', 'orderId'],
    ],
  ],
  ["curl -H 'X-Request-Id: abc-9' http://h/p", [['abc-9', 'X-Request-Id']]],
  ['"xyz123"', [['xyz123', null]]],
  ['  xyz123\n', [['xyz123', null]]],
  ['req-1', [['req-1', null]]],
  [`{${uuid}}`, [[uuid, null]]],
  ['why did request abc12345 fail?', [['abc12345', null]]],
  [`${uuid} ${uuid.toUpperCase()} ${uuid.replaceAll('-', '')}`, [[uuid, null]]],
  ['user = u1', [['u1', 'user']]],
  ['YWJjZA==', [['YWJjZA==', null]]],
  ['a+b/c==x9', [['a+b/c==x9', null]]],
  ["it's-12345", [["it's-12345", null]]],
  ['"YWJjZA=="', [['YWJjZA==', null]]],
  ['colour=red', []],
  ['correlationId=', []],
  ['https://shop.example/', []],
  [`https://kibana.example/search?q=correlationId%3D${uuid}`, [[uuid, 'correlationId']]],
  [`https://kibana.example/#/search?query=correlationId%3A%22${uuid}%22&size=20`, [[uuid, 'correlationId']]],
  ['correlationId = -', []],
  ['hello world', []],
  ['', []],
];

describe('IDs in pasted text', () => {
  for (const [text, expected] of pasted) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(
        idsInText(text).candidates.map(({ text: found, key }) => [found, key]),
        expected,
      );
    });
  }
  it('throw at no text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void idsInText(text)));
  });
  it('find any ID after its key', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z][\w-]{1,30}\d$/),
        fc.constantFrom('correlationId=', 'correlationId: ', 'correlation_id = '),
        (id, key) => {
          assert.equal(idsInText(`some words, ${key}${id}, more`).candidates[0]?.text, id);
        },
      ),
    );
  });
});

const trace: TraceSummaryDocument = {
  correlationId: uuid,
  start: '2026-03-02T10:15:00.000Z',
  end: '2026-03-02T10:15:12.100Z',
  durationMs: 12_100,
  records: 41,
  steps: 7,
  services: ['API', 'Worker2'],
  errors: 1,
  status: 'recovered',
  userId: 'u1',
  sessionId: 's-9',
  entityId: null,
  organizationId: 'Acme',
};

const queries: [string, boolean][] = [
  ['', true],
  [`correlationId = ${uuid}`, true],
  [`correlationId = ${uuid.replaceAll('-', '').toUpperCase()}`, true],
  ['correlationId = other', false],
  [`correlationId == ${uuid}`, true],
  ['user==u1 and (status==recovered)', true],
  ['user == u2', false],
  ['user = u1 and service = Worker2', true],
  ['user = u1 service = Worker3', false],
  ['user=u2 or service=api', true],
  ['status = recovered', true],
  ['status != failed', true],
  ['duration > 1s', true],
  ['duration > 12.1s', false],
  ['duration >= 12100', true],
  ['duration < 1m and records >= 41', true],
  ['steps = 7 and errors < 2', true],
  ['error', true],
  ['not error', false],
  ['worker', true],
  ['"worker2"', true],
  ['"error"', false],
  ['not (user = u2 or user = u3) and acme', true],
  ['entity = e1', false],
  ['entity != e1', true],
  ['service ~ work', true],
  ['service !~ work', false],
  ['start >= 2026-03-02 and end < 2026-03-03', true],
  ['start > 2026-03-02T10:15:00Z', false],
  ['organization = "acme"', true],
  ['tenant_id = acme', true],
];

const wrong: [string, number, RegExp][] = [
  ['colour = red', 0, /"colour" is no field: correlationId/],
  ['duration > soon', 11, /no duration/],
  ['status = blue', 9, /no status: ok, failed/],
  ['status > ok', 7, /cannot be compared/],
  ['duration ~ 1', 9, /cannot be compared/],
  ['records = few', 10, /whole number/],
  ['start > never', 8, /no time/],
  ['user =', 6, /missing after =/],
  ['a and', 5, /missing at the end/],
  ['(a or b', 0, /not closed/],
  ['a)', 1, /no \(/],
  ['user = "u1', 7, /quote/],
  ['= 1', 0, /not expected/],
  ['a or or b', 5, /not expected|missing/],
];

describe('queries', () => {
  for (const [text, expected] of queries) {
    it(`${text || '(empty)'}: ${expected}`, () => assert.equal(matches(parseQuery(text), trace), expected));
  }
  for (const [text, position, message] of wrong) {
    it(`${text}: an error that names the place`, () => {
      assert.throws(
        () => parseQuery(text),
        (error: unknown) => {
          assert.ok(error instanceof QueryError);
          assert.match(error.message, message);
          assert.equal(error.position, position);
          return true;
        },
      );
    });
  }
  it('for an ID alone are look-ups', () => {
    assert.equal(queriedId(parseQuery('correlationId = xyz123')), 'xyz123');
    assert.equal(queriedId(parseQuery(uuid)), uuid);
    assert.equal(queriedId(parseQuery('correlationId == xyz123')), 'xyz123');
    assert.equal(queriedId(parseQuery('correlationId=YWJjZA==')), 'YWJjZA==');
    assert.equal(queriedId(parseQuery("correlationId=it's-12345")), "it's-12345");
    for (const text of ['user = u1', 'a b', 'not xyz123', 'correlationId != x', ''])
      assert.equal(queriedId(parseQuery(text)), null, text);
  });
  it('throw nothing but QueryErrors', () => {
    const words = fc.constantFrom(
      'and',
      'or',
      'not',
      '(',
      ')',
      '=',
      '>',
      '~',
      'user',
      'duration',
      '1s',
      '"',
      'x',
      'error',
      '!=',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map(list => list.join(' ')),
          fc.constant('('.repeat(5000)),
        ),
        text => {
          try {
            matches(parseQuery(text), trace);
          } catch (error) {
            assert.ok(error instanceof QueryError, String(error));
          }
        },
      ),
    );
  });
});
