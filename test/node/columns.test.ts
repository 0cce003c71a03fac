import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lossy, simulate, writeBulk, writeTraces } from '../simulator/index';
import { noLosses } from '../simulator/losses';
import { cutTraces } from './support/cutTraces';
import { json, logfmt, others, tempFolder, withEngine } from './support/logs';
import { byColumns, byRecords, profiledIn } from './support/summaries';

/** Columns say of every trace what its records say, in ranges of every size. */
async function assertSame(folder: string, rangeSizes: readonly number[], zone = 'UTC'): Promise<number[]> {
  const sources = await profiledIn(folder, zone);
  const { readAgain: _, ...expected } = byRecords(sources);
  assert.ok(expected.traces.length > 10);
  const shares: number[] = [];
  for (const size of rangeSizes) {
    const { readAgain, ...summed } = await byColumns(sources, size);
    const ids = ({ traces }: { traces: { correlationId: string }[] }) =>
      traces.map(({ correlationId }) => correlationId);
    assert.deepEqual(ids(summed), ids(expected));
    for (const [at, trace] of summed.traces.entries()) assert.deepEqual(trace, expected.traces[at]);
    assert.deepEqual(summed, expected);
    shares.push(readAgain / expected.traces.length);
  }
  return shares;
}

describe('summaries from columns', () => {
  for (const format of ['json', 'bracketed'] as const) {
    it(`are those of the records: a bulk file of ${format}`, async () => {
      const folder = tempFolder();
      await writeBulk({ file: path.join(folder, 'bulk.log'), bytes: 3_000_000, seed: 7, format, inFlight: 40 });
      const shares = await assertSame(folder, [Number.MAX_SAFE_INTEGER, 700_000, 50_000]);
      // Those that are open at the end of the file.
      assert.ok(Math.max(...shares) < 0.4, String(shares));
      assert.ok((shares[0] ?? 1) < 0.12, String(shares));
    });
  }

  it('are those of the records: every format of the simulator, with noise, failures, retries, fan-outs', async () => {
    const folder = tempFolder();
    await writeTraces(simulate({ seed: 11, traces: 150 }), {
      directory: folder,
      seed: 11,
      gzipRotated: false,
      truthPath: null,
    });
    await assertSame(folder, [Number.MAX_SAFE_INTEGER, 60_000]);
  });

  it('are those of the records: records lost, clocks apart', async () => {
    const folder = tempFolder();
    const losses = { ...noLosses, lostRecordShare: 0.05, clockSkewMs: 3000, seed: 5 };
    const traces = lossy(simulate({ seed: 12, traces: 120 }), losses);
    await writeTraces(traces, { directory: folder, seed: 12, gzipRotated: false, truthPath: null });
    await assertSame(folder, [200_000]);
  });

  it('are those of the records: half of the traces still in flight', async () => {
    const folder = tempFolder();
    await writeBulk({ file: path.join(folder, 'bulk.log'), bytes: 2_000_000, seed: 9, format: 'json', inFlight: 900 });
    const shares = await assertSame(folder, [Number.MAX_SAFE_INTEGER, 200_000, 40_000]);
    assert.ok(Math.max(...shares) < 0.01, String(shares));
  });

  for (const seed of [1, 2, 3])
    it(`are those of the records: traces that stop anywhere (${seed})`, async () => {
      const folder = tempFolder({ 'a.log': cutTraces(seed, 1000), 'b.log': cutTraces(seed + 100, 300) });
      const shares = await assertSame(folder, [Number.MAX_SAFE_INTEGER, 60_000]);
      assert.ok(Math.max(...shares) < 0.9, String(shares));
    });

  it('are those of the records: hostile lines among them', async () => {
    const id = (at: number) => `7c2d9f7b-18e7-4c7a-bf8c-${String(at % 60).padStart(12, '0')}`;
    const lines = Array.from({ length: 3000 }, (_, at) => {
      const own = { correlationId: id(at), stepId: `step-${at % 7}`, service: `svc-${at % 3}`, userId: `u-${at % 5}` };
      const line = json(at, {
        ...own,
        message: at % 4 === 0 ? 'Work started' : at % 4 === 3 ? 'Work completed' : `Row ${at}`,
      });
      if (at % 11 === 0)
        return line.replace(/"userId":"[^"]*"/, `"userId":"${['root', 'null', '-', 'a\\"b', 'ä'][at % 5]}"`);
      if (at % 13 === 0) return line.replace(id(at), `00-${id(at).replaceAll('-', '')}-b7ad6b7169203331-01`);
      if (at % 17 === 0) return line.replace(id(at), id(at).toUpperCase());
      if (at % 19 === 0) return line.replace('2026-03-02', ['2026-13-02', '2026-02-30', '1999-03-02'][at % 3] ?? '');
      if (at % 23 === 0) return line.replace('}\n', `,"status":${[200, 503, 404][at % 3]},"duration_ms":${at}}\n`);
      if (at % 29 === 0) return line.replace('\n', '\r\n');
      if (at % 31 === 0) return `${line}\tat com.acme.Step.run(Step.java:${at})\n\n`;
      if (at % 37 === 0) return `${line.slice(0, at % line.length)}\n`;
      if (at % 41 === 0) return line.replace('"INFO"', '"ERROR"');
      if (at % 43 === 0)
        return line.replace(
          /"correlationId":"[^"]*"/,
          `"correlationId":"${['0', 'unknown', '00000000', 'x'][at % 4]}"`,
        );
      if (at % 47 === 0) return line.replace(/"timestamp":"[^"]*",/, '');
      if (at % 53 === 0) return line.replace('}\n', `,"previousStepId":"step-${at % 7}","attempt":${at % 3}}\n`);
      return line;
    });
    const folder = tempFolder({ 'a.log': lines.join('') });
    await assertSame(folder, [Number.MAX_SAFE_INTEGER, 40_000]);
  });

  it('are those of the records through the days when clocks are changed', async () => {
    const day = Date.parse('2026-03-28T00:00:00Z');
    const stamp = (at: number) => new Date(day + at * 431_000).toISOString().replace('T', ' ').slice(0, 23);
    const line = (at: number) =>
      `${stamp(at)} INFO [correlationId: req-${100 + Math.floor(at / 6)}, stepId: s-${at % 6}, service: api] Row ${at} stored\n`;
    const lines = (first: number, count: number) => Array.from({ length: count }, (_, at) => line(first + at)).join('');
    const autumn = Math.floor((Date.parse('2026-10-24T00:00:00Z') - day) / 431_000 / 6) * 6;
    const folder = tempFolder({ 'a.log': lines(0, 600) + lines(autumn, 600) });
    await assertSame(folder, [Number.MAX_SAFE_INTEGER, 20_000], 'Europe/Berlin');
    await assertSame(folder, [20_000], 'Australia/Lord_Howe');
  });

  it('are those of the records where no record names a step', async () => {
    const line = (at: number, host: number) =>
      logfmt(at * 3, {
        trace_id: `t-${1000 + (at % 90)}`,
        service: 'api',
        host: `h${host}`,
        msg: `Row ${at} of the batch`,
      });
    const folder = tempFolder({
      'a.log': Array.from({ length: 2000 }, (_, at) => line(at, at % 30 === 0 ? 2 : 1)).join(''),
    });
    const [share = 1] = await assertSame(folder, [50_000]);
    assert.ok(share < 0.5, String(share));
  });
});

describe('a list that is asked for again', () => {
  it('is as new after its files grew, shrank or were replaced', async () => {
    const folder = tempFolder({ 'a.log': others(400), 'b.log': others(300, 1000) });
    const file = path.join(folder, 'a.log');
    const changes = [
      () => appendFileSync(file, others(50, 400)),
      () =>
        appendFileSync(
          file,
          others(1, 0).replace('Order 0 taken', 'Order failed').replace('INFO', 'ERROR').slice(0, -40),
        ),
      () => appendFileSync(file, 'cut"}\n'),
      () => truncateSync(file, 30_000),
      () => writeFileSync(file, others(120, 5000)),
      () => writeFileSync(path.join(folder, 'c.log'), readFileSync(path.join(folder, 'b.log'))),
    ];
    const elapsed = { elapsedMs: 0 };
    await withEngine([folder], async engine => {
      await engine.list({});
      for (const change of changes) {
        change();
        const again = await engine.list({});
        const fresh = await withEngine([folder], other => other.list({}));
        assert.deepEqual(
          { ...again, completeness: { ...again.completeness, ...elapsed } },
          { ...fresh, completeness: { ...fresh.completeness, ...elapsed } },
        );
      }
    });
  });

  it('tells how far it is', async () => {
    const folder = tempFolder({ 'a.log': others(60_000), 'b.log': others(60_000, 60_000) });
    await withEngine([folder], async engine => {
      const told: { bytesRead: number; bytesTotal: number; traces: number }[] = [];
      const { completeness } = await engine.list({ limit: 1 }, { onProgress: progress => told.push(progress) });
      assert.ok(told.length > 0);
      const last = told.at(-1);
      assert.equal(last?.bytesTotal, completeness.bytesRead);
      assert.ok(
        told.every(
          ({ bytesRead }, at) =>
            bytesRead > (told[at - 1]?.bytesRead ?? 0) && bytesRead <= (completeness.bytesRead ?? 0),
        ),
      );
      assert.ok((last?.traces ?? 0) > 0);
    });
  });
});
