import assert from 'node:assert/strict';
import { blockOfBytes, bytesOfBlock, countsOf } from '../../../src/common/index/blockFile';
import { decodeTables, encodeTables, type TabledSource } from '../../../src/common/index/tablesFile';
import type { TraceBlock } from '../../../src/common/index/traceBlock';
import { TraceTable } from '../../../src/common/index/traceTable';
import { cancelFlag } from '../../../src/node/engine/scan/cancel';
import { scanMethods } from '../../../src/node/engine/scan/scanMethods';
import { cutTraces } from '../../node/support/cutTraces';
import { tempFolder } from '../../node/support/logs';
import { profiledIn } from '../../node/support/summaries';
import { Random } from '../../simulator/random';

async function someBlock(): Promise<TraceBlock> {
  const [profiled] = await profiledIn(tempFolder({ 'a.log': cutTraces(5, 60) }));
  assert.ok(profiled);
  const job = { ...profiled, from: 0, to: profiled.source.storedSize, base: 1_772_440_000, cancel: cancelFlag() };
  return (await scanMethods.tabulate(job, () => {})).block;
}

/** All that a table tells, read in every way. */
function told(block: TraceBlock) {
  const table = new TraceTable([{ block, source: 0, from: 0 }], null);
  const rows = Array.from({ length: table.size }, (_, row) => table.rowAt(row));
  return { rows, inexact: [...table.inexact()] };
}

describe("a block's columns as bytes", () => {
  it('are the block', async () => {
    const block = await someBlock();
    const bytes = bytesOfBlock(block);
    assert.deepEqual(blockOfBytes(bytes, countsOf(block), block.base), block);
  });

  it('are none where there are more or fewer of them, or anything points to what is not there', async () => {
    const block = await someBlock();
    const { base } = block;
    const [bytes, counts] = [bytesOfBlock(block), countsOf(block)];
    assert.equal(blockOfBytes(bytes.slice(0, -1), counts, base), null);
    assert.equal(blockOfBytes(Uint8Array.from([...bytes, 0]), counts, base), null);
    for (const name of Object.keys(counts) as (keyof typeof counts)[])
      for (const count of [counts[name] + 1, 2 ** 40, Number.MAX_SAFE_INTEGER])
        assert.equal(blockOfBytes(bytes, { ...counts, [name]: count }, base), null, name);
    const wrong: Record<string, (other: TraceBlock) => void> = {
      'an end behind all': ({ ids }) => ids.ends.fill(2 ** 31, -1),
      'an end before another': ({ serviceEnds }) => serviceEnds.fill(0, -1),
      'a value that is none': ({ first }) => first.fill(counts.values, 0, 1),
      'a service that is none': ({ services }) => services.fill(-1, 0, 1),
      'a step that is none': ({ steps }) => steps.previous.fill(counts.steps, 0, 1),
      'more open steps than there are': ({ steps }) => steps.states.fill(0),
      'a time that none is': ({ from, to }) => {
        from.fill(0.5, 0, 1);
        to.fill(0.5, 0, 1);
      },
      'an end of time': ({ to }) => to.fill(1e300, 0, 1),
    };
    for (const [name, spoil] of Object.entries(wrong)) {
      const other = blockOfBytes(bytes.slice(), counts, base);
      assert.ok(other);
      spoil(other);
      assert.equal(blockOfBytes(bytesOfBlock(other), counts, base), null, name);
    }
  });

  it('never make a table throw, whatever they are', async () => {
    const block = await someBlock();
    const [bytes, counts] = [bytesOfBlock(block), countsOf(block)];
    const random = new Random(8);
    let taken = 0;
    for (let turn = 0; turn < 600; turn++) {
      const other = bytes.slice();
      for (let left = random.int(1, 3); left > 0; left--) other[random.int(0, other.length - 1)] = random.int(0, 255);
      const read = blockOfBytes(other, counts, block.base);
      if (!read) continue;
      taken++;
      assert.equal(told(read).rows.length > 0, true);
    }
    assert.ok(taken > 50 && taken < 600, String(taken));
  });
});

describe('a file of tables', () => {
  it('is not believed with any of its bytes changed', () => {
    const source: TabledSource = {
      ...{ id: 'a', key: 'k', builder: 'b', made: 'm', size: 9, written: 'w', tail: 7, base: 1, sample: null },
    };
    const counts = {
      ...{ traces: 0, services: 0, steps: 0, open: 0, previous: 0, values: 0, pairs: 0 },
      ...{ idBytes: 0, valueBytes: 0, placeBytes: 0 },
    };
    const range = { newlines: 1, bytes: 2, records: 3, unparsed: 4, withoutId: 5, cut: 6, unpacked: 7, counts };
    const packed = Uint8Array.from({ length: 70 }, (_, at) => at);
    const ranges = [
      { range: { ...range, from: 0, to: 5 }, packed },
      { range: { ...range, from: 5, to: 9 }, packed },
    ];
    const whole = Uint8Array.from(encodeTables(source, ranges).flatMap(part => [...part]));
    assert.deepEqual(decodeTables(whole), { source, ranges });
    for (let at = 0; at < whole.length; at++)
      assert.equal(decodeTables(whole.with(at, (whole[at] ?? 0) ^ 0x10)), null, `byte ${at}`);
    for (let length = 0; length < whole.length; length++)
      assert.equal(decodeTables(whole.slice(0, length)), null, `${length} bytes`);
    const apart = ranges.map(({ range: own }) => ({ range: { ...own, to: own.to + 1 }, packed }));
    assert.equal(decodeTables(Uint8Array.from(encodeTables(source, apart).flatMap(part => [...part]))), null);
  });
});
