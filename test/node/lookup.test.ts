import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LogEngine, LookupProgress, LookupResult } from '../../src/common/protocol/logEngine';
import { json, logfmt, orderId, otherId, others, tempFolder, withEngine } from './support/logs';

const own = { correlationId: orderId, service: 'api' };

async function traceOf(engine: LogEngine, text: string) {
  const result = await engine.lookup({ text });
  assert.equal(result.kind, 'trace', JSON.stringify(result).slice(0, 300));
  assert.ok(result.kind === 'trace');
  const { traceId, records } = result.trace;
  const all = await engine.records({ traceId, from: 0, to: records });
  return { ...result, places: all.map(({ source, line }) => `${path.basename(source)}:${line}`) };
}

const choices = (result: LookupResult) =>
  result.kind === 'choices' ? [result.role, ...result.traces.map(({ correlationId }) => correlationId)] : [result.kind];

describe('a look-up', () => {
  it('finds a trace across files, formats and compression, each record with its line', async () => {
    const folder = tempFolder({
      'api.jsonl': others(3) + json(10, { ...own, message: 'Order taken' }) + others(2, 3),
      'worker.log': `${logfmt(0, { correlation_id: otherId, service: 'worker', msg: 'other' })}${logfmt(20, {
        correlation_id: orderId,
        service: 'worker',
        msg: 'step done',
      })}`.repeat(2),
      'old.log.gz': gzipSync(others(5) + json(5, { ...own, message: 'Order checked' })),
      'notes.txt': `• [correlationId: ${otherId}, service: Tool] x\n• [correlationId: ${orderId}, service: Tool] ran\n`,
    });
    await withEngine([folder], async engine => {
      const { trace, places, completeness } = await traceOf(engine, orderId);
      assert.deepEqual(places.sort(), ['api.jsonl:4', 'notes.txt:2', 'old.log.gz:6', 'worker.log:2', 'worker.log:4']);
      assert.equal(trace.correlationId, orderId);
      assert.equal(trace.complete, true);
      assert.equal(completeness.sources, 4);
      assert.equal(completeness.recordsOfTrace, 5);
      assert.equal(completeness.lines, 6 + 4 + 6 + 2);
      assert.equal(completeness.records, null);
    });
  });

  it('takes whatever holds the ID', async () => {
    const line = json(10, { ...own, message: 'Order taken' });
    const folder = tempFolder({ 'a.log': others(3) + line });
    await withEngine([folder], async engine => {
      const inputs = [
        `correlationId = ${orderId}`,
        line,
        `X-Correlation-ID: ${orderId}`,
        `https://x.example/orders?correlationId=${orderId}&a=b`,
        orderId.toUpperCase(),
        orderId.replaceAll('-', ''),
      ];
      for (const input of inputs) assert.deepEqual((await traceOf(engine, input)).places, ['a.log:4'], input);
      await assert.rejects(engine.lookup({ text: '  ' }), { name: 'EngineError' });
    });
  });

  it('is led by the role of the ID', async () => {
    const both = { userId: 'user-900', sessionId: 'session-77' };
    const folder = tempFolder({
      'a.log':
        others(5) +
        json(10, { ...own, ...both, stepId: 'step-A1', messageId: 'message-4711', message: 'Order taken' }) +
        json(20, { ...own, ...both, stepId: 'step-A2', message: 'Order done' }) +
        json(30, { correlationId: otherId, ...both, stepId: 'step-A2', message: 'Other done' }),
    });
    await withEngine([folder], async engine => {
      assert.deepEqual((await traceOf(engine, 'message-4711')).places, ['a.log:6', 'a.log:7']);
      assert.deepEqual((await traceOf(engine, 'step-A1')).places, ['a.log:6', 'a.log:7']);
      const sorted = (result: LookupResult) => choices(result).sort();
      assert.deepEqual(sorted(await engine.lookup({ text: 'step-A2' })), [orderId, otherId, 'stepId'].sort());
      assert.deepEqual(sorted(await engine.lookup({ text: 'user-900' })), [orderId, otherId, 'userId'].sort());
      assert.deepEqual(sorted(await engine.lookup({ text: 'user = user-900' })), [orderId, otherId, 'userId'].sort());
      assert.deepEqual(sorted(await engine.lookup({ text: 'session-77' })), [orderId, otherId, 'sessionId'].sort());
      assert.deepEqual(choices(await engine.lookup({ text: 'session = user-900' })), ['notFound']);
      const query = await engine.lookup({ text: 'user = user-900 and records > 1' });
      assert.deepEqual(choices(query), ['query', orderId]);
    });
  });

  it('lists many traces of one user', async () => {
    const folder = tempFolder({ 'a.log': others(700) });
    await withEngine([folder], async engine => {
      const result = await engine.lookup({ text: 'user-3' });
      assert.ok(result.kind === 'choices');
      assert.equal(result.traces.length, 100);
      assert.equal(new Set(result.traces.map(({ correlationId }) => correlationId)).size, 100);
    });
  });

  it('counts members, names mentions and takes records without an ID of their own', async () => {
    const folder = tempFolder({
      'a.log':
        others(5) +
        json(10, { ...own, message: 'Order taken' }) +
        json(11, { correlationId: otherId, service: 'audit', message: `Saw ${orderId} go by` }) +
        json(12, { service: 'proxy', message: `GET /orders/${orderId} 200` }) +
        json(13, { service: 'proxy', message: `GET /orders/${orderId}0 404` }),
    });
    await withEngine([folder], async engine => {
      const { trace, places } = await traceOf(engine, orderId);
      assert.deepEqual(places, ['a.log:6', 'a.log:8']);
      assert.equal(trace.mentions, 1);
    });
  });

  it('believes short IDs only in ID fields', async () => {
    const numbered = (at: number, id: string) =>
      json(at, { requestId: id, service: 'api', message: `Took ${id} of 42` });
    const folder = tempFolder({ 'a.log': Array.from({ length: 60 }, (_, at) => numbered(at, `req-${at}`)).join('') });
    await withEngine([folder], async engine => {
      const { places, trace } = await traceOf(engine, 'req-4');
      assert.deepEqual(places, ['a.log:5']);
      assert.equal(
        trace.notes.some(({ kind }) => kind === 'countedNot'),
        false,
      );
      const number = await engine.lookup({ text: '42' });
      assert.ok(number.kind === 'notFound');
      assert.match(number.hints.join(' '), /60 records hold it/);
    });
  });

  it('tells of another correlation ID on the same records', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const folder = tempFolder({
      'a.log':
        others(5) +
        json(1, { ...own, traceId: trace, message: 'a' }) +
        json(2, { ...own, traceId: trace, message: 'b' }),
    });
    await withEngine([folder], async engine => {
      const note = (await traceOf(engine, orderId)).trace.notes.find(({ kind }) => kind === 'alias');
      assert.equal(note?.count, 1);
      assert.match(note?.text ?? '', new RegExp(trace));
      assert.equal((await traceOf(engine, trace)).places.length, 2);
      const { traces } = await engine.list({});
      assert.equal(traces.filter(({ records }) => records === 2).length, 1);
    });
  });

  it('says what was searched where nothing is found', async () => {
    const folder = tempFolder({ 'a.log': others(5), 'b.bin': Buffer.from([0, 1]) });
    await withEngine([folder], async engine => {
      const result = await engine.lookup({ text: 'no-such-id-1234' });
      assert.ok(result.kind === 'notFound');
      assert.equal(result.completeness.sources, 1);
      assert.equal(result.completeness.lines, 5);
      assert.deepEqual(
        result.completeness.skippedSources.map(({ reason }) => reason),
        ['binary'],
      );
      assert.match(result.hints.join(' '), /correlationId/);
    });
  });

  it('asks whether a longer ID was meant', async () => {
    const folder = tempFolder({ 'a.log': others(5) + json(1, { ...own, message: 'a' }) });
    await withEngine([folder], async engine => {
      const result = await engine.lookup({ text: orderId.slice(0, 8) });
      assert.ok(result.kind === 'notFound');
      assert.match(result.hints.join(' '), new RegExp(`Did you mean “${orderId}”`));
    });
  });

  it('reads UTF-16, text that is no file, and only the sources it is asked for', async () => {
    const line = json(10, { ...own, message: 'Größe – taken' });
    const folder = tempFolder({ 'a.log': Buffer.from(`\ufeff${others(3)}${line}`, 'utf16le') });
    const text = { kind: 'text' as const, id: 'untitled:1', text: others(2) + line };
    await withEngine([folder, text], async engine => {
      assert.deepEqual((await traceOf(engine, orderId)).places.sort(), ['a.log:4', 'untitled:1:3']);
      const result = await engine.lookup({ text: orderId, only: ['untitled:1'] });
      assert.equal(result.completeness.sources, 1);
    });
  });

  it('searches other places than those that were set, for an ID and for a query, and leaves those alone', async () => {
    const line = (service: string) => json(10, { ...own, service, userId: 'u-7', message: 'taken' });
    const set = tempFolder({ 'a.log': others(3) + line('api') });
    const named = tempFolder({ 'b.log': others(3) + line('worker') });
    await withEngine([set], async engine => {
      const places = [{ kind: 'path' as const, path: named }];
      const found = await engine.lookup({ text: orderId, places });
      assert.ok(found.kind === 'trace');
      assert.deepEqual(found.trace.services, ['worker']);
      const asked = await engine.lookup({ text: 'service = worker and user = u-7', places });
      assert.ok(asked.kind === 'choices');
      assert.equal(asked.traces.length, 1);
      const all = await engine.lookup({ text: orderId });
      assert.ok(all.kind === 'trace');
      assert.deepEqual(all.trace.services, ['api']);
      assert.deepEqual((await engine.list({})).traces.flatMap(({ services }) => services).includes('worker'), false);
    });
  });

  it('shows the trace as far as it is known, and keeps its name', async () => {
    const body = others(20_000);
    const folder = tempFolder({
      'a.log': json(0, { ...own, message: 'a' }) + body.repeat(4) + json(9, { ...own, message: 'z' }),
    });
    await withEngine([folder], async engine => {
      const seen: LookupProgress[] = [];
      const result = await engine.lookup({ text: orderId }, { onProgress: progress => seen.push(progress) });
      assert.ok(result.kind === 'trace');
      const first = seen.find(({ trace }) => trace !== null)?.trace;
      assert.equal(first?.complete, false);
      assert.equal(first?.traceId, result.trace.traceId);
      assert.ok((first?.revision ?? 0) < result.trace.revision);
      assert.equal(result.trace.records, 2);
    });
  });

  it('leaves the first steps held where it is aborted, if that is wanted', async () => {
    const folder = tempFolder({ 'a.log': json(0, { ...own, message: 'a' }) + others(20_000).repeat(4) });
    await withEngine([folder], async engine => {
      for (const keepPartial of [true, false]) {
        const controller = new AbortController();
        let traceId = '';
        const onProgress = ({ trace }: LookupProgress) => {
          traceId = trace?.traceId ?? '';
          if (trace) controller.abort();
        };
        const searching = engine.lookup({ text: orderId, keepPartial }, { signal: controller.signal, onProgress });
        await assert.rejects(searching, { name: 'AbortError' });
        const rows = engine.window({ traceId, from: 0, to: 9 });
        if (keepPartial) assert.equal((await rows).length, 1);
        else await assert.rejects(rows, /no longer held/);
        await engine.release(traceId);
      }
    });
  });

  it('reads the unsaved text of a file in place of the file', async () => {
    const folder = tempFolder({
      'a.log': json(0, { ...own, message: 'saved' }),
      'b.log': json(5, { ...own, message: 'b' }),
    });
    const file = `${folder}/a.log`;
    const unsaved = { kind: 'unsaved', id: file, text: `\n${json(0, { ...own, message: 'not saved' })}` } as const;
    const elsewhere = { kind: 'unsaved', id: '/elsewhere/c.log', text: json(1, { ...own, message: 'c' }) } as const;
    await withEngine([folder, unsaved, elsewhere], async engine => {
      const result = await engine.lookup({ text: orderId });
      assert.ok(result.kind === 'trace');
      const records = await engine.records({ traceId: result.trace.traceId, from: 0, to: 9 });
      assert.deepEqual(
        records.map(({ source, line, message }) => [source, line, message]),
        [
          [file, 2, 'not saved'],
          [`${folder}/b.log`, 1, 'b'],
        ],
      );
      assert.equal((await engine.at({ source: file, line: 2 })).record.message, 'not saved');
    });
  });
});
