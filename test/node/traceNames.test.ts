import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { TraceTable } from '../../src/common/index/traceTable';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import type { Engine } from '../../src/node/engine/engine';
import { KnownNames } from '../../src/node/engine/list/knownNames';
import { nameTraces } from '../../src/node/engine/list/nameTraces';
import { readNames } from '../../src/node/engine/list/readNames';
import { cancelFlag, setCancelled } from '../../src/node/engine/scan/cancel';
import type { NameJob } from '../../src/node/engine/scan/scanJobs';
import { scanMethods } from '../../src/node/engine/scan/scanMethods';
import { holdBlock, noneHeld } from '../../src/node/sources/heldBlocks';
import { closeServers, httpEngine, sendFile, serve } from './support/httpSide';
import { json, logfmt, orderId, otherId, others, tempFolder, withEngine } from './support/logs';
import { profiledIn } from './support/summaries';

const nameOf = async (engine: LogEngine, id: string) => (await engine.names({ ids: [id] }))[0];
const named = (name: string) => ({ name, unnamed: null });

describe('what traces are called', () => {
  it('is what their first record says, in whichever file it stands', async () => {
    const folder = tempFolder({
      'api.log':
        others(20) +
        json(10, { correlationId: orderId, message: 'POST /api/orders received' }) +
        json(40, { correlationId: orderId, message: 'done' }),
      'worker.log': others(20, 100) + json(12, { correlationId: orderId, message: 'Order taken' }),
    });
    await withEngine([folder], async engine => {
      assert.deepEqual(await nameOf(engine, orderId), named('POST /api/orders received'));
      assert.deepEqual(
        await nameOf(engine, orderId.toUpperCase()),
        named('POST /api/orders received'),
        'in any spelling',
      );
      writeFileSync(
        path.join(folder, 'gateway.log'),
        others(20, 200) + json(3, { correlationId: orderId, message: 'Let in' }),
      );
      assert.deepEqual(await nameOf(engine, orderId), named('POST /api/orders received'), 'of the list as it was read');
      await engine.list({ limit: 0 });
      assert.deepEqual(await nameOf(engine, orderId), named('Let in'), 'an earlier one that has come since');
    });
  });

  it('is told by the time of records, not by their place in a log', async () => {
    const folder = tempFolder({
      'api.log':
        others(20) +
        json(20, { correlationId: orderId, message: 'second' }) +
        json(19, { correlationId: orderId, message: 'first' }),
    });
    await withEngine([folder], async engine => assert.deepEqual(await nameOf(engine, orderId), named('first')));
  });

  it('is the type of the step where the record has no words', async () => {
    const folder = tempFolder({
      'a.log': `${others(20)}${json(0, { correlationId: orderId, stepType: 'Charge card', stepId: 's1' })}${json(0, { correlationId: otherId })}`,
    });
    await withEngine([folder], async engine => {
      assert.deepEqual(await engine.names({ ids: [orderId, otherId] }), [
        named('Charge card'),
        { name: null, unnamed: 'silent' },
      ]);
    });
  });

  it('is read from a packed log as far as that is quick, and never beyond', async () => {
    const early = logfmt(0, { correlation_id: orderId, msg: 'at the beginning' });
    const filler = Array.from({ length: 110_000 }, (_, at) =>
      logfmt(at + 10, {
        correlation_id: `0f${String(at % 50).padStart(6, '0')}-18e7-4c7a-bf8c-4d83d13d9c02`,
        msg: 'x'.repeat(90),
      }),
    ).join('');
    assert.ok(filler.length > 16 * 1024 * 1024);
    const late = logfmt(200_000, { correlation_id: otherId, msg: 'far behind' });
    const folder = tempFolder({ 'a.log.gz': gzipSync(early + filler + late, { level: 1 }), 'b.log': others(20) });
    await withEngine([folder], async engine => {
      assert.deepEqual(await engine.names({ ids: [orderId, otherId] }), [
        named('at the beginning'),
        { name: null, unnamed: 'costly' },
      ]);
    });
  });

  it('comes for many at a time in their order, and stops at a number that it tells', async () => {
    const folder = tempFolder({ 'a.log': others(2_300) });
    await withEngine([folder], async engine => {
      const ids = (await engine.list({ sort: 'correlationId' })).traces.map(({ correlationId }) => correlationId);
      const names = await engine.names({ ids: [...ids, 'nobody-knows-1'] });
      assert.deepEqual(names[1], named('Order 1 taken'));
      assert.deepEqual(names[1_999], named('Order 1999 taken'));
      assert.deepEqual(names[2_000], { name: null, unnamed: 'unread' });
      assert.deepEqual(await nameOf(engine, 'nobody-knows-1'), { name: null, unnamed: 'gone' });
      const stopped = engine.names({ ids }, { signal: AbortSignal.abort() });
      await assert.rejects(stopped, { name: 'AbortError' });
    });
  });

  it('is asked of other places than those that were set', async () => {
    const line = (message: string) => others(20) + json(0, { correlationId: orderId, message });
    const [folder, elsewhere] = [tempFolder({ 'a.log': line('here') }), tempFolder({ 'a.log': line('there') })];
    await withEngine([folder], async engine => {
      const places = [{ kind: 'path' as const, path: elsewhere }];
      assert.equal((await engine.list({ places })).total, 21);
      assert.deepEqual(await engine.names({ ids: [orderId], places }), [named('there')]);
      assert.deepEqual(await nameOf(engine, orderId), named('here'));
    });
  });

  it('is never that of another trace, which stands now where the first record stood', async () => {
    const at = others(20);
    const line = json(0, { correlationId: orderId, message: 'POST /api/orders received' });
    const folder = tempFolder({ 'a.log': at + line + others(5, 50) });
    const [source] = await profiledIn(folder);
    assert.ok(source);
    const place = { start: at.length, length: line.length - 1, part: 0 };
    const job = {
      sources: [source],
      traces: [{ keys: [orderId.replaceAll('-', '')], places: [{ source: 0, place }] }],
    };
    const read = () => readNames({ ...job, cancel: cancelFlag() });
    assert.deepEqual(await read(), [named('POST /api/orders received')]);
    writeFileSync(path.join(folder, 'a.log'), others(30, 100));
    assert.deepEqual(await read(), [{ name: null, unnamed: 'gone' }]);
    const cancel = cancelFlag();
    setCancelled(cancel);
    await assert.rejects(readNames({ ...job, cancel }), { name: 'AbortError' });
  });

  it('is none where a log was replaced since it was listed, until it is listed again', async () => {
    const folder = tempFolder({ 'a.log': others(20) + json(0, { correlationId: orderId, message: 'before' }) });
    await withEngine([folder], async engine => {
      await engine.list({});
      writeFileSync(path.join(folder, 'a.log'), json(0, { correlationId: orderId, message: 'after' }) + others(40));
      assert.deepEqual(await nameOf(engine, orderId), { name: null, unnamed: 'gone' });
      await engine.list({});
      assert.deepEqual(await nameOf(engine, orderId), named('after'));
    });
  });

  it('is never asked of another machine', async () => {
    const body = Buffer.from(others(30_000) + json(0, { correlationId: orderId, message: 'far away' }));
    let requests = 0;
    const origin = await serve((request, response) => {
      requests++;
      sendFile(body, request, response);
    });
    const engine = httpEngine();
    try {
      await engine.setSources([{ kind: 'path', path: `${origin}/app.log` }]);
      const { traces } = await engine.list({ limit: 100 });
      const before = requests;
      const names = await engine.names({ ids: [orderId, ...traces.map(({ correlationId }) => correlationId)] });
      assert.deepEqual(names[0], named('far away'), 'what was read for the list is here');
      assert.ok(names.every(({ name }) => name !== null));
      assert.equal(requests, before);
    } finally {
      await engine.dispose();
      closeServers();
    }
  });

  it('is not known where the bytes of a remote log are not here any more', async () => {
    const folder = tempFolder({ 'a.log': others(20) });
    const [profiled] = await profiledIn(folder);
    assert.ok(profiled);
    const { source, profile } = profiled;
    const job = { source, profile, from: 0, to: source.storedSize, base: 0, cancel: cancelFlag() };
    const { block } = await scanMethods.tabulate(job, () => {});
    const table = new TraceTable([{ block, source: 0, from: 0 }], null);
    const ids = [table.idOf(0)];
    const namesWith = async (held: Uint8Array) => {
      const sources = [{ ...profiled, source: { ...source, mirror: { path: source.id, held } } }];
      const run = (_method: string, name: object) => readNames({ ...(name as NameJob), cancel: cancelFlag() });
      const tables = { newest: { table, sources }, versionOf: () => 'v' };
      return nameTraces({ tables, names: new KnownNames(), pool: { run } } as unknown as Engine, { ids }, undefined);
    };
    const held = noneHeld(source.storedSize);
    assert.deepEqual(await namesWith(held), [{ name: null, unnamed: 'costly' }]);
    holdBlock(held, 0);
    assert.deepEqual(await namesWith(held), [named('Order 0 taken')]);
  });

  it('is kept for the traces that were asked for last', () => {
    const known = new KnownNames();
    for (let at = 0; at < 20_000; at++) known.add(String(at), named(`${at}`));
    assert.deepEqual(known.of('0'), named('0'));
    known.add('another', named('another'));
    assert.deepEqual([known.of('1'), known.of('0'), known.of('another')], [null, named('0'), named('another')]);
  });
});
