import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { FarSide } from './support/farSide';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';
import { documentOf, withoutPlaces } from './support/remoteAnswers';

const place = 'ssh://far/log/*';
const step = (ms: number, name: string) =>
  json(ms, { correlationId: orderId, stepId: name, service: 'api', message: `did ${name}` });
const early = step(1, 'first');
const large = `${others(30_000)}${step(30_000, 'second')}${others(10_000, 30_000)}${step(60_000, 'third')}`;

async function withFar<Result>(far: FarSide, use: (engine: LogEngine) => Promise<Result>): Promise<Result> {
  const engine = far.engine();
  try {
    await engine.setSources([{ kind: 'path', path: place }]);
    return await use(engine);
  } finally {
    await engine.dispose();
  }
}

describe('The engine over remote logs', () => {
  it('gives the same trace as over the same logs here', async () => {
    const files = {
      'app.log.1': early,
      'app.log': large,
      'packed.log.gz': gzipSync(step(61_000, 'packed') + others(10, 70_000)),
    };
    const folder = tempFolder(files);
    const far = new FarSide();
    for (const [name, content] of Object.entries(files)) far.write(`/log/${name}`, content);
    const there = await withFar(far, documentOf);
    const here = await withEngine([folder], documentOf);
    assert.equal(there?.steps.length, 4);
    assert.deepEqual(withoutPlaces(there, 'ssh://far/log'), withoutPlaces(here, folder));
  });

  it('opens a line by its place, and shows the lines around it, without the rest of the file', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    await withFar(far, async engine => {
      await engine.sources({ full: false });
      const source = 'ssh://far/log/app.log';
      const start = large.lastIndexOf('\n', large.indexOf('"second"')) + 1;
      const at = await engine.at({ source, line: 30_001, offset: start });
      assert.equal(at.record.message, 'did second');
      const { lines } = await engine.lines({ source, at: start, before: 2, after: 3 });
      assert.equal(lines.length, 5);
      assert.match(lines[2]?.text ?? '', /did second/);
      assert.ok(far.sent < large.length / 4, `${far.sent} bytes`);
    });
  });

  it('finds by the index without a byte over the network', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    await withFar(far, async engine => {
      await engine.index();
      far.sent = 0;
      const trace = await documentOf(engine);
      assert.equal(trace?.steps.length, 2);
      assert.equal(far.sent, 0);
    });
  });

  it('follows a log as it grows and is rotated', async () => {
    const far = new FarSide();
    far.write('/log/app.log', others(200) + early);
    await withFar(far, async engine => {
      const found = await engine.lookup({ text: orderId });
      assert.equal(found.kind, 'trace');
      if (found.kind !== 'trace') return;
      const { traceId } = found.trace;
      const stop = new AbortController();
      let records = found.trace.records;
      const following = engine.follow(traceId, {
        signal: stop.signal,
        onProgress: trace => {
          records = trace.records;
        },
      });
      const until = async (count: number) => {
        while (records < count) await delay(10);
      };
      await delay(100);
      far.append('/log/app.log', step(2_000, 'second'));
      await until(2);
      far.append('/log/app.log', step(3_000, 'third'));
      far.rename('/log/app.log', '/log/app.log.1');
      far.write('/log/app.log', step(4_000, 'fourth'));
      await until(4);
      far.append('/log/app.log', step(5_000, 'fifth'));
      await until(5);
      await delay(100);
      stop.abort();
      await following;
      const { steps } = await engine.document(traceId);
      assert.deepEqual(
        steps.map(({ stepId, records }) => [stepId, records.length]),
        ['first', 'second', 'third', 'fourth', 'fifth'].map(name => [name, 1]),
      );
    });
  });

  it('has a large log searched where it is, and reads only what is around the places that were found', async () => {
    const far = new FarSide();
    far.canSearch = true;
    const huge = `${others(100_000)}${step(100_001, 'second')}${others(130_000, 100_000)}${step(240_000, 'third')}`;
    far.write('/log/app.log', early + huge);
    const folder = tempFolder({ 'app.log': early + huge });
    await withFar(far, async engine => {
      const there = await documentOf(engine);
      assert.deepEqual(far.searches, [[orderId, orderId.replaceAll('-', '')].slice(0, far.searches[0]?.length)]);
      assert.ok(far.sent < 1_000_000, `${far.sent} of ${huge.length} bytes`);
      const here = await withEngine([folder], documentOf);
      assert.ok(there && here);
      // Nobody has counted what was not read.
      const { completeness: _, ...inFar } = there;
      const { completeness: __, ...inHere } = here;
      assert.equal(there.completeness.lines, null);
      assert.deepEqual(withoutPlaces(inFar, 'ssh://far/log'), withoutPlaces(inHere, folder));
      assert.deepEqual(
        there.steps.flatMap(({ records }) => records.map(({ line }) => line)),
        [1, 100_002, 230_003],
      );
      // Nor is it read to be followed.
      const found = await engine.lookup({ text: orderId });
      if (found.kind !== 'trace') return assert.fail(found.kind);
      const stop = new AbortController();
      let { records } = found.trace;
      const following = engine.follow(found.trace.traceId, {
        signal: stop.signal,
        onProgress: trace => {
          records = trace.records;
        },
      });
      await delay(300);
      far.append('/log/app.log', step(250_000, 'fourth'));
      while (records < 4) await delay(10);
      stop.abort();
      await following;
      const [last] = (await engine.records({ traceId: found.trace.traceId, from: 3, to: 4 })).map(({ line }) => line);
      assert.equal(last, 230_004);
      assert.ok(far.sent < 2_500_000, `${far.sent} of ${huge.length} bytes`);
      const nothing = await engine.lookup({ text: 'ffffffff-0000-4000-8000-000000000000' });
      assert.equal(nothing.kind, 'notFound');
    });
  });

  it('tells of a place that cannot be read, and reads the others', async () => {
    const far = new FarSide();
    far.write('/log/app.log', large);
    await withFar(far, async engine => {
      await engine.setSources([
        { kind: 'path', path: 'ssh://far/none/*' },
        { kind: 'path', path: 'ssh://user:secret@far/log' },
        { kind: 'path', path: place },
      ]);
      const found = await engine.lookup({ text: orderId });
      assert.equal(found.kind, 'trace');
      if (found.kind !== 'trace') return;
      assert.deepEqual(found.completeness.skippedSources, [
        { source: 'ssh://far/none/*', reason: 'far has no ssh://far/none/*: check the path' },
        {
          source: 'ssh://user:secret@far/log',
          reason: 'A password in a place is refused, since settings are no safe: leave it out, it is asked for.',
        },
      ]);
    });
  });
});
