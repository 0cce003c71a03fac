import assert from 'node:assert/strict';
import { LineSplitter } from '../../src/node/remote/commands/lineSplitter';
import { stampBefore, stampedLine } from '../../src/node/remote/commands/stampedLines';
import { overlapWith, StampedSieve } from '../../src/node/remote/commands/stampedSieve';
import { fits } from '../../src/node/remote/commands/wildcard';

const stamp = (nanoseconds: number, second = 5): string =>
  `2026-03-02T10:00:${String(second).padStart(2, '0')}.${String(nanoseconds).padStart(9, '0')}Z`;

describe('Lines that a command stamps', () => {
  it('are told in UTC and with nine digits, so that they compare as texts', () => {
    assert.deepEqual(stampedLine('2026-03-02T10:00:05.12Z a b'), { stamp: stamp(120_000_000), text: 'a b' });
    assert.deepEqual(stampedLine('2026-03-02T12:00:05.000000007+02:00 '), { stamp: stamp(7), text: '' });
    assert.deepEqual(stampedLine('2026-03-02T10:00:05Z'), { stamp: stamp(0), text: '' });
    for (const line of ['', 'Error: x', '2026-03-02 10:00:05 x', '9999-99-99T99:99:99+99:99 x'])
      assert.equal(stampedLine(line), null);
    assert.equal(stampBefore(stamp(3, 0), 1_000), '2026-03-02T09:59:59.000000003Z');
  });

  it('are compared with those of the last second that are here', () => {
    const tail = [1, 2, 3].map(second => `${stamp(0, second)} stdout F ${second}\n`).join('');
    const overlap = overlapWith(Buffer.from(tail));
    assert.equal(overlap?.from, stamp(0, 2));
    assert.equal(overlap?.lines.size, 2);
    assert.equal(overlapWith(new Uint8Array(0)), null);
    const alike = `${stamp(1)} stdout F a\n${stamp(1)} stdout F b\n`;
    assert.equal(overlapWith(Buffer.from(alike))?.from, stamp(1));
  });

  it('come out once, in the order of their stamps, however they come in', () => {
    let random = 7;
    const next = (below: number) => {
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
      return random % below;
    };
    for (let round = 0; round < 200; round++) {
      let now = 0;
      const all = Array.from({ length: 50 }, (_, at) => {
        now += next(3) * 200_000_000;
        return {
          line: `${stamp(now % 1e9, Math.floor(now / 1e9))} ${at % 7}`,
          stream: next(2) ? 'stdout' : 'stderr',
        } as const;
      });
      const tell = (here: string, lines: typeof all): string => {
        const sieve = new StampedSieve(Buffer.from(here), true);
        const from = overlapWith(Buffer.from(here))?.from ?? '';
        for (const { line, stream } of lines) if (line >= from) sieve.add(line, stream);
        assert.ok(sieve.bytes >= 0);
        return (
          here +
          sieve
            .take(true)
            .map(line => `${line}\n`)
            .join('')
        );
      };
      const whole = tell('', all);
      const part = all.slice(0, next(50));
      assert.equal(tell(tell('', part), all), whole);
    }
  });

  it('are cut from bytes, wherever those are cut', () => {
    const text = 'one\n\ntwo ö\r\nrest';
    for (const size of [1, 2, 3, 5, 100]) {
      const splitter = new LineSplitter();
      const lines: string[] = [];
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.add(bytes.subarray(at, at + size)));
      assert.deepEqual(
        [...lines, splitter.end()].map(line => Buffer.from(line, 'latin1').toString()),
        ['one', '', 'two ö\r', 'rest'],
      );
    }
  });

  it('are of names with wildcards', () => {
    for (const [wild, name] of [
      ['*', ''],
      ['a*c', 'abc'],
      ['a*c', 'ac'],
      ['*-?', 'web-1'],
      ['a**b', 'axb'],
      ['x*y*z', 'xyyz'],
    ] as const)
      assert.ok(fits(wild, name), wild);
    for (const [wild, name] of [
      ['a', 'ab'],
      ['a?', 'a'],
      ['*x', 'xy'],
      ['', 'a'],
    ] as const)
      assert.ok(!fits(wild, name), wild);
    assert.ok(!fits('*a'.repeat(50), 'a'.repeat(10_000).concat('b')));
  });
});
