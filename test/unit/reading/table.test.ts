import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tableFormat } from '../../../src/common/formats/tables/table';
import { tableLayoutOf } from '../../../src/common/formats/tables/tableLayout';
import type { LogRecord } from '../../../src/common/model/logRecord';
import type { TableLayout } from '../../../src/common/model/sourceProfile';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { profileSource } from '../../../src/common/profile/profileSource';
import type { ReadRecord } from '../../../src/common/profile/recordReader';
import { framerOf } from '../../../src/common/scan/framer';

const location = { source: sourceId('x.csv'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };

function readAll(text: string) {
  const profile = profileSource({ sample: text, sourceName: 'orders.csv', complete: true });
  const reader = compileReader(profile);
  const reads: ReadRecord[] = [];
  const lines: number[] = [];
  const framer = framerOf(profile, reader, ({ bytes, line }) => {
    lines.push(line);
    reads.push(...reader.read(new TextDecoder().decode(bytes), location));
  });
  framer.push(new TextEncoder().encode(text));
  framer.finish();
  return { profile, reads, records: reads.map(({ record }) => record), lines };
}

const valuesOf = ({ fields }: ReadRecord) => Object.fromEntries(fields.map(({ name, value }) => [name, value]));
const groupOf = (record: LogRecord | undefined) => record?.correlationIds[0]?.id;
const columnsOf = (text: string) => tableLayoutOf(text)?.columns ?? null;

const order = '0192ab34cd56ef7801234567';
const spans = `TraceId,SpanId,ParentId,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration
4bf92f3577b34da6a3ce929d0e0e4736,00f067aa0ba902b7,root,shop-5d8f,POST /orders,1772445600000000000,1772445600250000000,250000
4bf92f3577b34da6a3ce929d0e0e4736,53995c3f42cd8ad8,00f067aa0ba902b7,stock-77c4,reserve,1772445600020000000,1772445600070000000,50000
`;
const bare: TableLayout = {
  dialect: 'csv',
  separator: ',',
  columns: ['time', 'level', 'text'],
  others: [],
  quoted: true,
  comment: null,
  header: true,
  empty: [],
};
const fieldsOf = (row: string, layout: Partial<TableLayout> = {}) =>
  (tableFormat({ ...bare, ...layout }).read(row) ?? []).map(({ name, value }) => [name, value]);

describe('the layout of a table', () => {
  const titled: [string, string, string[]][] = [
    ['commas', `time,level,message\n2026-03-02T10:00:00Z,INFO,Order placed\n`, ['time', 'level', 'message']],
    ['tabs', `ts\tuser\taction\n1772445600\tann\tlogin\n`, ['ts', 'user', 'action']],
    ['semicolons', `Datum;Nummer;Text\n2026-03-02 10:00:00;5;"a; b"\n`, ['Datum', 'Nummer', 'Text']],
    ['pipes', `time | service | message\n2026-03-02 10:00:00 | api | ok\n`, ['time', 'service', 'message']],
    [
      'quoted titles, CRLF, BOM',
      `\ufeff"Time","Trace ID"\r\n"2026-03-02 10:00:00","${order}"\r\n`,
      ['Time', 'Trace ID'],
    ],
    [
      'a row number without title',
      `,time,message\n0,2026-03-02 10:00:00,a\n1,2026-03-02 10:00:01,b\n`,
      ['', 'time', 'message'],
    ],
    ['a separator that is stated', `sep=;\ntime;message\n2026-03-02 10:00:00;ok\n`, ['time', 'message']],
    ['comments before the titles', `# exported\ntime,id\n2026-03-02 10:00:00,7\n`, ['time', 'id']],
    [
      'titles in a comment',
      `# time,id,text\n2026-03-02 10:00:00,7,a\n2026-03-02 10:00:01,8,b\n`,
      ['time', 'id', 'text'],
    ],
    [
      'a last column without title',
      `Level,Date and Time,Source,Event ID\nError,2026-03-02 10:00:00,Shop,7,"no, stock"\n`,
      ['Level', 'Date and Time', 'Source', 'Event ID'],
    ],
    ['names that are known, words below', `service,level,message\napi,info,started\n`, ['service', 'level', 'message']],
    [
      'messages with commas that nobody quoted',
      `time,level,message\n${'2026-03-02 10:00:00,INFO,placed, paid, sent\n'.repeat(3)}2026-03-02 10:00:00,INFO,done\n`,
      ['time', 'level', 'message'],
    ],
  ];
  for (const [name, text, columns] of titled) {
    it(`is told by its titles: ${name}`, () => assert.deepEqual(columnsOf(text), columns));
  }

  const none: [string, string][] = [
    ['prose with commas', 'Hello, world\nGood, bye\nWell, well\n'],
    ['prose before numbers', 'Starting up, please wait\nloaded 5, took 7\nready, 12\n'],
    ['log lines with commas', '2026-03-02 10:00:00,123 INFO a, b\n2026-03-02 10:00:01,456 INFO c, d\n'],
    ['pipes of a log pattern', '2026-03-02 10:00:00 | INFO | main | started\n'.repeat(8)],
    ['JSON lines', '{"time":"2026-03-02T10:00:00Z","level":"info"}\n'.repeat(6)],
    ['logfmt with commas', 'level=info,a=1,b=2,c=3\n'.repeat(6)],
    ['titles without rows', 'time,level,message\n'],
    ['titles twice the same', 'id,id\n1,2\n'],
    ['rows of other lengths', 'time,level,message,user,host\n2026-03-02 10:00:00,a\n1,2,3\n1\n'],
    ['a comma in a stamp, commas after it', '2026-03-02 10:00:00,123, INFO, main, ready\n'.repeat(8)],
    ['fewer rows than are unmistakable', '2026-03-02 10:00:00,5,7,INFO\n'.repeat(4)],
    ['rows without stamps', '1,2,3,4,5\n'.repeat(9)],
    ['nothing', ''],
    ['a shell script', '#!/bin/sh\n# a, b\necho a, b\n'],
  ];
  for (const [name, text] of none) it(`is none for ${name}`, () => assert.equal(columnsOf(text), null));

  it('is told where the sample ends within a cell of many lines', () => {
    const cell = `failed${'\n  at shop.Orders.take(Orders.java:42)'.repeat(800)}`;
    const text = `time,level,message\n${`2026-03-02T10:00:00Z,ERROR,"${cell}"\n`.repeat(12)}`;
    assert.ok(text.length > 300_000);
    assert.deepEqual(columnsOf(text), ['time', 'level', 'message']);
  });

  it('is told without titles where it is unmistakable, and names columns by their values', () => {
    const row = (at: number) => `${at},2026-03-02 10:00:0${at},WARN,"slow, order ${at} waits",10.0.0.${at}\n`;
    const text = [1, 2, 3, 4, 5].map(row).join('');
    assert.deepEqual(columnsOf(text), ['column1', 'timestamp', 'severity', 'message', 'column5']);
    const { records } = readAll(text);
    assert.equal(records.length, 5);
    assert.deepEqual([records[2]?.severity, records[2]?.message], ['warn', 'slow, order 3 waits']);
  });

  it('is told without titles where one column points to another, whatever separates them', () => {
    const run = 'c0a8012e-4f3b-4d1a-9e77-5b2f8c6d1a90';
    for (const separator of [',', '\t', ';', '|']) {
      const row = (second: number, ...cells: string[]) =>
        `${[`2026-03-02T10:00:0${second}Z`, 'INFO', 'shop', run, ...cells].join(separator)}\n`;
      const text = [
        row(0, 's-1', '-', 'Plan', 'started'),
        row(1, 's-1', '-', 'Plan', 'completed'),
        row(2, 's-2', 's-1', 'Tool: search', 'started'),
        row(4, 's-2', 's-1', 'Tool: search', 'completed'),
        row(5, 's-3', 's-2', 'Answer', 'started'),
      ].join('');
      const { records } = readAll(text);
      assert.deepEqual(
        records.map(({ stepId, previous, stepType, phase }) => [stepId, previous[0]?.id, stepType, phase]),
        [
          ['s-1', undefined, 'Plan', 'start'],
          ['s-1', undefined, 'Plan', 'end'],
          ['s-2', 's-1', 'Tool: search', 'start'],
          ['s-2', 's-1', 'Tool: search', 'end'],
          ['s-3', 's-2', 'Answer', 'start'],
        ],
        separator,
      );
      assert.deepEqual([...new Set(records.map(groupOf))], [run]);
    }
    const numbers = [1, 2, 3, 4, 5].map(at => `2026-03-02T10:00:0${at}Z|INFO|${at}|${at - 1}|ready\n`);
    assert.equal(columnsOf(numbers.join('')), null);
  });

  it('knows the columns of PostgreSQL’s csvlog', () => {
    const row = (at: number) =>
      `2026-03-02 10:00:0${at}.123 UTC,"app","shop",4711,"10.0.0.5:41000",69a5c1f0.1267,${at},"INSERT",2026-03-02 09:59:00 UTC,3/12,0,ERROR,23505,"duplicate key","Key (id)=(7), exists.",,,,,"insert into orders\nvalues ($1)",,,"orders-api","client backend",,0\n`;
    const { profile, records, lines } = readAll([1, 2, 3].map(row).join(''));
    assert.equal(profile.format, 'table');
    assert.deepEqual(lines, [1, 3, 5]);
    const [first] = records;
    assert.equal(first?.message, 'duplicate key');
    assert.equal(first?.severity, 'error');
    assert.equal(first?.sessionId, '69a5c1f0.1267');
  });
});

describe('the rows of a table', () => {
  it('give their cells by the names of the columns', () => {
    assert.deepEqual(fieldsOf('1, INFO ,"a ""b"", c"'), [
      ['time', '1'],
      ['level', 'INFO'],
      ['text', 'a "b", c'],
    ]);
    assert.deepEqual(fieldsOf('1,,"",'), [['time', '1']]);
    assert.deepEqual(fieldsOf('1'), []);
  });

  it('keep cells beyond the columns, and miss what is not there', () => {
    assert.deepEqual(fieldsOf('1,a,b,c,"d"', { columns: ['x', 'y'] }), [
      ['x', '1'],
      ['y', 'a'],
      ['column3', 'b'],
      ['column4', 'c'],
      ['column5', 'd'],
    ]);
    assert.deepEqual(fieldsOf('1,a'), [
      ['time', '1'],
      ['level', 'a'],
    ]);
    assert.deepEqual(fieldsOf('1,a', { columns: ['', 'x'] }), [
      ['column1', '1'],
      ['x', 'a'],
    ]);
    const [last] = fieldsOf(`1${',x'.repeat(2000)}`, { columns: ['a', 'b'] }).slice(-1);
    assert.deepEqual(last, ['column1000', `x${',x'.repeat(1001)}`]);
  });

  it('put a message together that nobody quoted', () => {
    assert.deepEqual(fieldsOf('1,INFO,placed, "paid", sent')[2], ['text', 'placed, "paid", sent']);
    assert.deepEqual(fieldsOf('1,INFO,"placed", "paid"').slice(2), [
      ['text', 'placed'],
      ['column4', 'paid'],
    ]);
  });

  it('take a cell with quotes of its own as it stands', () => {
    assert.deepEqual(fieldsOf('1,"a"b,c'), [
      ['time', '1'],
      ['level', '"a"b'],
      ['text', 'c'],
    ]);
    assert.deepEqual(fieldsOf('1,"5 inch,c')[1], ['level', '"5 inch']);
  });

  it('are one record for each span, with none for the parent of a root', () => {
    const { profile, records, lines } = readAll(spans);
    assert.equal(profile.format, 'table');
    assert.deepEqual(lines, [2, 3]);
    assert.equal(profile.stampIs, 'start');
    const [root, child] = records;
    assert.equal(groupOf(root), '4bf92f3577b34da6a3ce929d0e0e4736');
    assert.deepEqual([root?.stepId, root?.previous], ['00f067aa0ba902b7', []]);
    assert.deepEqual(
      [child?.stepId, child?.previous[0]?.id, child?.stepType, child?.host],
      ['53995c3f42cd8ad8', '00f067aa0ba902b7', 'reserve', 'stock-77c4'],
    );
    assert.equal(child?.time?.at, 1_772_445_600_020_000_000n);
  });

  it('tell by their values whether a uid groups', () => {
    const rows = (uids: string[]) => `time,uid,note\n${uids.map((uid, at) => `177244560${at},${uid},x y\n`).join('')}`;
    assert.equal(
      groupOf(readAll(rows(['CdTqrs8Xk2LmPq4a1', 'Cxy7ZabPqkMnoRtUw', 'C0aBcDeFgHiJkLmN5'])).records[0]),
      'CdTqrs8Xk2LmPq4a1',
    );
    for (const users of [
      ['0', '1000', '33'],
      ['root', 'ann', 'bob'],
      ['AnnaMariaSchmidt', 'JohnWilliamSmith', 'root'],
    ]) {
      assert.equal(groupOf(readAll(rows(users)).records[0]), undefined, users.join());
    }
  });
});

describe('the logs of Zeek', () => {
  const head = [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    '#path\thttp',
    '#open\t2026-03-02-10-00-00',
    '#fields\tts\tuid\tid.orig_h\turi\treferrer\ttags',
    '#types\ttime\tstring\taddr\tstring\tstring\tset[string]',
  ];
  const text = `${head.join('\n')}
1772445600.123456\tCdTqrs8Xk2LmPq4a1\t10.0.0.5\t/a\\x09b\\x5c\t-\t(empty)
1772445601.000001\tCxy7ZabPqkMnoRtUw\t10.0.0.6\t"q\t-\tA,B
#close\t2026-03-02-11-00-00
`;

  it('have the columns that their directives name; what is unset is left out, what is escaped is decoded', () => {
    const { reads, records, lines } = readAll(text);
    assert.deepEqual(lines, [9, 10]);
    const [first] = reads;
    assert.ok(first);
    assert.deepEqual(valuesOf(first), {
      ts: '1772445600.123456',
      uid: 'CdTqrs8Xk2LmPq4a1',
      'id.orig_h': '10.0.0.5',
      uri: '/a\tb\\',
    });
    assert.equal(records[0]?.time?.at, 1_772_445_600_123_456_000n);
    assert.equal(groupOf(records[1]), 'Cxy7ZabPqkMnoRtUw');
    assert.equal(valuesOf(reads[1] as ReadRecord).tags, 'A,B');
  });

  it('may separate by anything', () => {
    const layout = tableLayoutOf('#separator \\x7c\n#unset_field|(none)\n#fields|ts|user\n1772445600|(none)\n');
    assert.deepEqual([layout?.separator, layout?.columns, layout?.empty], ['|', ['ts', 'user'], ['(none)', '(empty)']]);
  });
});

describe('W3C logs', () => {
  const iis = `#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2026-03-02 10:00:00
#Fields: date time s-computername cs-method cs-uri-stem cs-uri-query cs-username cs(User-Agent) sc-status time-taken
2026-03-02 10:00:00 WEB1 GET /orders q=a+b shop\\ann Agent/1.0+(X;+Y) 200 15
2026-03-02 10:00:01 WEB1 GET /stock - - - 503 90
#Fields: date time cs-method sc-status
2026-03-02 10:00:02 GET 404
`;

  it('have the columns that the last directive with as many names gives', () => {
    const { profile, reads, records, lines } = readAll(iis);
    assert.equal(profile.format, 'table');
    assert.deepEqual(lines, [5, 6, 8]);
    const [first, second, third] = reads.map(valuesOf);
    assert.deepEqual(first, {
      date: '2026-03-02',
      time: '10:00:00',
      's-computername': 'WEB1',
      'cs-method': 'GET',
      'cs-uri-stem': '/orders',
      'cs-uri-query': 'q=a+b',
      'cs-username': 'shop\\ann',
      'cs(User-Agent)': 'Agent/1.0 (X; Y)',
      'sc-status': '200',
      'time-taken': '15',
    });
    assert.deepEqual(Object.keys(second ?? {}), [
      'date',
      'time',
      's-computername',
      'cs-method',
      'cs-uri-stem',
      'sc-status',
      'time-taken',
    ]);
    assert.deepEqual(third, { date: '2026-03-02', time: '10:00:02', 'cs-method': 'GET', 'sc-status': '404' });
    assert.deepEqual([records[0]?.userId, records[0]?.host], ['shop\\ann', 'WEB1']);
    assert.equal(records[1]?.userId, null);
    assert.equal(records[1]?.outcome, 'failed');
  });

  it('may separate values by tabs and hold quoted ones', () => {
    const cloud = `#Version: 1.0
#Fields: date time x-edge-location sc-status cs(User-Agent) x-edge-request-id
2026-03-02\t10:00:00\tFRA2\t200\tAgent%201\tq7Zx_-Abc9==
`;
    const { records } = readAll(cloud);
    assert.equal(groupOf(records[0]), 'q7Zx_-Abc9==');
    const quoted = tableLayoutOf('#Fields: time x-comment sc-status\n10:00:00 "two ""words"" here" 200\n');
    assert.ok(quoted);
    assert.deepEqual(
      tableFormat(quoted)
        .read('10:00:00 "two ""words"" here" 200')
        ?.map(({ value }) => value),
      ['10:00:00', 'two "words" here', '200'],
    );
  });
});

describe('what stands inside a cell', () => {
  const quotedCell = (text: string) => `"${text.replaceAll('"', '""')}"`;

  it('is read to the innermost log: table, container runtime, application, text', () => {
    const app = JSON.stringify({ level: 'error', msg: `payment failed correlationId=${order}`, stepId: 's-7' });
    const docker = JSON.stringify({ log: `${app}\n`, stream: 'stderr', time: '2026-03-02T10:00:00.5Z' });
    const text = `Time,Pod,Log\n2026-03-02T10:00:01Z,pay-1,${quotedCell(docker)}\n`;
    const { reads } = readAll(text);
    const [read] = reads;
    assert.ok(read);
    assert.equal(groupOf(read.record), order);
    assert.deepEqual([read.record.stepId, read.record.severity], ['s-7', 'error']);
    const names = read.fields.map(({ name }) => name);
    assert.ok(names.indexOf('stepId') < names.indexOf('stream') && names.indexOf('stream') < names.indexOf('Pod'));
    const row = text.split('\n')[1] ?? '';
    const at = (name: string) => read.fields.find(field => field.name === name);
    for (const name of ['correlationId', 'stepId', 'stream', 'Pod']) {
      const field = at(name);
      assert.equal(row.slice(field?.start, field?.end), field?.value, name);
    }
  });

  it('is a line with a head, pairs, or prose by how it begins', () => {
    const read = (cell: string) => {
      const [found] = readAll(`Date,Message\n2026-03-02,${quotedCell(cell)}\n2026-03-02,${quotedCell(cell)}\n`).reads;
      assert.ok(found);
      return found;
    };
    const line = read(`2026-03-02 10:00:00,250 WARN [worker-2] shop.Orders - slow traceId=${order}\n  at shop.Orders`);
    assert.equal(line.record.severity, 'warn');
    assert.equal(line.record.thread, 'worker-2');
    assert.equal(groupOf(line.record), order);
    assert.ok(line.record.message.startsWith(`slow traceId=${order}`));
    const pairs = read(`level=error correlation_id=${order} msg="no, stock"`);
    assert.deepEqual(
      [pairs.record.severity, pairs.record.message, groupOf(pairs.record)],
      ['error', 'no, stock', order],
    );
    const prose = read(`Warn the user: order for requestId ${order}, requestId=${order} is late`);
    assert.equal(groupOf(prose.record), order);
    assert.equal(prose.record.severity, null);
  });

  it('adds what an object of attributes says behind the row’s own, and nothing of a payload', () => {
    const row = (column: string) =>
      `time,trace_id,${column}\n2026-03-02T10:00:00Z,${order},${quotedCell('{"trace_id":"other-trace-id-1","user_id":"u-5"}')}\n`;
    const [read] = readAll(row('attributes')).records;
    assert.deepEqual([groupOf(read), read?.userId], [order, 'u-5']);
    assert.equal(readAll(row('input')).records[0]?.userId, null);
  });
});

describe('any row of any table', () => {
  const part = fc.constantFrom(
    ',',
    '"',
    '""',
    '\t',
    ' ',
    '|',
    '\\x2c',
    '\\',
    '+',
    '{"log":"{',
    '{"a":1}',
    '\n',
    '-',
    'a',
    '7',
    'é😀',
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 40 }).map(parts => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  const layout = fc.record({
    dialect: fc.constantFrom('csv' as const, 'zeek' as const, 'w3c' as const),
    separator: fc.constantFrom(',', '\t', ' ', '|', '"'),
    columns: fc.array(fc.constantFrom('log', 'message', 'a', '', 'cs(User-Agent)', 'time'), { maxLength: 6 }),
    others: fc.array(fc.array(fc.string(), { maxLength: 4 }), { maxLength: 2 }),
    quoted: fc.boolean(),
    comment: fc.constantFrom(null, '#', ''),
    header: fc.boolean(),
    empty: fc.subarray(['-']),
  });

  it('is read without a fault, its fields within the row', () => {
    fc.assert(
      fc.property(text, layout, (row, layout) => {
        for (const { start, end } of tableFormat(layout).read(row) ?? []) {
          assert.ok(start >= 0 && start <= end && end <= row.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('loses no letter', () => {
    const letters = (value: string) => value.replace(/[^a-z]/g, '');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(',', '"', '""', 'a', 'b c', ',"', '",'), { maxLength: 30 }), parts => {
        const row = parts.join('');
        const fields = tableFormat({ ...bare, columns: ['x', 'y'] }).read(row);
        if (fields) assert.equal(letters(fields.map(({ value }) => value).join('')), letters(row));
      }),
      { numRuns: 1000 },
    );
  });

  it('may be a sample of any kind', () => {
    fc.assert(
      fc.property(text, sample => {
        const found = tableLayoutOf(sample);
        assert.ok(found === null || found.columns.length > 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('may be 1 MiB long', () => {
    const long = 'x,'.repeat(512 * 1024);
    assert.equal(fieldsOf(long).length, 3);
    assert.equal(fieldsOf(`1,INFO,"${'""'.repeat(500_000)}"`)[2]?.[1]?.length, 500_000);
  });
});
