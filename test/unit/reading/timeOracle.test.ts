import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { headStampEnd, stampOf } from '../../../src/common/profile/time/looseStamp';
import { zoneOffset } from '../../../src/common/profile/time/zone';

/** Luxon formats an instant; our parser has to find it again, to the precision of the layout. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'America/Sao_Paulo',
];

/** [layout in luxon's tokens, milliseconds of its unit, what it names]. */
const layouts: [string, number, 'zone' | 'date' | 'day'][] = [
  ["yyyy-MM-dd'T'HH:mm:ss.SSSZZ", 1, 'zone'],
  ["yyyy-MM-dd'T'HH:mm:ssZZZ", 1000, 'zone'],
  ['yyyy/MM/dd HH:mm:ss.SSS ZZ', 1, 'zone'],
  ["yyyyMMdd'T'HHmmssZZZ", 1000, 'zone'],
  ['dd/LLL/yyyy:HH:mm:ss ZZZ', 1000, 'zone'],
  ['ccc, dd LLL yyyy HH:mm:ss ZZZ', 1000, 'zone'],
  ['ccc LLL d HH:mm:ss ZZZ yyyy', 1000, 'zone'],
  ["ccc LLL dd yyyy HH:mm:ss 'GMT'ZZZ", 1000, 'zone'],
  ['yyyy-MM-dd HH:mm:ss z', 1000, 'zone'],
  ['yyyy-MM-dd HH:mm:ss,SSS', 1, 'date'],
  ['yyyy-MM-dd HH:mm', 60_000, 'date'],
  ['yyyyMMdd HHmmss,SSS', 1, 'date'],
  ['yyyyMMddHHmmssSSS', 1, 'date'],
  ['yyyyMMddHHmmss', 1000, 'date'],
  ['yyMMdd HHmmss', 1000, 'date'],
  ['yy/MM/dd HH:mm:ss', 1000, 'date'],
  ['yyyy-MM-dd-HH.mm.ss.SSS', 1, 'date'],
  ['dd.MM.yyyy HH:mm:ss', 1000, 'date'],
  ['dd-LLL-yyyy HH:mm:ss.SSS', 1, 'date'],
  ['LLL d, yyyy h:mm:ss a', 1000, 'date'],
  ['cccc, LLLL d, yyyy h:mm:ss.SSS a', 1, 'date'],
  ['ccc LLL dd HH:mm:ss.SSS yyyy', 1, 'date'],
  ['M/d/yyyy h:mm:ss a', 1000, 'date'],
  ['LLL d HH:mm:ss', 1000, 'day'],
  ['MM-dd HH:mm:ss.SSS', 1, 'day'],
  ["'I'MMdd HH:mm:ss.SSS", 1, 'day'],
];

const at1970 = Date.UTC(1970, 0, 2);
const at2069 = Date.UTC(2069, 0, 1);

describe('stamps against luxon', () => {
  for (const [layout, unit, names] of layouts) {
    it(layout, () => {
      fc.assert(
        fc.property(fc.integer({ min: at1970, max: at2069 }), fc.constantFrom(...zones), (ms, zone) => {
          const time = DateTime.fromMillis(ms, { zone, locale: 'en-US' });
          const text = time.toFormat(layout);
          const context = {
            zoneOffset: zoneOffset(names === 'zone' ? 'Asia/Tokyo' : zone),
            // The file was changed within the year behind the stamp.
            modified: ms + 300 * 86_400_000 * ((ms % 97) / 97),
          };
          const stamp = stampOf(text, context);
          assert.ok(stamp, text);
          assert.equal(stamp.zoneKnown, names === 'zone', text);
          assert.equal(stamp.assumed, names === 'day' ? 'year' : null, text);
          assert.equal(stamp.end, text.length, text);
          // A reading of the clock that it showed twice is either time.
          const found = DateTime.fromMillis(Number(stamp.at / 1_000_000n), { zone, locale: 'en-US' });
          assert.equal(found.toFormat(layout), text);
          const isExact = names === 'zone' && !layout.endsWith(' z');
          assert.ok(!isExact || found.toMillis() === ms - (((ms % unit) + unit) % unit), text);
          assert.ok(Math.abs(found.toMillis() - ms) <= 3_600_000 + unit, text);
        }),
      );
    });
  }

  it('times of day, on the day of the last change or the one before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at1970, max: at2069 }),
        fc.integer({ min: 0, max: 82_000_000 }),
        fc.constantFrom(...zones),
        (ms, age, zone) => {
          const text = DateTime.fromMillis(ms, { zone }).toFormat('HH:mm:ss.SSS');
          const stamp = stampOf(text, { zoneOffset: zoneOffset(zone), modified: ms + age });
          assert.equal(stamp?.assumed, 'date');
          assert.equal(headStampEnd(text, 0), 12);
          // Where clocks change between the two, the time of day is still the same and the day within an hour of it.
          const found = DateTime.fromMillis(Number(stamp.at / 1_000_000n), { zone });
          assert.equal(found.toFormat('HH:mm:ss.SSS'), text);
          assert.ok([0, 1_800_000, 3_600_000, 86_400_000, 82_800_000].includes(Math.abs(found.toMillis() - ms)), text);
        },
      ),
    );
  });

  it('every fraction, to its last digit', () => {
    const fraction = fc.stringMatching(/^\d{1,9}$/);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), fraction, (seconds, digits) => {
        const nanos = BigInt(seconds) * 1_000_000_000n + BigInt(digits.padEnd(9, '0'));
        const text = `${DateTime.fromSeconds(seconds, { zone: 'UTC' }).toFormat("yyyy-MM-dd'T'HH:mm:ss")}.${digits}Z`;
        assert.deepEqual([stampOf(text)?.at, stampOf(text)?.digits], [nanos, digits.length]);
      }),
    );
  });

  it('every offset', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 86_400, max: 4_000_000_000 }),
        fc.integer({ min: -14 * 4, max: 14 * 4 }),
        fc.constantFrom('ZZ', 'ZZZ', ' ZZ', ' ZZZ'),
        (seconds, quarters, token) => {
          const time = DateTime.fromSeconds(seconds, { zone: 'UTC' }).setZone(
            `UTC${quarters < 0 ? '-' : '+'}${Math.floor(Math.abs(quarters) / 4)}:${String((Math.abs(quarters) % 4) * 15).padStart(2, '0')}`,
          );
          const stamp = stampOf(time.toFormat(`yyyy-MM-dd HH:mm:ss${token}`));
          assert.deepEqual([stamp?.at, stamp?.offset], [BigInt(seconds) * 1_000_000_000n, quarters * 15]);
        },
      ),
    );
  });

  it('both sides of every change of the clocks', () => {
    for (const zone of zones) {
      const context = { zoneOffset: zoneOffset(zone) };
      for (let ms = Date.UTC(2025, 0, 1, 0, 30); ms < Date.UTC(2027, 0, 1); ms += 3_600_000) {
        const time = DateTime.fromMillis(ms, { zone });
        const stamp = stampOf(time.toFormat('yyyy-MM-dd HH:mm:ss'), context);
        const found = DateTime.fromMillis(Number((stamp?.at ?? 0n) / 1_000_000n), { zone });
        assert.equal(found.toFormat('yyyy-MM-dd HH:mm:ss'), time.toFormat('yyyy-MM-dd HH:mm:ss'), zone);
      }
    }
  });
});
