import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { named } from '../../src/cli/named';
import { run } from '../../src/cli/run';
import type { Terminal } from '../../src/cli/terminal';
import type { ListDocument } from '../../src/common/protocol/documents';
import { json, orderId, others, tempFolder } from './support/logs';
import { scanWorker, throughline } from './support/workers';

const folder = tempFolder({
  'api.log':
    others(5) +
    json(10, { correlationId: orderId, service: 'api', userId: 'u-9000', message: 'Order \u001b[2J taken' }),
  'empty/empty.log': '',
});

async function cli(args: string[], stdin: string | Uint8Array = '') {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    out: text => void out.push(text),
    err: text => void err.push(text),
    readStdin: async () => Buffer.from(stdin as string),
    width: 100,
    color: false,
    cwd: folder,
  };
  const status = await run(args, terminal, path.dirname(scanWorker.path));
  return { status, out: out.join('\n'), err: err.join('\n') };
}

describe('the command line', () => {
  it('keeps an index where it is told to, and is quicker the next time', async () => {
    const logs = tempFolder({ 'a.log': others(2000) + json(1, { correlationId: orderId }) + others(2000, 2000) });
    const search = async () => {
      const { status, out, err } = await cli(['trace', orderId, logs, '--index', path.join(logs, 'index'), '--json']);
      assert.deepEqual([status, err], [0, '']);
      const { steps, completeness } = JSON.parse(out);
      return { ...completeness, lines: steps[0].records.map(({ line }: { line: number }) => line) };
    };
    const [first, second] = [await search(), await search()];
    assert.deepEqual([first.lines, second.lines], [[2001], [2001]]);
    assert.ok(second.bytesRead < first.bytesRead / 4, `${second.bytesRead} of ${first.bytesRead} bytes`);
    assert.match(second.skippedSources[0].reason, /an index of ours/);
  });

  it('says by its exit status what came out', async () => {
    const cases: [string[], number][] = [
      [['trace', orderId], 0],
      [['trace', 'correlationId', '=', orderId], 0],
      [['trace', 'user = u-9000', 'api.log'], 0],
      [['trace', 'no-such-id-1'], 1],
      [['trace', orderId, 'gone.log'], 2],
      [['trace', orderId, 'empty'], 2],
      [['trace'], 2],
      [['list'], 0],
      [['list', '--filter', 'user = nobody'], 1],
      [['list', 'empty'], 2],
      [['list', '--sort', 'colour'], 2],
      [['list', '--limit', 'x'], 2],
      [['list', '--filter', 'status = ('], 2],
      [['list', 's3://bucket/x'], 2],
      [['detect'], 0],
      [['detect', 'empty'], 2],
      [['explain', 'api.log:3'], 0],
      [['explain', 'api.log:300'], 2],
      [['explain', 'api.log'], 2],
      [['frobnicate'], 2],
      [['--nonsense'], 2],
      [['help'], 0],
      [['explain', '.:1'], 2],
      [['explain', '*.log:1'], 2],
      [['list', '--limit='], 2],
      [['list', '--limit', '-1'], 2],
      [['list', '--limit', '0'], 0],
      [['trace', orderId, '--sort', 'start'], 2],
      [['detect', '--limit', '3'], 2],
      [['explain', 'api.log:3', '--full'], 2],
      [['trace', 'user', '=', 'u-9000', 'and', 'service', '=', 'api', 'api.log'], 0],
      [['trace', 'user=u-9000', 'and', 'not', 'service', '=', 'web', '.'], 0],
      [['trace', 'user', '=', 'u-9000', 'and', 'service', '=', 'web', 'api.log'], 1],
      [['trace', 'correlationId', '==', orderId, 'api.log'], 0],
      [['trace', 'user', '=', 'u-9000', 'api.log', 'and', 'service', '=', 'api'], 2],
      [['trace', 'status', '=', 'bad'], 2],
      [['trace', 'user', '='], 2],
      [['trace', 'error', '.'], 1],
      [[], 2],
      [['--help'], 0],
    ];
    for (const [args, status] of cases) {
      const result = await cli(args);
      assert.equal(result.status, status, `${args.join(' ')}: ${result.out}${result.err}`);
      if (status === 2) assert.notEqual(result.err, '', args.join(' '));
    }
  });

  it('prints one JSON document of the contract', async () => {
    const document = async (...args: string[]) => JSON.parse((await cli([...args, '--json'])).out);
    const trace = await document('trace', orderId);
    assert.equal(trace.kind, 'trace');
    assert.equal(trace.steps[0].records[0].source, path.join(folder, 'api.log'));
    assert.equal(trace.steps[0].records[0].line, 6);
    assert.equal(trace.completeness.recordsOfTrace, 1);
    assert.equal(trace.completeness.skippedSources[0].reason, 'empty');
    const choices = await document('trace', 'user = u-9000');
    assert.deepEqual([choices.kind, choices.role, choices.traces.length], ['choices', 'userId', 1]);
    const missing = await document('trace', 'no-such-id-1');
    assert.equal(missing.kind, 'notFound');
    assert.ok(missing.hints.length > 0 && missing.searched.sources === 1);
    const list = await document('list', '--sort', 'start', '--limit', '2');
    assert.deepEqual([list.total, list.traces.length], [6, 2]);
    assert.deepEqual([list.traces[1].name, list.traces[1].unnamed], ['Order 1 taken', null]);
    const detect = await document('detect', '--full');
    assert.equal(detect.sources[0].records, 6);
    const explain = await document('explain', 'api.log:6');
    assert.equal(explain.record.firstLine, 6);
    assert.equal(explain.fields.find((field: { role: string }) => field.role === 'correlationId').value, orderId);
  });

  it('says in one line what is wrong', async () => {
    for (const args of [
      ['list', '--limit='],
      ['list', '--limit', '-1'],
      ['list', '--nonsense'],
      ['trace', 'x1', '--full'],
      ['list', '--filter', 'status = bad'],
      ['trace', 'a = b', 'and', '=', 'c'],
    ]) {
      const { err } = await cli(args);
      assert.equal(err.split('\n').length, 1, err);
      assert.doesNotMatch(err, /\.\./);
    }
    assert.match((await cli(['trace', 'user', '=', 'u', 'api.log', 'and', 'x', '=', 'y'])).err, /Quote the query/);
  });

  it('says one where there is one', async () => {
    const list = await cli(['list', '--filter', 'user = u-9000']);
    assert.match(list.out, /^1 trace; read 1 source, [\d.]+ kB, 6 lines/m);
    assert.match(list.out, /^7c2d9f7b-\S+ {2}Order \S+ taken +\S+/m, 'a trace by its ID and what it began with');
    assert.match(list.err, /1 empty or binary file skipped/);
    assert.match((await cli(['trace', 'user = u-9000'])).out, /^1 trace holds this userId/);
  });

  it('tells how many traces have no name, and why', async () => {
    const traces = ['a', 'b', 'c', 'd', 'e'].map(correlationId => ({ correlationId }));
    const reasons = ['costly', 'costly', 'silent', 'unread', null] as const;
    const names = async () => reasons.map(unnamed => ({ name: unnamed ? null : 'begun', unnamed }));
    const document = await named({ names }, { traces, notes: [] } as unknown as ListDocument);
    assert.deepEqual([document.traces[4]?.name, document.traces[0]?.unnamed], ['begun', 'costly']);
    assert.deepEqual(
      document.notes.map(({ count, text }) => [count, text.slice(0, 30)]),
      [
        [2, '2 traces have no name here: on'],
        [1, '1 trace has no name here: 2,00'],
      ],
    );
  });

  it('reads standard input', async () => {
    const result = await cli(['trace', orderId, '-', '--json'], json(1, { correlationId: orderId, message: 'piped' }));
    assert.equal(JSON.parse(result.out).steps[0].records[0].source, '<stdin>');
    const packed = await cli(['trace', orderId, '-'], gzipSync(json(1, { correlationId: orderId, message: 'piped' })));
    assert.equal(packed.status, 0, packed.err);
    assert.equal((await cli(['trace', orderId, '-'], Buffer.from([0, 1, 2]))).status, 2);
    assert.equal((await cli(['explain', '-:1'], 'x id=1\n')).status, 0);
    assert.equal((await cli(['list', '-', '-'])).status, 2);
  });

  it('lets no control character of a log through', async () => {
    for (const args of [['trace', orderId], ['list'], ['explain', 'api.log:6'], ['trace', '\u001b[2Jx']]) {
      const { out, err } = await cli(args);
      assert.doesNotMatch(out + err, /\u001b/, args.join(' '));
    }
  });

  it('runs as a process and ends quietly when nobody reads on', function () {
    const node = (...args: string[]) =>
      spawnSync(process.execPath, [throughline.path, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, COLUMNS: '90' },
      });
    const found = node('trace', orderId, '--json');
    assert.equal(found.status, 0, found.stderr);
    assert.equal(JSON.parse(found.stdout).kind, 'trace');
    assert.equal(node('trace', 'no-such-id-1').status, 1);
    const widths = node('trace', orderId)
      .stdout.split('\n')
      .map(line => [...line].length);
    assert.ok(Math.max(...widths) <= 90, String(widths));
    if (process.platform === 'win32') this.skip();
    const command = `"${process.execPath}" "${throughline.path}" list --json | head -c 1; exit \${PIPESTATUS[0]}`;
    const piped = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([piped.stdout, piped.stderr, piped.status], ['{', '', 0]);
  });
});
