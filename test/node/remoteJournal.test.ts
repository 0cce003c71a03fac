import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkRemote } from '../../src/common/protocol/places/remotePlaces';
import { commandSuite } from './support/commands/commandSuite';
import { commandEngine } from './support/commands/fakeCommands';
import { whyNotRead } from './support/remoteAnswers';
import { until } from './support/until';

const order = 'b9d4c2f1-7a60-4f3e-9a5e-2c1d8e7f6a50';
const entry = (at: number, message: unknown): string =>
  `{"PRIORITY":"6","__CURSOR":"s=8ed3;i=${at.toString(16)};b=3d12","__REALTIME_TIMESTAMP":"${1772445600000000 + at}","SYSLOG_IDENTIFIER":"orders","MESSAGE":${JSON.stringify(message)}}`;

describe('The journal, told by journalctl', () => {
  const suite = commandSuite();
  const place = 'journal:unit=orders.service&_UID=33';

  it('goes on behind the last entry, and asks for what was named', async () => {
    suite.fake.lines('journal', [entry(1, 'one'), entry(2, 'two')]);
    const first = await suite.work.list(place);
    const text = () => readFileSync(first.files[0]?.path ?? '', 'utf8');
    assert.equal(text(), `${entry(1, 'one')}\n${entry(2, 'two')}\n`);
    suite.fake.lines('journal', [entry(3, 'three')]);
    await suite.work.list(place);
    assert.equal(text(), `${entry(1, 'one')}\n${entry(2, 'two')}\n${entry(3, 'three')}\n`);
    assert.deepEqual(suite.fake.calls().at(-1)?.args, [
      ...['--output=json', '--all', '--no-pager', '--unit=orders.service'],
      ...['--after-cursor=s=8ed3;i=2;b=3d12', '--', '_UID=33'],
    ]);
  });

  it('finds what stands in a message that is told as bytes', async () => {
    const coloured = [...Buffer.from(`\u001b[32minfo\u001b[0m größe correlationId=${order}`)];
    suite.fake.lines('journal', [
      entry(1, 'one'),
      entry(2, coloured),
      entry(3, [255, 254]),
      entry(4, `correlationId=${order}`),
    ]);
    const engine = commandEngine(suite.work);
    await engine.setSources([{ kind: 'path', path: place }]);
    const found = await engine.lookup({ text: order });
    const document = found.kind === 'trace' ? await engine.document(found.trace.traceId) : null;
    await engine.dispose();
    const records = document?.steps.flatMap(step => step.records) ?? [];
    assert.deepEqual(
      records.map(({ line, timestamp }) => [line, timestamp]),
      [
        [2, '2026-03-02T10:00:00.000002Z'],
        [4, '2026-03-02T10:00:00.000004Z'],
      ],
    );
    assert.match(records[0]?.message ?? '', /größe/);
  });

  it('is followed by a command that is left running', async () => {
    suite.fake.lines('journal', [entry(1, 'one')]);
    const stop = new AbortController();
    const paths = new Set<string>();
    const watching = suite.work.watch(place, {
      signal: stop.signal,
      onProgress: ({ files }) => {
        for (const file of files) paths.add(file.path);
      },
    });
    await until(() => suite.fake.calls().some(({ args }) => args.includes('--follow')));
    suite.fake.lines('journal', [entry(2, 'two')]);
    const [path = ''] = paths;
    await until(() => readFileSync(path, 'utf8') === `${entry(1, 'one')}\n${entry(2, 'two')}\n`);
    stop.abort();
    await watching;
  });

  it('of another host is named by host and parts, without a password', () => {
    for (const place of [
      'journal+ssh://host',
      'journal+ssh://me@host:22/',
      'journal+ssh://host/?unit=a.service&_PID=1',
    ])
      assert.equal(checkRemote(place), null, place);
    assert.match(checkRemote('journal+ssh://me:secret@host/?unit=a') ?? '', /^A password in a place is refused/);
    assert.match(checkRemote('journal+ssh://-oProxyCommand=x/') ?? '', /^Name the host: journal\+ssh:/);
    for (const place of ['journal+ssh://host/var/log', 'journal+ssh://host/?root=/', 'journal+ssh:unit=a'])
      assert.ok(checkRemote(place) !== null, place);
  });

  it('says in a sentence what is wrong, and runs nothing for what journalctl does not know', async () => {
    const reasonOf = (text: string) => whyNotRead(suite.work, text);
    for (const what of ['--help', 'unit=', 'root=/', 'unit=a\nb', 'lower=1', 'nothing', 'unit=%zz'])
      assert.match(await reasonOf(`journal:${what}`), /^Say which part of the journal/, what);
    assert.deepEqual(suite.fake.calls(), []);
    suite.fake.world({ faults: { all: 'No journal files were opened due to insufficient permissions.' } });
    assert.match(await reasonOf('journal:'), /^you may not read the journal/);
    suite.fake.world({ faults: { all: 'No journal files were found.' } });
    assert.match(await reasonOf('journal:'), /^there is no journal here/);
    suite.fake.remove('journalctl');
    assert.match(await reasonOf('journal:'), /^journalctl is not installed/);
  });
});
