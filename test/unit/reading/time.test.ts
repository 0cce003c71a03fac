import assert from 'node:assert/strict';
import fc from 'fast-check';
import { durationInText, durationOf } from '../../../src/common/profile/time/duration';
import { headStampEnd, stampOf } from '../../../src/common/profile/time/looseStamp';
import { stampAt } from '../../../src/common/profile/time/timestamp';
import { isZone, zoneOffset } from '../../../src/common/profile/time/zone';

const iso = (at: bigint) =>
  `${new Date(Number(at / 1_000_000_000n) * 1000).toISOString().slice(0, 19)}.${String(at % 1_000_000_000n).padStart(9, '0')}`;

/** [text, UTC, digits, zone known] with Berlin assumed and 2026 for stamps without a year. */
const stamps: [string, string, number, boolean][] = [
  ['2026-03-02T10:15:00Z', '2026-03-02T10:15:00.000000000', 0, true],
  ['2026-03-02T10:15:00.123456789Z', '2026-03-02T10:15:00.123456789', 9, true],
  ['2026-03-02T10:15:00.5+01:00', '2026-03-02T09:15:00.500000000', 1, true],
  ['2026-03-02T10:15:00.123-0530', '2026-03-02T15:45:00.123000000', 3, true],
  ['2026-03-02 10:15:00,123', '2026-03-02T09:15:00.123000000', 3, false],
  ['2026-07-02 10:15:00', '2026-07-02T08:15:00.000000000', 0, false],
  ['2026-03-02 10:15:00 +0000', '2026-03-02T10:15:00.000000000', 0, true],
  ['2026-03-02 10:15:00 UTC', '2026-03-02T10:15:00.000000000', 0, true],
  ['2026-03-02T10:15Z', '2026-03-02T10:15:00.000000000', 0, true],
  ['2026/03/02 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['2026-04-29 22:08:58:850190 Z', '2026-04-29T22:08:58.850190000', 6, true],
  ['2005-06-03-15.42.50.675872', '2005-06-03T13:42:50.675872000', 6, false],
  ['20260302T101500Z', '2026-03-02T10:15:00.000000000', 0, true],
  ['02-03-2026 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['02/Mar/2026:10:15:00 +0100', '2026-03-02T09:15:00.000000000', 0, true],
  ['02 Mar 2026 10:15:00 GMT', '2026-03-02T10:15:00.000000000', 0, true],
  ['Mon, 02 Mar 2026 10:15:00 GMT', '2026-03-02T10:15:00.000000000', 0, true],
  ['Mar  2 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['Mar 12 10:15:00', '2026-03-12T09:15:00.000000000', 0, false],
  ['Sun Mar 13 22:49:12 2016', '2016-03-13T21:49:12.000000000', 0, false],
  ['I0302 10:15:00.123456', '2026-03-02T09:15:00.123456000', 6, false],
  ['1772446500', '2026-03-02T10:15:00.000000000', 0, true],
  ['1772446500.25', '2026-03-02T10:15:00.250000000', 2, true],
  ['1772446500123', '2026-03-02T10:15:00.123000000', 3, true],
  ['1772446500123456', '2026-03-02T10:15:00.123456000', 6, true],
  ['1772446500123456789', '2026-03-02T10:15:00.123456789', 9, true],
  ['1772446500123.5', '2026-03-02T10:15:00.123500000', 4, true],
  ['0001772446500', '2026-03-02T10:15:00.000000000', 0, true],
  ['2026-03-02T10:15:00.123+01', '2026-03-02T09:15:00.123000000', 3, true],
  ['2026-03-02T10:15:00+01:00[Europe/Berlin]', '2026-03-02T09:15:00.000000000', 0, true],
  ['2026-03-02 10:15:00.123456789 +0100 CET', '2026-03-02T09:15:00.123456789', 9, true],
  ['2026-03-02  10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['2026-03-02\t10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['2026-03-02, 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['2026-Mar-02 10:15:00.5', '2026-03-02T09:15:00.500000000', 1, false],
  ['2026 Mar  2 10:15:00.123', '2026-03-02T09:15:00.123000000', 3, false],
  ['20260302 101500,123', '2026-03-02T09:15:00.123000000', 3, false],
  ['20260302 10:15:00.5', '2026-03-02T09:15:00.500000000', 1, false],
  ['20260302.101500,123', '2026-03-02T09:15:00.123000000', 3, false],
  ['20260302-10:15:00:123', '2026-03-02T09:15:00.123000000', 3, false],
  ['20260302101500', '2026-03-02T09:15:00.000000000', 0, false],
  ['20260302101500123', '2026-03-02T09:15:00.123000000', 3, false],
  ['20260302T101500123', '2026-03-02T09:15:00.123000000', 3, false],
  ['260302 101500', '2026-03-02T09:15:00.000000000', 0, false],
  ['260302 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['260302  9:15:00', '2026-03-02T08:15:00.000000000', 0, false],
  ['26/03/02 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['26-03-02 10:15:00,123', '2026-03-02T09:15:00.123000000', 3, false],
  ['02.03.26 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['25/12/99 10:15:00', '1999-12-25T09:15:00.000000000', 0, false],
  ['02.03.2026 10:15:00.123', '2026-03-02T09:15:00.123000000', 3, false],
  ['3/2/2026 1:15:00 PM', '2026-03-02T12:15:00.000000000', 0, false],
  ['3/2/2026 1:15 PM', '2026-03-02T12:15:00.000000000', 0, false],
  ['03/02/26 12:15:00 AM', '2026-03-01T23:15:00.000000000', 0, false],
  ['3/2/2026, 12:15:00\u202fPM', '2026-03-02T11:15:00.000000000', 0, false],
  ['2026-03-02 01:15:00.5 pm', '2026-03-02T12:15:00.500000000', 1, false],
  ['Mar 2, 2026 1:15:00 PM', '2026-03-02T12:15:00.000000000', 0, false],
  ['Mar 2, 2026, 10:15:00 AM', '2026-03-02T09:15:00.000000000', 0, false],
  ['Mar 02 2026 10:15:00.123', '2026-03-02T09:15:00.123000000', 3, false],
  ['Monday, March 2, 2026 10:15:00 AM', '2026-03-02T09:15:00.000000000', 0, false],
  ['Mon Mar 02 2026 10:15:00 GMT+0100 (Central European Standard Time)', '2026-03-02T09:15:00.000000000', 0, true],
  ['Mon Mar  2 10:15:00 UTC 2026', '2026-03-02T10:15:00.000000000', 0, true],
  ['Mon Mar 2 10:15:00 CET 2026', '2026-03-02T09:15:00.000000000', 0, true],
  ['Mon Mar 2 10:15:00 XYZT 2026', '2026-03-02T09:15:00.000000000', 0, false],
  ['Mon Mar 02 10:15:00.123456 2026', '2026-03-02T09:15:00.123456000', 6, false],
  ['Mon Mar 2 10:15:00 2026 +0100', '2026-03-02T09:15:00.000000000', 0, true],
  ['Mon Mar 2 10:15:00 +0100 2026', '2026-03-02T09:15:00.000000000', 0, true],
  ['[Mon, 02 Mar 2026 10:15:00 +0100', '2026-03-02T09:15:00.000000000', 0, true],
  ['2-Mar-2026::10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['02-Mar-2026 10:15:00 America/New_York', '2026-03-02T15:15:00.000000000', 0, true],
  ['02 Mar 10:15:00.123', '2026-03-02T09:15:00.123000000', 3, false],
  ['03-02 10:15:00.123', '2026-03-02T09:15:00.123000000', 3, false],
  ['25.12 10:15:00', '2026-12-25T09:15:00.000000000', 0, false],
  ['03.02 10:15:00', '2026-03-02T09:15:00.000000000', 0, false],
  ['I20260302 10:15:00.123456', '2026-03-02T09:15:00.123456000', 6, false],
  ['0302/101500.123456', '2026-03-02T09:15:00.123456000', 6, false],
  ['audit(1772446500.123:456)', '2026-03-02T10:15:00.123000000', 3, true],
  ['1772446500.123456', '2026-03-02T10:15:00.123456000', 6, true],
  ['2026-03-02 10:15:00 EST', '2026-03-02T15:15:00.000000000', 0, true],
  ['2026-07-02 10:15:00 PDT', '2026-07-02T17:15:00.000000000', 0, true],
  ['2026-03-02 10:15:00 IST', '2026-03-02T04:45:00.000000000', 0, true],
  ['2026-03-02 10:15:00.123 MSK', '2026-03-02T07:15:00.123000000', 3, true],
  ['2026-03-02 10:15:00 JST', '2026-03-02T01:15:00.000000000', 0, true],
  ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00.000000000', 0, true],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000000', 0, true],
  ['2026-03-02T10:15:00.1234567Z', '2026-03-02T10:15:00.123456700', 7, true],
  // A time of day: on the day of the file's last change.
  ['10:15:00.123', '2026-12-30T09:15:00.123000000', 3, false],
];
const noStamps = [
  '',
  'x',
  '-',
  '42',
  '0',
  '12345678',
  '2026-03-02',
  '2026-13-02T10:15:00Z',
  '2026-02-30T10:15:00Z',
  '2026-03-02T25:00:00Z',
  'Marsh 2 10:15:00',
  'never',
  '0001-01-01T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '2200-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
  '99999999999999999999',
  '99999999999',
  '99999999-99-99',
  '2025-02-29T00:00:00Z',
  '2026-03-02T13:15:00 PM',
  '2026-03-02T10:61:00Z',
  '2026-03-02T10:15:61Z',
  '[12345.678901]',
  '12345.678901',
  '192.168.10.12',
  '10.12.14',
  '1.22.333',
  'v1.2.3 10:15',
  '555-12-3456',
  '+49 30 123456',
  '00:01:02:03',
  '1:02:03',
  '123456 789012',
  '12-34 10:15:00',
  'audit(1:2)',
  'Decade 12 10:15:00',
  'Monster Mar 2 10:15:00 2026',
];

describe('stamps', () => {
  const context = { zoneOffset: zoneOffset('Europe/Berlin'), modified: Date.UTC(2026, 11, 30, 22, 59) };

  for (const [text, expected, digits, zoneKnown] of stamps) {
    it(`reads ${text}`, () => {
      const stamp = stampOf(text, context);
      assert.ok(stamp);
      assert.deepEqual(
        [iso(stamp.at), stamp.digits, stamp.zoneKnown, stamp.end],
        [expected, digits, zoneKnown, text.length],
      );
    });
  }
  for (const text of noStamps)
    it(`takes ${JSON.stringify(text)} for no stamp`, () => assert.equal(stampOf(text, context), null));

  it('stops where the stamp ends', () => {
    assert.equal(stampAt('2026-03-02 10:15:00 - INFO', 0)?.end, 19);
    assert.equal(stampAt('2026-03-02 10:15:00,4711', 0)?.end, 19, 'a comma may separate cells');
    assert.equal(headStampEnd('10:15:00.123 INFO', 0), 12);
    assert.equal(headStampEnd('101500 INFO', 0), -1);
    assert.equal(stampAt('[Mon Mar  2 10:15:00 CET 2026] x', 1)?.end, 29);
    assert.equal(stampAt('2026-03-02 10:15:00 EST5 x', 0)?.end, 19, 'a longer word is no zone');
    assert.equal(stampAt('2026-03-02 10:15:00 INFO x', 0)?.end, 19);
    assert.equal(stampAt('2026-03-02 10:15:00 Z x', 0)?.end, 21);
    assert.equal(stampAt('2026-03-02 10:15:00 Nowhere/Land x', 0)?.end, 19);
    assert.equal(stampAt('2026-03-02 10:15:00 PMC x', 0)?.end, 19);
    assert.equal(stampAt('2026-03-02_10:15:00_old 2026-03-03 10:15:00', 0), null, 'the name of a file');
    assert.equal(stampAt('Mar  2 10:15:00 web 2048 bytes', 0)?.end, 15);
    assert.equal(stampAt('Mar  2 10:15:00 WEB 2048 bytes', 0)?.end, 15, 'only behind a day of the week');
  });

  it('takes what may be anything for a time only at the head of a line', () => {
    const heads: [string, number][] = [
      ['1772446500 x', 10],
      ['1772446500.123456 x', 17],
      ['1772446500123] x', 13],
      ['1772446500123456\tx', 16],
      ['1772446500123456789 x', 19],
      ['260302 101500 148 x', 13],
      ['03-02 10:15:00.123  17 x', 18],
      ['20260302101500 x', 14],
      ['9:15:00 PM x', 10],
    ];
    for (const [line, end] of heads) {
      assert.equal(headStampEnd(line, 0), end, line);
      assert.equal(stampAt(line, 0), null, line);
    }
    const none = [
      '5551234567 x',
      '0123456789 x',
      '1772446500-17 x',
      '1772446500:17',
      '12345.678901 x',
      '260302 101500-7',
    ];
    for (const line of [...none, '9:15:00 x', '17724465001 x', '99991231235959 x'])
      assert.equal(headStampEnd(line, 0), -1, line);
  });

  it('agrees with Date on every millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), ms => {
        const text = new Date(ms).toISOString();
        assert.equal(stampOf(text)?.at, BigInt(ms) * 1_000_000n);
        assert.equal(stampOf(text.replace('T', ' ').replace('Z', ''))?.at, BigInt(ms) * 1_000_000n);
      }),
    );
  });

  it('finds the instant on both sides of a change of the clocks', () => {
    const berlin = { zoneOffset: zoneOffset('Europe/Berlin') };
    assert.equal(iso(stampOf('2026-03-29 01:59:59', berlin)?.at ?? 0n), '2026-03-29T00:59:59.000000000');
    assert.equal(iso(stampOf('2026-03-29 03:00:00', berlin)?.at ?? 0n), '2026-03-29T01:00:00.000000000');
    assert.equal(iso(stampOf('2026-10-25 03:00:00', berlin)?.at ?? 0n), '2026-10-25T02:00:00.000000000');
  });

  it('knows zones', () => {
    assert.equal(zoneOffset('+05:30')(0), 330);
    assert.equal(zoneOffset('UTC')(0), 0);
    assert.equal(zoneOffset('Nowhere/Land')(0), 0);
    assert.ok(isZone('Europe/Berlin') && isZone('UTC') && !isZone('Nowhere/Land'));
  });

  it('is linear in its text', () => {
    const context = { modified: 0 };
    for (const unit of ['1', '9', '12:', '01/', '2026-03-02 ', 'Mar ', 'audit(', '10.', ' ']) {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      stampOf(text, context);
      for (let at = 0; at < text.length; at++) void [stampAt(text, at, context), headStampEnd(text, at)];
    }
  });

  it('throws at no text', () => {
    fc.assert(fc.property(fc.string(), text => void stampOf(text)));
    fc.assert(fc.property(fc.stringMatching(/^[0-9TZ:.,+\- /]{0,40}$/), text => void stampOf(text)));
  });
});

const durations: [string, string, number | null][] = [
  ['duration', '8ms', 8e6],
  ['duration', '8.4s', 8.4e9],
  ['duration', '1.5 ms', 1.5e6],
  ['duration', '2m3s', 123e9],
  ['duration', '944.101µs', 944_101],
  ['elapsed', '00:00:00.0184610', 18_461_000],
  ['elapsed', '1.02:03:04', 93_784e9],
  ['latency', 'PT0.5S', 5e8],
  ['latency', '0.5s', 5e8],
  ['duration_ms', '8', 8e6],
  ['durationMs', '8.5', 8.5e6],
  ['tookMillis', '8', 8e6],
  ['duration_ns', '8', 8],
  ['tookNano', '8', 8],
  ['elapsed_us', '8', 8000],
  ['elapsed_seconds', '0.25', 2.5e8],
  ['duration_s', '1.5', 1.5e9],
  ['responseTime', '12.5', 12.5e6],
  ['event.duration', '77', 77],
  ['request_time', '0.005', 5e6],
  ['ElapsedMilliseconds', '12.5', 12.5e6],
  ['durationMicros', '8', 8000],
  ['durationNanos', '8', 8],
  ['duration_nanos', '8', 8],
  ['durationSec', '8', 8e9],
  ['duration_sec', '8', 8e9],
  ['durationInMs', '8', 8e6],
  ['duration_in_millis', '8', 8e6],
  ['processing_ms', '8', 8e6],
  ['time_ms', '8', 8e6],
  ['tookNanos', '8', 8],
  ['duration_ms', '8,400', 8.4e9],
  ['duration_ms', '1,234,567.5', 1234567.5e6],
  ['duration', '8,400 ms', 8.4e9],
  ['duration', '8,4s', 8.4e9],
  ['duration', '0,400s', 4e8],
  ['duration', '0m8.4s', 8.4e9],
  // A comma before three digits of seconds divides thousands in one country and tenths in another.
  ['duration', '8,400s', null],
  ['elapsed', '0.001', null],
  ['Elapsed', '12.5', null],
  // Nothing takes more than ten years.
  ['duration_ms', '1e20', null],
  ['duration_ms', '1772446500123', null],
  ['duration', '9999999999999h', null],
  ['duration', 'P99999999D', null],
  ['duration', '99999999.00:00:00', null],
  ['duration', '87600h', 87_600 * 3600e9],
  ['duration', '8', null],
  ['duration', 'long', null],
  ['duration', '-5ms', null],
  ['duration', '5 parsecs', null],
];

describe('durations', () => {
  for (const [name, value, expected] of durations) {
    it(`${name}=${value}`, () => assert.equal(durationOf(name, value), expected));
  }

  const messages: [string, string, string | null][] = [
    ['Completed 200 OK in 24ms (Views: 3ms)', 'Completed', '24ms'],
    ['step finished (8.4s)', 'finished', '8.4s'],
    ['step completed 120ms', 'completed', '120ms'],
    ['Task x succeeded in 0.0119s: 4', 'succeeded', '0.0119s'],
    ['Tool failed after 30 s', 'failed', '30 s'],
    ['step completed in 8,400 ms', 'completed', '8,400 ms'],
    ['step completed in 0m8.4s', 'completed', '0m8.4s'],
    ['step completed in 1m 3s, no errors', 'completed', '1m 3s'],
    ['step completed in 8,4s', 'completed', '8,4s'],
    ['step finished [8400 ms]', 'finished', '8400 ms'],
    ['step completed in 9999999999999h', 'completed', null],
    ['call completed, took 2.1 s', 'completed', '2.1 s'],
    ['call failed: no answer within 1000 ms', 'failed', null],
    ['call failed: timed out after 1000 ms', 'failed', null],
    ['run completed; next in 5 minutes', 'completed', null],
    ['run completed, next run in 5 minutes', 'completed', null],
    ['attempt 3 completed of 5', 'completed', null],
    ['measured completed in 3 m/s', 'completed', null],
  ];
  for (const [message, verb, expected] of messages) {
    it(`${message}: ${expected}`, () => {
      const found = durationInText(message, message.indexOf(verb) + verb.length);
      assert.equal(found && message.slice(found.start, found.end), expected);
      assert.equal(found?.value ?? null, expected && durationOf('', expected));
    });
  }

  it('throw at no text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => void [durationOf(name, value), durationInText(value, 0)]),
    );
  });
});
