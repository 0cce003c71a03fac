import assert from 'node:assert/strict';
import { unwrap, wrapperOf } from '../../../src/common/formats/wrappers';
import type { SourceProfile } from '../../../src/common/model/sourceProfile';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import type { ReadRecord } from '../../../src/common/profile/recordReader';
import { RecordFramer } from '../../../src/common/scan/recordFramer';

const order = '5f1c3a52-7d0e-4a52-9a71-0c5b2e6f7a01';
const day = '2026-03-02T10:15:';

interface Read {
  profile: SourceProfile;
  records: (ReadRecord & { text: string; line: number })[];
}

/** Reads a source as the engine does: profile, frames, records. */
function read(lines: readonly string[], sourceName = 'all.log'): Read {
  const sample = `${lines.join('\n')}\n`;
  const profile = profileSource({ sample, sourceName, complete: true });
  const reader = compileReader(profile);
  const records: Read['records'] = [];
  const framer = new RecordFramer(reader, ({ bytes, line, byteStart, byteEnd }) => {
    const text = new TextDecoder().decode(bytes);
    const location = {
      source: sourceId('all.log'),
      line: lineNumber(line),
      byteStart: byteOffset(byteStart),
      byteEnd: byteOffset(byteEnd),
    };
    for (const found of reader.read(text, location)) records.push({ ...found, text, line });
  });
  framer.push(new TextEncoder().encode(sample));
  framer.finish();
  return { profile, records };
}

const docker = (second: number, log: string, stream = 'stdout'): string =>
  JSON.stringify({ log, stream, time: `${day}${String(second).padStart(2, '0')}.500000001Z` });
const cri = (second: number, message: string, tag = 'F', stream = 'stdout'): string =>
  `${day}${String(second).padStart(2, '0')}.500000001Z ${stream} ${tag} ${message}`;

const many = (line: (index: number) => string, count = 10): string[] =>
  Array.from({ length: count }, (_, index) => line(index));
const messages = ({ records }: Read): string[] => records.map(({ record }) => record.message);
const seconds = ({ records }: Read): (number | null)[] =>
  records.map(({ record }) => record.time && Number((record.time.at / 1_000_000_000n) % 60n));

describe('wrappers: what stands around a line', () => {
  const kinds: [string, (index: number) => string, Partial<Record<'service' | 'host', string>>][] = [
    ['compose', index => `orders-1  | Order ${index} taken`, { service: 'orders', host: 'orders-1' }],
    ['compose', index => `orders_1     | Order ${index} taken`, { service: 'orders', host: 'orders_1' }],
    ['compose', index => `\x1b[36morders-1  | \x1b[0mOrder ${index} taken`, { service: 'orders', host: 'orders-1' }],
    ['compose', index => `10:15:0${index} web.1    | Order ${index} taken`, { service: 'web', host: 'web.1' }],
    ['compose', index => `0|orders   | Order ${index} taken`, { service: 'orders' }],
    ['kubernetes', index => `[pod/orders-7d9f/api] Order ${index} taken`, { service: 'api', host: 'orders-7d9f' }],
    [
      'kubernetes',
      index => `orders-7d9f8c6b5-x2x4z api Order ${index} taken`,
      { service: 'api', host: 'orders-7d9f8c6b5-x2x4z' },
    ],
    [
      'kubernetes',
      index => `orders-7d9f8c6b5-xkzpt app Order ${index} taken`,
      { service: 'orders', host: 'orders-7d9f8c6b5-xkzpt' },
    ],
    ['kubernetes', index => `shop/store-0[main]: Order ${index} taken`, { service: 'store', host: 'store-0' }],
    [
      'heroku',
      index => `${day}0${index}.123456+00:00 app[web.1]: Order ${index} taken`,
      { service: 'web', host: 'web.1' },
    ],
    [
      'logcli',
      index => `${day}0${index}Z {app="web", namespace="shop", pod="web-7d9f8c6b5-x2x4z"} Order ${index} taken`,
      { service: 'web', host: 'web-7d9f8c6b5-x2x4z' },
    ],
    ['docker', index => docker(index, `Order ${index} taken\n`), { service: 'shop' }],
    ['cri', index => cri(index, `Order ${index} taken`), { service: 'shop' }],
  ];
  for (const [name, line, expected] of kinds) {
    it(`${name}: ${line(1)}`, () => {
      const source = read(many(line), 'logs/shop.log');
      assert.equal(source.profile.wrapper, name);
      assert.deepEqual(
        messages(source),
        many(index => `Order ${index} taken`),
      );
      const { record } = source.records[3] ?? assert.fail();
      assert.equal(record.service, expected.service);
      assert.equal(record.host, expected.host ?? null);
    });
  }

  it('gives a line without a stamp of its own the time of the runtime', () => {
    assert.deepEqual(seconds(read(many(index => docker(index, 'taken\n')))).slice(0, 3), [0, 1, 2]);
    assert.deepEqual(seconds(read(many(index => cri(index, 'taken')))).slice(0, 3), [0, 1, 2]);
  });

  it('prefers the stamp that the program wrote', () => {
    const inner = (index: number) => `2026-03-02T10:14:3${index}.250Z INFO Order taken`;
    assert.deepEqual(seconds(read(many(index => docker(index, `${inner(index)}\n`)))).slice(0, 3), [30, 31, 32]);
    const json = (index: number) => JSON.stringify({ ts: `2026-03-02T10:14:3${index}.250Z`, msg: 'taken' });
    assert.deepEqual(seconds(read(many(index => cri(index, json(index))))).slice(0, 3), [30, 31, 32]);
    assert.deepEqual(seconds(read(many(index => docker(index, `${json(index)}\n`)))).slice(0, 3), [30, 31, 32]);
  });

  it('reads any format inside, each field at its place in the file', () => {
    const inner: [string, string][] = [
      ['json', JSON.stringify({ level: 'info', traceId: order, msg: 'said "taken"\tby é' })],
      ['logfmt', `level=info traceId=${order} msg="said \\"taken\\""`],
      ['bracketed', `[traceId: ${order}, service: API] taken`],
      ['text', `2026-03-02 10:15:00,123 INFO [main] a.b.Orders - taken traceId=${order}`],
    ];
    const wraps = [
      (line: string) => docker(1, `${line}\n`),
      (line: string) => cri(1, line),
      (line: string) => `orders-1  | ${line}`,
      (line: string) => `[pod/orders-7d9f/api] ${line}`,
      (line: string) => `2026-03-02T10:15:00.1234567Z ${line}`,
    ];
    for (const [format, line] of inner) {
      // Pairs behind a stamp are a line of text like any other.
      for (const wrap of format === 'logfmt' ? wraps.slice(0, -1) : wraps) {
        const { records, profile } = read(many(() => wrap(line)));
        assert.equal(profile.format, format, wrap(line));
        const { record, fields, text } = records[4] ?? assert.fail();
        assert.deepEqual(
          record.correlationIds.map(({ id }) => id),
          [order],
        );
        const id = fields.find(({ value }) => value === order) ?? assert.fail();
        assert.equal(text.slice(id.start, id.end), order, text);
      }
    }
  });

  it('reads the keys of Docker in any order, and what it adds', () => {
    const line = (index: number) =>
      `{"time":"${day}0${index}Z","attrs":{"tag":"shop-a"},"stream":"stderr","log":"a \\\\n in \\"it\\" \\u00e9\\r\\n"}`;
    const { records, profile } = read(many(line));
    assert.equal(profile.wrapper, 'docker');
    assert.equal(records[1]?.record.message, 'a \\n in "it" é');
    assert.deepEqual(records[1]?.record.attributes, [
      { name: 'attrs.tag', value: 'shop-a' },
      { name: 'stream', value: 'stderr' },
    ]);
  });

  it('reads two wrappers, one within the other', () => {
    const inner = JSON.stringify({ traceId: order, msg: 'taken' });
    const { records } = read(many(index => `orders-1  | ${docker(index, `${inner}\n`)}`));
    assert.equal(records[2]?.record.correlationIds[0]?.id, order);
    assert.equal(records[2]?.record.service, 'orders');
    const shipped = JSON.stringify({ log: `${inner}\n`, kubernetes: { container_name: 'till' } });
    const { records: others } = read(many(index => cri(index, shipped)));
    assert.equal(others[2]?.record.correlationIds[0]?.id, order);
    assert.equal(others[2]?.record.service, 'till');
  });

  it('takes syslog for a wrapper only where the lines inside have a head', () => {
    const json = (index: number) => `Mar  2 10:15:0${index} web3 till[12]: {"traceId":"${order}","msg":"taken"}`;
    const { records, profile } = read(many(json));
    assert.deepEqual([profile.wrapper, profile.format], ['syslog', 'json']);
    const { record } = records[0] ?? assert.fail();
    assert.deepEqual([record.host, record.service, record.message], ['web3', 'till', 'taken']);
    assert.equal(record.correlationIds[0]?.id, order);
    const modern = (index: number) => `<14>1 ${day}0${index}Z web3 till 12 - - level=info traceId=${order} msg=taken`;
    const { records: others, profile: other } = read(many(modern));
    assert.deepEqual([other.wrapper, other.format], [null, 'syslog']);
    assert.deepEqual([others[2]?.record.host, others[2]?.record.service], ['web3', 'till']);
    assert.equal(read(many(index => `Mar  2 10:15:0${index} web3 till[12]: taken`)).profile.wrapper, null);
  });

  it('takes a stamp for a wrapper only where the lines inside have a head', () => {
    const own = (index: number) => `${day}0${index}.1234567Z 2026-03-02 10:14:0${index} INFO taken`;
    assert.equal(read(many(own)).profile.wrapper, 'stamp');
    assert.equal(read(many(index => `${day}0${index}.1234567Z INFO taken`)).profile.wrapper, null);
    assert.equal(read(many(index => `${day}0${index}.1234567Z ##[group]Run npm ci`)).profile.wrapper, null);
    assert.equal(read(many(index => `${day}0${index}.123Z ${day}1${index}.456Z t1 store a->b`)).profile.wrapper, null);
  });

  it('leaves lines alone that are not mostly wrapped, or only look so', () => {
    const plain = (index: number) => `2026-03-02 10:15:0${index} INFO Order ${index} taken`;
    const lines = [...many(plain, 4), ...many(index => `orders-1  | ${index}`, 6)];
    assert.equal(wrapperOf(lines), null);
    assert.equal(wrapperOf(many(index => `INFO  | Order ${index} taken`)), null);
    assert.equal(wrapperOf(many(index => `2026-03-02 10:15:0${index} | INFO | taken`)), null);
    assert.equal(wrapperOf(many(index => `re-read page${index} of the book`)), null);
    assert.equal(wrapperOf(many(() => '{"log":"taken","level":"info"}')), null);
    assert.equal(wrapperOf(['', ' ']), null);
  });

  it('reads a line that is not wrapped among others as it is', () => {
    const lines = [...many(index => docker(index, `{"traceId":"${order}","msg":"taken"}\n`)), 'Gracefully stopping...'];
    const { records } = read(lines);
    assert.equal(records.at(-1)?.record.message, 'Gracefully stopping...');
    assert.equal(records.length, 11);
    assert.equal(unwrap('docker', 'Gracefully stopping...'), null);
  });
});

describe('wrappers: records of several lines', () => {
  const inner = (index: number, more = '') =>
    JSON.stringify({ time: `2026-03-02T10:14:0${index}Z`, traceId: order, msg: `taken ${index}${more}` });
  const long = 'x'.repeat(9000);

  it('put the parts together that Docker cut a long line into', () => {
    const whole = inner(1, long);
    const parts = [
      docker(1, whole.slice(0, 8000)),
      docker(1, whole.slice(8000, 8100)),
      docker(1, `${whole.slice(8100)}\n`),
    ];
    const { records } = read([
      ...many(index => docker(index, `${inner(index)}\n`)),
      ...parts,
      docker(2, `${inner(2)}\n`),
    ]);
    assert.equal(records.length, 12);
    const { record, fields, text } = records[10] ?? assert.fail();
    assert.equal(record.message, `taken 1${long}`);
    const id = fields.find(({ value }) => value === order) ?? assert.fail();
    assert.equal(text.slice(id.start, id.end), order);
    assert.equal(records[11]?.record.message, 'taken 2');
  });

  it('put the parts together that CRI marks', () => {
    const whole = inner(1, long);
    const parts = [cri(1, whole.slice(0, 8000), 'P'), cri(1, whole.slice(8000, 8100), 'P'), cri(1, whole.slice(8100))];
    const { records } = read([...many(index => cri(index, inner(index))), ...parts, cri(2, inner(2))]);
    assert.equal(records.length, 12);
    assert.equal(records[10]?.record.message, `taken 1${long}`);
  });

  it('never mix two streams or containers', () => {
    const lines = many(index => cri(index, inner(index)));
    const whole = inner(1);
    const cut = [
      cri(1, whole.slice(0, 60), 'P'),
      cri(1, 'warning: disk is slow', 'F', 'stderr'),
      cri(1, whole.slice(60)),
      cri(2, inner(2)),
    ];
    const { records } = read([...lines, ...cut]);
    assert.deepEqual(
      records.slice(10).map(({ text }) => text),
      cut,
    );
    const compose = [
      ...many(index => `till-1  | 2026-03-02 10:15:0${index} ERROR failed`),
      'store-1  |   10 rows',
      'till-1  |   at a.b.C.d(C.java:12)',
      'till-1  |   at a.b.C.e(C.java:13)',
    ];
    assert.deepEqual(
      read(compose)
        .records.slice(9)
        .map(({ line }) => line),
      [10, 11, 12],
    );
  });

  it('hold the stack trace that a container printed, one wrapped line per line', () => {
    const stack = ['java.lang.IllegalStateException: no stock', '\tat shop.Stock.take(Stock.java:42)', '\t... 23 more'];
    const head = (index: number) => `2026-03-02 10:15:0${index},123 ERROR [main] shop.Stock - failed ${index}`;
    for (const wrap of [
      (line: string) => docker(1, `${line}\n`),
      (line: string) => cri(1, line),
      (line: string) => `till-1  | ${line}`,
      (line: string) => `till-7d9f api ${line}`,
    ]) {
      const lines = many(head).flatMap(line => [line, ...stack]);
      const { records } = read(lines.map(wrap));
      assert.equal(records.length, 10, wrap(''));
      assert.equal(records[4]?.record.message, ['failed 4', ...stack].join('\n'));
      assert.equal(records[4]?.record.exception, stack.join('\n'));
    }
  });

  it('hold the stack trace between lines of JSON', () => {
    const stack = [
      'Traceback (most recent call last):',
      '  File "/app/till.py", line 12, in pay',
      'ValueError: no card',
    ];
    const lines = many(index => inner(index)).flatMap(line => [line, ...stack]);
    for (const wrap of [(line: string) => docker(1, `${line}\n`), (line: string) => cri(1, line)]) {
      const { records } = read(lines.map(wrap));
      assert.equal(records.length, 10);
      assert.equal(records[4]?.record.message, 'taken 4');
      assert.equal(records[4]?.record.correlationIds[0]?.id, order);
      assert.equal(records[4]?.record.exception, stack.join('\n'));
    }
  });

  it('begin at no line that is blank inside', () => {
    const lines = many(index => docker(index, index % 3 === 1 ? '\n' : `Order ${index} taken\n`));
    assert.deepEqual(
      read(lines).records.map(({ line }) => line),
      [1, 3, 4, 6, 7, 9, 10],
    );
  });

  it('throw on nothing', () => {
    for (const text of ['', '{', '{"log":"', '{"log":"\\', '{"log":"a\\","stream":"stdout"', '\n', '\r\n']) {
      for (const name of ['docker', 'cri', 'kubernetes', 'compose', 'heroku', 'logcli', 'syslog', 'stamp'] as const) {
        assert.doesNotThrow(() => unwrap(name, text));
      }
    }
    assert.equal(unwrap('docker', '{"stream":"stdout","log":"a\\\\n')?.text, 'a\\n');
    assert.equal(unwrap('cri', ''), null);
  });
});
