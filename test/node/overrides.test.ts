import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../src/cli/run';
import type { Terminal } from '../../src/cli/terminal';
import { noReading, type ReadingSettings } from '../../src/common/profile/readingSettings';
import type { DetectDocument } from '../../src/common/protocol/documents';
import { EngineError, type LogEngine } from '../../src/common/protocol/logEngine';
import { EngineClient } from '../../src/node/engine/engineClient';
import { json, others, tempFolder, withEngine } from './support/logs';
import { engineWorker, scanWorker } from './support/workers';

const oddLine = (second: number, order: string, service: string, text: string) =>
  `~~ 2026-03-02 10:00:0${second} ~ ord!${order} ~ ${service} ~ ${text}\n`;
const odd =
  oddLine(0, 'A77x91z', 'api', 'Order taken') +
  oddLine(1, 'A77x91z', 'worker', 'Payment') +
  '   refused\n' +
  oddLine(2, 'B12y44z', 'api', 'Order taken');
const oddPattern = String.raw`^~~ (?<timestamp>\S+ \S+) ~ ord!(?<correlationId>\w+) ~ (?<service>\w+) ~ (?<message>.*)$`;
const oddFormat = { name: 'odd', pattern: oddPattern, files: null };

const folder = tempFolder({ 'odd.txt': odd, 'api.log': others(4) });
const oddFile = path.join(folder, 'odd.txt');
const apiFile = path.join(folder, 'api.log');

const reading = (some: Partial<ReadingSettings>): ReadingSettings => ({ ...noReading, ...some });

async function detected(engine: LogEngine, file: string, request = { full: false }) {
  const source = (await engine.sources(request)).sources.find(candidate => candidate.path === file);
  assert.ok(source);
  return source;
}

describe('what the user says of how logs are read', () => {
  it('is how they are read from then on, and no longer once it is taken back', () =>
    withEngine([folder], async engine => {
      assert.equal((await detected(engine, oddFile)).recordsWithCorrelationId, 0);
      await engine.setReading(reading({ formats: [oddFormat] }));
      for (const full of [false, true]) {
        const source = await detected(engine, oddFile, { full });
        assert.deepEqual(
          [source.format, source.framing, source.records, source.distinctCorrelationIds],
          ['odd', 'stamp', 3, 2],
        );
        assert.deepEqual(source.roles.correlationId, { field: 'correlationId', evidence: 'user' });
      }
      assert.equal((await detected(engine, apiFile)).format, 'json');
      const found = await engine.lookup({ text: 'A77x91z' });
      assert.ok(found.kind === 'trace');
      assert.deepEqual([found.trace.records, found.trace.services], [2, ['api', 'worker']]);
      const { explain } = await engine.at({ source: oddFile, line: 3 });
      assert.deepEqual([explain.record.firstLine, explain.record.lines, explain.format.name], [2, 2, 'odd']);
      await engine.setReading(noReading);
      assert.equal((await detected(engine, oddFile)).format, 'text');
    }));

  it('may be about single sources: zone, meaning of stamps, service, fields', () =>
    withEngine([folder], async engine => {
      const timezone = '+02:00';
      const source = { path: '*.txt', timezone, stampIs: 'start' as const, service: 'billing', format: 'odd' };
      const fields = { userId: ['stepId'] };
      await engine.setReading(reading({ formats: [oddFormat], sources: [source, { path: apiFile, fields }] }));
      const { zone, ...mine } = await detected(engine, oddFile).then(({ timezone: zone, stampIs, service }) => ({
        zone,
        stampIs,
        service,
      }));
      assert.deepEqual(zone, { value: '+02:00', assumed: false, evidence: 'user' });
      assert.deepEqual(mine, { stampIs: 'start', service: { value: 'billing', evidence: 'user' } });
      const { record } = await engine.at({ source: oddFile, line: 1 });
      assert.equal(record.timestamp, '2026-03-02T08:00:00Z');
      const found = await engine.lookup({ text: 'A77x91z' });
      assert.ok(found.kind === 'trace');
      assert.deepEqual(found.trace.services, ['billing'], 'what the user says goes before the log');
      const api = await detected(engine, apiFile);
      assert.deepEqual(api.roles.userId, { field: 'stepId', evidence: 'user' });
      assert.equal(api.service.evidence, 'default');
    }));

  it('wins over names, with dots and as detect prints them', () =>
    withEngine(
      [
        {
          kind: 'text',
          id: 'x.jsonl',
          text: json(0, { correlationId: 'not-this-01', ctx: { order: 'A77x91z' }, Scopes: [{ Who: 'bob' }] }).repeat(
            3,
          ),
        },
      ],
      async engine => {
        await engine.setReading(reading({ fields: { correlationId: ['ctx.order'], userId: ['Scopes[].Who'] } }));
        const found = await engine.lookup({ text: 'A77x91z' });
        assert.ok(found.kind === 'trace');
        assert.deepEqual([found.trace.correlationId, found.trace.userId], ['A77x91z', 'bob']);
        assert.equal((await detected(engine, 'x.jsonl')).distinctCorrelationIds, 1);
      },
    ));

  it('of all sources goes before what was found where there is such a field, and leaves the others as they are', () =>
    withEngine(
      [
        { kind: 'text', id: 'a.jsonl', text: json(0, { traceId: 'not-this-01', order: 'A77x91z' }).repeat(3) },
        { kind: 'text', id: 'b.jsonl', text: json(0, { traceId: 'but-this-02', text: 'x' }).repeat(3) },
      ],
      async engine => {
        await engine.setReading(reading({ fields: { correlationId: ['order'] } }));
        const { traces } = await engine.list({ sort: 'start' });
        assert.deepEqual(traces.map(({ correlationId }) => correlationId).sort(), ['A77x91z', 'but-this-02']);
        assert.equal((await detected(engine, 'b.jsonl')).roles.correlationId?.evidence, 'name');
        const only = { path: 'b.jsonl', fields: { correlationId: ['order'] } };
        await engine.setReading(reading({ sources: [only] }));
        assert.equal((await detected(engine, 'b.jsonl')).recordsWithCorrelationId, 0, 'said of this very source');
      },
    ));

  it('is refused with setting, entry and remedy, and then nothing changes', () =>
    withEngine([folder], async engine => {
      await engine.setReading(reading({ formats: [oddFormat] }));
      const bad = reading({ formats: [{ name: 'bad', pattern: '(?=x)', files: null }] });
      await assert.rejects(engine.setReading(bad), error => {
        assert.ok(error instanceof EngineError);
        assert.match(error.message, /"throughline\.formats".*"bad", "pattern".*character 1.*linear time/);
        return true;
      });
      assert.equal((await detected(engine, oddFile)).format, 'odd');
    }));

  it('reaches an engine in a worker, and the one that takes over', async () => {
    const engine = new EngineClient({ engineWorker, scanWorker, workers: 1 });
    try {
      await engine.setSources([{ kind: 'path', path: oddFile }]);
      await assert.rejects(engine.setReading(reading({ sources: [{ path: 'x', format: 'klingon' }] })), EngineError);
      await engine.setReading(reading({ formats: [oddFormat] }));
      assert.equal((await detected(engine, oddFile)).format, 'odd');
      const { running } = engine as unknown as { running: { worker: { terminate(): Promise<number> } } };
      await running.worker.terminate();
      assert.equal((await detected(engine, oddFile)).format, 'odd');
    } finally {
      await engine.dispose();
    }
  });
});

describe('detect', () => {
  const noisy = tempFolder({
    'mixed.log':
      json(0, { correlationId: 'order-0001', service: 'api', stepId: 's1', message: 'Order taken' }) +
      Array.from({ length: 7 }, (_, at) => `not a record \u001b[2J ${at} ${'x'.repeat(300)}\n`).join('') +
      Array.from({ length: 30 }, (_, at) =>
        json(at, { correlationId: `order-${at % 3}000`, service: 'worker', message: `Did ${at}` }),
      ).join(''),
  });
  const file = path.join(noisy, 'mixed.log');

  it('counts per service what a timeline is made from, and shows what no format reads', () =>
    withEngine([noisy], async engine => {
      for (const full of [false, true]) {
        const { coverage, unparsed, unparsedExamples, samples, encoding, wrapper, formats, set } = await detected(
          engine,
          file,
          { full },
        );
        const worker = coverage.find(({ service }) => service === 'worker');
        assert.deepEqual(worker, {
          service: 'worker',
          records: 30,
          with: { correlationId: 30, timestamp: 30, severity: 30 },
        });
        assert.equal(coverage.find(({ service }) => service === 'api')?.with.stepId, 1);
        assert.equal(unparsed, 7);
        assert.deepEqual(
          unparsedExamples.map(({ line }) => line),
          [2, 3, 4, 5, 6],
        );
        for (const { text } of unparsedExamples) {
          assert.equal(text.length, 200);
          assert.ok(text.startsWith('not a record \u001b[2J '), 'as it is: who shows it makes it visible');
        }
        assert.deepEqual([samples, encoding, wrapper, set], [null, 'utf-8', null, null]);
        assert.equal(formats[0]?.name, 'json');
      }
    }));

  it('names the rotated set that a source is a part of', () => {
    const rotated = tempFolder({ 'api.log': others(3, 10), 'api.log.1': others(3) });
    return withEngine([rotated], async engine => {
      const { set } = await detected(engine, path.join(rotated, 'api.log.1'));
      assert.match(set ?? '', /api\.log$/);
    });
  });

  it('counts the lines of examples over ranges, and says none where it does not know them', async () => {
    const filler = others(1);
    const plain = 'garbage without a stamp\n';
    const before = Math.ceil((700 * 1024) / filler.length);
    const big = tempFolder({ 'big.log': filler.repeat(before) + plain + filler.repeat(before) });
    await withEngine([big], async engine => {
      const source = path.join(big, 'big.log');
      assert.deepEqual((await detected(engine, source, { full: true })).unparsedExamples, [
        { line: before + 1, text: plain.trim() },
      ]);
    });
    // The tail is sampled too, but nobody counted the lines before it.
    writeFileSync(path.join(big, 'big.log'), filler.repeat(2 * before) + plain);
    await withEngine([big], async engine => {
      const { unparsedExamples } = await detected(engine, path.join(big, 'big.log'));
      assert.deepEqual(unparsedExamples, [{ line: null, text: plain.trim() }]);
    });
  });

  it('shows records of the beginning and of later, if asked', () =>
    withEngine([noisy], async engine => {
      const document = await engine.sources({ full: false, samples: true });
      const samples = document.sources[0]?.samples ?? [];
      assert.ok(samples.length > 4 && samples.length <= 8);
      assert.deepEqual(
        samples.slice(0, 4).map(({ line }) => line),
        [1, 2, 3, 4],
      );
      assert.ok((samples.at(-1)?.line ?? 0) > 20);
      const id = samples[0]?.fields.find(({ role }) => role === 'correlationId');
      assert.ok(id && id.start !== null && id.end !== null);
      assert.equal(samples[0]?.text.slice(id.start, id.end), 'order-0001');
    }));
});

describe('the command line', () => {
  const settings = (text: string) => writeFileSync(path.join(folder, 'settings.json'), text);
  const cli = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const terminal: Terminal = {
      out: text => void out.push(text),
      err: text => void err.push(text),
      readStdin: async () => new Uint8Array(),
      width: 100,
      color: false,
      cwd: folder,
    };
    const status = await run(args, terminal, path.dirname(scanWorker.path));
    return { status, out: out.join('\n'), err: err.join('\n') };
  };
  const detect = async (...args: string[]) => {
    const { out, err } = await cli('detect', 'odd.txt', '--json', ...args);
    const document = JSON.parse(out) as DetectDocument;
    return { ...document.sources[0], err };
  };

  it('reads the settings of VS Code, comments and foreign keys and all', async () => {
    settings(`{
      // as VS Code has it
      "editor.fontSize": 12,
      "throughline.formats": { "odd": ${JSON.stringify(oddPattern)} },
      "throughline.sources": ["**/*.log", { "path": "./odd.*", "timezone": "Asia/Tokyo" },],
      "throughline.sauces": 1,
    }`);
    const source = await detect('--settings', 'settings.json');
    assert.deepEqual([source.format, source.timezone?.value], ['odd', 'Asia/Tokyo']);
    assert.match(source.err, /settings\.json:6:7: throughline\.sauces does not say how logs are read/);
    const { out } = await cli('explain', 'odd.txt:3', '--settings', 'settings.json');
    assert.match(out, /format odd/);
    assert.match(out, /Asia\/Tokyo/);
    assert.match(out, /correlationId +correlationId +user +A77x91z/);
    assert.equal((await cli('trace', 'A77x91z', 'odd.txt', '--settings', 'settings.json')).status, 0);
  });

  it('has short cuts, which have the last word', async () => {
    settings('{ "throughline.sources": [{ "path": "odd.txt", "timezone": "UTC" }] }');
    const source = await detect('--settings', 'settings.json', '--timezone', '-05:00', '--field', 'userId=ord');
    assert.equal(source.timezone?.value, '-05:00');
    const { out } = await cli('explain', 'api.log:1', '--json', '--field', 'userId=level', '--field', 'userId=stepId');
    assert.deepEqual(JSON.parse(out).profile.roles.userId, { fields: ['level', 'stepId'], evidence: 'user' });
  });

  it('says what is wrong and where, with status 2', async () => {
    const wrong: [string, RegExp][] = [
      ['{\n  "throughline.fields": { "cid": "x" } }', /settings\.json:2:34: .*"cid" is no role/],
      ['{ "throughline.formats": { "a": "x(" } }', /settings\.json:1:33: .*missing closing/],
      ['{ "throughline.sources": [{ "path": "a",\n"timezone": "Mars" }] }', /settings\.json:2:13: .*Mars/],
      ['{ "throughline.sources": [', /settings\.json:1:\d+: no JSON/],
      ['[]', /must hold an object/],
    ];
    for (const [text, message] of wrong) {
      settings(text);
      const { status, err } = await cli('list', '--settings', 'settings.json');
      assert.equal(status, 2, text);
      assert.match(err, message);
    }
    for (const args of [
      ['--settings', 'gone.json'],
      ['--field', 'userId'],
      ['--field', 'cid=x'],
      ['--timezone', 'Mars'],
    ]) {
      const { status, err } = await cli('list', ...args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(err.split('\n').length, 1, err);
    }
  });

  it('tells in words what services do not log', async () => {
    const logs = tempFolder({
      'api.log': others(10),
      'worker.log': Array.from({ length: 10 }, (_, at) =>
        json(at, { correlationId: `order-${at}77`, service: 'Worker2', userId: 'u', message: 'x' }),
      ).join(''),
    });
    const { out } = await cli('detect', logs);
    assert.match(out, /^Worker2: correlationId 100 %, stepId 0 %: log stepId there to see its steps$/m);
    assert.doesNotMatch(out, /^api: /m);
  });
});
