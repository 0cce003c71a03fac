import assert from 'node:assert/strict';
import { partsOf, recordsOf } from './readLine';

const jsonLines = (records: readonly unknown[]): string =>
  `${records.map(value => JSON.stringify(value)).join('\n')}\n`;
const partsOfAll = (records: readonly unknown[]) => recordsOf(jsonLines(records)).map(partsOf);
const idsOf = (text: string) =>
  recordsOf(text).map(({ correlationIds }) => correlationIds.map(({ id }) => id).join(' '));
const uuid = (number: number) => `9c8d7e6f-1a2b-4c3d-8e9f-0a1b2c3d4e5${number}`;

describe('a stamp that no known name tells', () => {
  const times = (records: readonly unknown[]) => partsOfAll(records).map(({ time }) => time);

  it('is the field that is named as a time and always holds one', () => {
    assert.deepEqual(times([{ proxyTimestamp: '2026-03-02T10:15:00Z', took_kb: 4 }]), ['2026-03-02T10:15:00.000Z']);
    assert.deepEqual(times([{ callTimeEpoch: '1772446500123' }]), ['2026-03-02T10:15:00.123Z']);
    assert.deepEqual(times([{ requestTime: '02/Mar/2026:10:15:00 +0000' }]), ['2026-03-02T10:15:00.000Z']);
  });

  it('is no time until when something holds, and no short number', () => {
    assert.deepEqual(times([{ tokenExpiryTime: '2026-03-02T10:15:00Z', msg: 'x' }]), [undefined]);
    assert.deepEqual(times([{ idleTime: '1234567', msg: 'x' }]), [undefined]);
  });

  it('yields to a known name', () =>
    assert.deepEqual(times([{ leaseTimestamp: '2026-03-02T09:00:00Z', ts: '2026-03-02T10:15:00Z' }]), [
      '2026-03-02T10:15:00.000Z',
    ]));
});

describe('layouts that programs log JSON in', () => {
  it("are read: log4j's milliseconds and Logstash's event", () =>
    assert.deepEqual(
      partsOfAll([{ level: 'WARN', loggerName: 'pipe', timeMillis: 1772446500123, logEvent: { message: 'full' } }]),
      [{ format: 'json', time: '2026-03-02T10:15:00.123Z', severity: 'warn', logger: 'pipe', message: 'full' }],
    ));

  it('are read: the letters of MongoDB', () => {
    const record = {
      t: { $date: '2026-03-02T10:15:00.123+00:00' },
      s: 'W',
      c: 'REPL',
      id: 21,
      ctx: 'conn9',
      msg: 'slow',
    };
    assert.deepEqual(partsOfAll([record]), [
      {
        format: 'json',
        time: '2026-03-02T10:15:00.123Z',
        severity: 'warn',
        thread: 'conn9',
        logger: 'REPL',
        message: 'slow',
      },
    ]);
  });

  it('do not take what a call asked for as its duration', () => {
    const [record] = recordsOf(
      jsonLines([{ eventTime: '2026-03-02T10:15:00Z', requestParameters: { durationSeconds: 900 } }]),
    );
    assert.equal(record?.duration, null);
  });
});

describe('IDs of requests under the names of their programs', () => {
  it('are found', () => {
    assert.deepEqual(idsOf(jsonLines([{ RayID: '7d1fde4e984e5ab2' }])), ['7d1fde4e984e5ab2']);
    assert.deepEqual(idsOf(jsonLines([{ auditID: uuid(1), stage: 'RequestReceived' }])), [uuid(1)]);
    assert.deepEqual(idsOf('2026-03-02T10:15:00.123Z info hostd[77] [Originator@6876 sub=Lro opID=5e12a0cf] begin\n'), [
      '5e12a0cf',
    ]);
  });

  it('are not taken where they are small numbers', () =>
    assert.deepEqual(
      idsOf(
        jsonLines([
          { auditID: 17, msg: 'x' },
          { opid: 4, msg: 'y' },
        ]),
      ),
      ['', ''],
    ));
});

describe('what the data shows', () => {
  it("takes none of journald's own fields for a group", () => {
    const records = Array.from({ length: 12 }, (_, index) => ({
      __CURSOR: `s=a991dd5775894620914f2f7126aae6c${index};i=${index}`,
      __REALTIME_TIMESTAMP: `${1772446500123456 + index}`,
      _SYSTEMD_INVOCATION_ID: `e8fb03c1b8bf47b8ac2fc82f9870fd5${index >> 1}`,
      MESSAGE: `line ${index}`,
    }));
    assert.deepEqual(new Set(idsOf(jsonLines(records))), new Set(['']));
  });

  it('takes a bare id that recurs, not one that is new on each record', () => {
    const records = (idOf: (index: number) => string) =>
      Array.from({ length: 12 }, (_, index) => ({ id: idOf(index), msg: `step ${'abc'.charAt(index % 3)}` }));
    const drawn = (index: number) => `q62wCcIkEOueqF${10 + index}`;
    assert.equal(new Set(idsOf(jsonLines(records(index => drawn(Math.floor(index / 3)))))).size, 4);
    assert.deepEqual(new Set(idsOf(jsonLines(records(drawn)))), new Set(['']));
  });

  it("takes Zeek's connection before the files that were sent in it", () => {
    const rows = ['CwFs1P2UcUdlSxD2La', 'CJxSUgkInyKSHiju1', 'CwFs1P2UcUdlSxD2La', 'CtgxRAqDLvrRUQdqe'];
    const cells = rows.map((uid, index) => [`177244650${index}.5`, uid, 'GET', `Ftw3fJ2JJF3ntMTL${index}`]);
    const table = ['#separator \\x09', '#fields\tts\tuid\tmethod\tresp_fuids', ...cells.map(row => row.join('\t'))];
    assert.deepEqual(idsOf(`${table.join('\n')}\n`), rows);
    const json = cells.map(([ts, uid, method, resp_fuids]) => ({ ts: Number(ts), uid, method, resp_fuids }));
    assert.deepEqual(idsOf(jsonLines(json)), rows);
  });

  it('lets the event of an audit group where no session does', () => {
    const lines = (session: number) =>
      `type=CWD msg=audit(1772446500.123:71): cwd="/"\ntype=SYSCALL msg=audit(1772446500.123:71): pid=4 ses=${session}\n`;
    assert.deepEqual(idsOf(lines(4294967295)), ['1772446500.123:71', '1772446500.123:71']);
    assert.deepEqual(idsOf(lines(12)), ['', '12']);
  });
});

describe('the year of stamps beside others that name theirs', () => {
  const times = (lines: readonly string[]) => recordsOf(`${lines.join('\n')}\n`).map(record => partsOf(record).time);

  it('is theirs, whenever the file was last changed', () =>
    assert.deepEqual(
      times([
        'Feb 25 16:19:38 edge haproxy[7]: Proxy in started.',
        'Feb 25 16:19:49 edge haproxy[7]: 192.0.2.7:5 [25/Feb/2019:16:19:48.143] in~ app/s1 0/0/7/14/21 200 9 - - ---- 2/1/0/0/0 0/0 "GET / HTTP/1.1"',
      ]),
      ['2019-02-25T16:19:38.000Z', '2019-02-25T16:19:48.143Z'],
    ));

  it('is the one before or after where that is nearer', () => {
    const lines = ['2019-01-03 10:15:00 INFO up', 'Dec 30 10:15:00 INFO down', 'Jan 02 10:15:00 INFO up'];
    assert.deepEqual(times(lines), [
      '2019-01-03T10:15:00.000Z',
      '2018-12-30T10:15:00.000Z',
      '2019-01-02T10:15:00.000Z',
    ]);
  });
});
