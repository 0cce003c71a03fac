import assert from 'node:assert/strict';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import type { ProfileOverrides } from '../../../src/common/profile/profileOverrides';
import { profileSource } from '../../../src/common/profile/profileSource';
import { dateOrderOf } from '../../../src/common/profile/time/dateOrder';
import { stampOf } from '../../../src/common/profile/time/looseStamp';
import { zoneOffset } from '../../../src/common/profile/time/zone';
import { decideZone, type SeenStamps } from '../../../src/common/profile/time/zoneRule';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';

const location = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };
const utc = (text: string) => Date.parse(`${text}Z`);
const isoAt = (at: bigint) => new Date(Number(at / 1_000_000n)).toISOString().slice(0, 19);

/** Reads each line of a source that was changed last at `modified`, on a machine in Berlin. */
function read(lines: string[], modified: string, overrides: ProfileOverrides = {}) {
  const change = { modified: utc(modified) };
  const profile = profileSource({
    sample: `${lines.join('\n')}\n`,
    sourceName: 'orders.log',
    overrides,
    complete: true,
    assumedZone: 'Europe/Berlin',
    ...change,
  });
  const reader = compileReader(profile, change);
  const records = lines.flatMap(line => reader.read(line, location).map(({ record }) => record));
  return { profile, records };
}

const isoOf = ({ time }: LogRecord) => time && isoAt(time.at);

describe('the year of a stamp that names none', () => {
  const yearOf = (text: string, modified: string, zone = 'UTC') =>
    isoAt(stampOf(text, { modified: utc(modified), zoneOffset: zoneOffset(zone) })?.at ?? 0n);

  it("is that of the file's last change", () => {
    assert.equal(yearOf('Mar  2 10:15:00', '2026-03-02T10:15:01'), '2026-03-02T10:15:00');
    assert.equal(yearOf('Mar  2 10:15:00', '2027-01-02T10:15:01'), '2026-03-02T10:15:00');
  });

  it('is the one before where the stamp would lie more than a day after that', () => {
    assert.equal(yearOf('Dec 31 23:59:59', '2026-01-01T00:00:02'), '2025-12-31T23:59:59');
    assert.equal(yearOf('Jan  1 00:00:01', '2026-01-01T00:00:02'), '2026-01-01T00:00:01');
    assert.equal(yearOf('Mar  3 10:14:00', '2026-03-02T10:15:00'), '2026-03-03T10:14:00');
    assert.equal(yearOf('Mar  4 10:16:00', '2026-03-02T10:15:00'), '2025-03-04T10:16:00');
  });

  it('is counted in the zone of the source', () => {
    assert.equal(yearOf('Jan  1 00:30:00', '2025-12-31T23:30:00', 'Europe/Berlin'), '2025-12-31T23:30:00');
  });

  it('is a leap year for 29 February', () => {
    assert.equal(yearOf('Feb 29 10:15:00', '2026-03-02T10:15:00'), '2024-02-29T10:15:00');
    assert.equal(yearOf('Feb 29 10:15:00', '2104-02-27T10:15:00'), '2096-02-29T10:15:00');
    assert.equal(isoAt(stampOf('Feb 29 10:15:00')?.at ?? 0n), '1972-02-29T10:15:00');
  });

  it('is said to be assumed', () => {
    const [record] = read(['Mar  2 10:15:00 web api[7]: x'], '2026-03-02T09:15:00').records;
    assert.deepEqual([record?.time?.dateAssumed, record?.time?.zoneAssumed], [true, true]);
    const [whole] = read(['2026-03-02T10:15:00Z INFO x'], '2026-03-02T09:15:00').records;
    assert.deepEqual([whole?.time?.dateAssumed, whole?.time?.zoneAssumed], [false, false]);
  });
});

describe('the date of a time of day', () => {
  const lines = ['23:59:58.500 INFO a.B x', '00:00:01.000 INFO a.B y'];

  it("is that of the file's last change, or the day before where it would lie after that", () => {
    const { records } = read(lines, '2026-03-02T00:00:01', { timezone: 'UTC' });
    assert.deepEqual(records.map(isoOf), ['2026-03-01T23:59:58', '2026-03-02T00:00:01']);
    assert.deepEqual(
      records.map(({ time }) => [time?.dateAssumed, time?.zoneAssumed]),
      [
        [true, false],
        [true, false],
      ],
    );
  });

  it('is counted in the zone of the source', () => {
    const { records } = read(['00:30:00 INFO a.B x'], '2026-03-01T23:30:02', { timezone: 'Europe/Berlin' });
    assert.deepEqual(records.map(isoOf), ['2026-03-01T23:30:00']);
  });

  it('gives way to a date that another field has', () => {
    const { records } = read(['{"time":"10:15:00.123","timestamp":"2025-01-02T10:15:00.124Z"}'], '2026-03-02T00:00:01');
    assert.deepEqual([isoOf(records[0]!), records[0]?.time?.dateAssumed], ['2025-01-02T10:15:00', false]);
  });

  it('is in a field of its own', () => {
    const one = (record: object) => {
      const [found] = read([JSON.stringify(record)], '2026-03-05T00:00:01', { timezone: '+01:00' }).records;
      return [found && isoOf(found), found?.time?.dateAssumed, found?.time?.zoneAssumed];
    };
    assert.deepEqual(one({ date: '2026-03-02', time: '10:15:00.5', level: 'info' }), [
      '2026-03-02T09:15:00',
      false,
      false,
    ]);
    assert.deepEqual(one({ Time: '10:15:00,123', Date: '02.03.2026' }), ['2026-03-02T09:15:00', false, false]);
    assert.deepEqual(one({ Date: '260302', Time: '101500' }), ['2026-03-02T09:15:00', false, false]);
    // The W3C's extended log format has its times in GMT.
    const iis = { date: '2026-03-02', time: '10:15:00', 'cs-method': 'GET', 'sc-status': '200' };
    assert.deepEqual(one(iis), ['2026-03-02T10:15:00', false, false]);
    assert.equal(read([JSON.stringify(iis)], '2026-03-05T00:00:01').profile.timezone.assumed, false);
  });
});

describe('the order of a date of three numbers', () => {
  it('is one in which every stamp is a date', () => {
    assert.equal(dateOrderOf(['03/02/2026 10:15:00', '03/13/2026 10:15:00'], null), 'mdy');
    assert.equal(dateOrderOf(['02/03/2026 10:15:00', '13/03/2026 10:15:00'], null), 'dmy');
    assert.equal(dateOrderOf(['99/03/31 10:15:00'], null), 'ymd');
  });

  it('is that in which the stamps lie closest together', () => {
    const days = ['03/01/2026 10:15:00', '03/02/2026 10:15:00', '03/03/2026 10:15:00'];
    assert.equal(dateOrderOf(days, null), 'mdy');
    assert.equal(dateOrderOf(['01/03/26 1:00:00', '02/03/26 1:00:00'], null), 'dmy');
  });

  it("is that in which the last stamp is nearest to the file's last change, and not after it", () => {
    assert.equal(dateOrderOf(['03/02/2026 10:15:00'], utc('2026-03-02T10:15:00')), 'mdy');
    assert.equal(dateOrderOf(['03/02/2026 10:15:00'], utc('2026-02-03T10:15:00')), 'dmy');
    assert.equal(dateOrderOf(['02/03/26 10:15:00'], utc('2026-03-05T10:15:00')), 'dmy');
  });

  it('is not decided where nothing tells', () => {
    assert.equal(dateOrderOf(['03/02/2026 10:15:00'], null), null);
    assert.equal(dateOrderOf(['2026-03-02 10:15:00'], null), null);
    assert.equal(dateOrderOf([], null), null);
  });

  it('holds for all records of a source', () => {
    const { profile, records } = read(
      ['03/12/2026 10:15:00 INFO x', '03/13/2026 10:15:00 INFO y'],
      '2026-06-01T00:00:00',
      { timezone: 'UTC' },
    );
    assert.equal(profile.dateOrder, 'mdy');
    assert.deepEqual(records.map(isoOf), ['2026-03-12T10:15:00', '2026-03-13T10:15:00']);
  });
});

describe('the zone of stamps that name none', () => {
  const unzoned = (text: string, instant: string | null = null): SeenStamps => ({
    unzoned: utc(text),
    instant: instant === null ? null : utc(instant),
    offset: null,
  });
  const nothing = { override: undefined, last: null, modified: null, assumed: 'Europe/Berlin' };

  it("is the user's word before all else", () => {
    const seen = [unzoned('2026-03-02T18:15:00', '2026-03-02T10:15:00')];
    assert.deepEqual(decideZone({ ...nothing, override: 'Asia/Tokyo', seen }), {
      value: 'Asia/Tokyo',
      assumed: false,
      evidence: 'user',
    });
  });

  it('does not matter where all stamps name one', () => {
    const seen = [{ unzoned: null, instant: utc('2026-03-02T10:15:00'), offset: 120 }];
    assert.deepEqual(decideZone({ ...nothing, seen }), { value: 'UTC', assumed: false, evidence: 'data' });
  });

  it('is the offset to another stamp of the same record', () => {
    const zoneOf = (...seen: SeenStamps[]) => decideZone({ ...nothing, seen });
    const far = zoneOf(
      unzoned('2026-03-02T18:15:00.100', '2026-03-02T10:15:00.350'),
      unzoned('2026-03-02T18:15:09', '2026-03-02T10:15:09'),
    );
    assert.deepEqual(far, { value: '+08:00', assumed: true, evidence: 'data' });
    assert.equal(zoneOf(unzoned('2026-03-02T05:45:00', '2026-03-02T10:15:00')).value, '-04:30');
    assert.equal(zoneOf(unzoned('2026-03-02T10:15:00', '2026-03-02T10:15:00')).value, 'UTC');
    // A zone that changes its clocks has both offsets.
    const summer = unzoned('2026-07-02T12:15:00', '2026-07-02T10:15:00');
    const winter = unzoned('2026-03-02T11:15:00', '2026-03-02T10:15:00');
    assert.deepEqual(zoneOf(winter, summer), { value: 'Europe/Berlin', assumed: true, evidence: 'data' });
    // Stamps of different moments, or that contradict each other, tell nothing.
    assert.equal(zoneOf(unzoned('2026-03-02T18:19:00', '2026-03-02T10:15:00')).evidence, 'default');
    assert.equal(zoneOf(winter, unzoned('2026-03-02T14:15:00', '2026-03-02T10:15:00')).evidence, 'default');
  });

  it('is that of the records that name one, if they agree', () => {
    const named = (offset: number) => ({ unzoned: null, instant: utc('2026-03-02T10:15:00'), offset });
    const plain = unzoned('2026-03-02T10:15:00');
    assert.equal(decideZone({ ...nothing, seen: [plain, named(330), named(330)] }).value, '+05:30');
    assert.equal(decideZone({ ...nothing, seen: [plain, named(330), named(0)] }).evidence, 'default');
  });

  it("is the whole or half hours between the last stamp and the file's last change", () => {
    const at = (last: string, modified: string) =>
      decideZone({ ...nothing, seen: [unzoned(last)], last: utc(last), modified: utc(modified) });
    assert.deepEqual(at('2026-03-02T15:45:00', '2026-03-02T10:15:03'), {
      value: '+05:30',
      assumed: true,
      evidence: 'data',
    });
    assert.equal(at('2026-03-02T10:15:00', '2026-03-02T10:15:00.2').value, 'UTC');
    assert.deepEqual(at('2026-03-02T11:15:00', '2026-03-02T10:15:00'), {
      value: 'Europe/Berlin',
      assumed: true,
      evidence: 'data',
    });
    assert.equal(at('2026-03-02T10:15:00', '2026-03-02T10:16:00').evidence, 'default', 'a minute later');
    assert.equal(at('2026-03-01T10:15:00', '2026-03-02T10:15:00').evidence, 'default', 'no zone is that far');
  });

  it('is assumed where nothing tells', () => {
    assert.deepEqual(decideZone({ ...nothing, seen: [unzoned('2026-03-02T10:15:00')] }), {
      value: 'Europe/Berlin',
      assumed: true,
      evidence: 'default',
    });
  });

  it("is found in a source's records", () => {
    const wrap = (log: string, time: string) => JSON.stringify({ log: `${log}\n`, stream: 'stdout', time });
    const wrapped = read(
      [
        wrap('2026-03-02 18:15:00.100 INFO a.B x', '2026-03-02T10:15:00.101234567Z'),
        wrap('2026-03-02 18:15:01.100 INFO a.B y', '2026-03-02T10:15:01.101234567Z'),
      ],
      '2026-05-05T05:05:05',
    );
    assert.equal(wrapped.profile.timezone.value, '+08:00');
    const clocks = read([wrap('18:15:00.100 INFO a.B x', '2026-03-02T10:15:00.101234567Z')], '2026-05-05T05:05:05');
    assert.equal(clocks.profile.timezone.value, '+08:00', 'also of a time of day');
    const followed = read(['2026-03-02 05:15:00 INFO x', '2026-03-02 05:15:07 INFO y'], '2026-03-02T10:15:08');
    assert.equal(followed.profile.timezone.value, '-05:00');
    assert.equal(followed.records[1]?.time?.zoneAssumed, true);
    assert.equal(isoOf(followed.records[1]!), '2026-03-02T10:15:07');
    const syslog = read(['Mar  2 05:15:00 web api[7]: x', 'Mar  2 05:15:07 web api[7]: y'], '2026-03-02T10:15:08');
    assert.equal(syslog.profile.timezone.value, '-05:00', 'also without a year');
  });

  it('is kept, so that a time can be shown as the log has it; a number since the epoch has none', () => {
    const zones = (line: string, overrides?: ProfileOverrides) =>
      read([line, line], '2026-03-02T10:15:00', overrides).records.map(({ time }) => time?.zoneMinutes);
    assert.deepEqual(zones('2026-03-02T15:45:00+05:30 INFO x'), [330, 330]);
    assert.deepEqual(zones('2026-03-02T10:15:00Z INFO x'), [0, 0]);
    assert.deepEqual(zones('2026-03-02 03:15:00 INFO x', { timezone: '-07:00' }), [-420, -420]);
    assert.deepEqual(zones('{"ts":1772446500123,"level":"info","msg":"x"}'), [undefined, undefined]);
  });

  it('is not read off the last change where the sample ends before the source does', () => {
    const sample = '2026-03-02 05:15:00 INFO x\n2026-03-02 05:15:07 INFO y\n';
    const profile = profileSource({ sample, sourceName: 'x.log', modified: utc('2026-03-02T10:15:08') });
    assert.equal(profile.timezone.evidence, 'default');
  });
});

describe('a number since the epoch in a column', () => {
  const lines = [0, 1, 2, 3, 4, 5].map(
    n => `${7 * n + 4711} node-${n} link.state down ${1772446500 + n} 1 port ${n} is down`,
  );

  it('is the time of a source whose lines have no other', () => {
    const { profile, records } = read(lines, '2026-03-02T10:16:00');
    assert.equal(profile.stampColumn, 4);
    assert.deepEqual(records.slice(0, 2).map(isoOf), ['2026-03-02T10:15:00', '2026-03-02T10:15:01']);
  });

  it('is none where it never changes, or lines have a stamp', () => {
    const constant = lines.map(line => line.replace(/17724465\d\d/, '1772446500'));
    assert.equal(read(constant, '2026-03-02T10:16:00').profile.stampColumn, undefined);
    const stamped = lines.map(line => `2026-03-02T10:15:00Z ${line}`);
    assert.equal(read(stamped, '2026-03-02T10:16:00').profile.stampColumn, undefined);
  });
});

describe('a trace of records whose date or zone was assumed', () => {
  it('says so', () => {
    const { records } = read(['Mar  2 10:15:00 web api[7]: x correlationId=c-7c2d9f7b'], '2026-03-05T10:15:00');
    const { notes } = assembleTrace({ correlationId: 'c-7c2d9f7b', records });
    assert.deepEqual(
      notes.map(({ kind, count }) => [kind, count]),
      [
        ['zoneAssumed', 1],
        ['dateAssumed', 1],
      ],
    );
  });
});
