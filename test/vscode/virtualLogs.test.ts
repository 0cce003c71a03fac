import { strict as assert } from 'node:assert';
import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { SourcePlace } from '../../src/common/protocol/logEngine';
import { revealRecord } from '../../src/vscode/navigation/revealRecord';
import { isVirtual, VirtualLogs } from '../../src/vscode/sources/virtualLogs';
import { commandAction } from '../../src/vscode/userError';
import { realEngine } from './support/engine';
import { activateExtension, closeAll } from './support/workspace';

const order = 'b9d4c2f1-7a60-4f3e-9a5e-2c1d8e7f6a50';
const line = (second: number) => `2026-03-02T10:00:0${second}Z INFO [orders] [correlationId=${order}] step ${second}\n`;

/** Files in memory; a size that is set is only told. */
class TestFiles implements FileSystemProvider {
  readonly files = new Map<string, { text: string; size?: number; mtime: number }>();
  readonly reads: string[] = [];
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;

  stat({ path }: Uri): FileStat {
    const file = this.files.get(path);
    if (file)
      return { type: FileType.File, ctime: 0, mtime: file.mtime, size: file.size ?? Buffer.byteLength(file.text) };
    if (this.below(path).length === 0) throw FileSystemError.FileNotFound(path);
    return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory({ path }: Uri): [string, FileType][] {
    const names = this.below(path).map(each => each.slice(path.length + 1).split('/'));
    return [
      ...new Map(names.map(([name = '', ...rest]) => [name, rest.length > 0 ? FileType.Directory : FileType.File])),
    ];
  }

  readFile({ path }: Uri): Uint8Array {
    this.reads.push(path);
    const file = this.files.get(path);
    if (!file) throw FileSystemError.FileNotFound(path);
    if (file.text === 'secret') throw FileSystemError.NoPermissions('not yours');
    return Buffer.from(file.text);
  }

  watch = (): Disposable => ({ dispose: () => {} });
  createDirectory = () => this.refuse();
  writeFile = () => this.refuse();
  delete = () => this.refuse();
  rename = () => this.refuse();

  private below(path: string): string[] {
    return [...this.files.keys()].filter(each => each.startsWith(`${path}/`));
  }

  private refuse(): never {
    throw FileSystemError.NoPermissions();
  }
}

describe('Logs in a file system of VS Code’s own', () => {
  const files = new TestFiles();
  let registered: Disposable;
  let logs: VirtualLogs;
  before(async () => {
    await activateExtension();
    registered = workspace.registerFileSystemProvider('tl-test', files, { isReadonly: true });
    files.files.set('/logs/orders.log', { text: line(1) + line(2), mtime: 1 });
    files.files.set('/logs/deep/mailer.jsonl', { text: 'no JSON\n', mtime: 1 });
    files.files.set('/logs/large.log', { text: 'x', size: 60 * 2 ** 20, mtime: 1 });
    files.files.set('/logs/secret.log', { text: 'secret', mtime: 1 });
    files.files.set('/logs/readme.md', { text: order, mtime: 1 });
    logs = new VirtualLogs(() => ['tl-test:/logs', 'tl-test:/nowhere', '/local', 'docker:web']);
  });
  after(async () => {
    logs.dispose();
    registered.dispose();
    await closeAll();
  });

  it('are read whole where they are small enough, and told of where they are not', async () => {
    await logs.refresh();
    const places = new Map<string, SourcePlace>(
      logs.places().flatMap(place => ('id' in place ? [[place.id, place]] : [])),
    );
    assert.deepEqual([...places.keys()].sort(), [
      ...['tl-test:/logs/deep/mailer.jsonl', 'tl-test:/logs/large.log', 'tl-test:/logs/orders.log'],
      ...['tl-test:/logs/secret.log', 'tl-test:/nowhere'],
    ]);
    assert.ok(!files.reads.includes('/logs/large.log'));
    const reasonOf = (id: string) => {
      const place = places.get(id);
      return place?.kind === 'unread' ? place.reason : '';
    };
    assert.match(reasonOf('tl-test:/logs/large.log'), /^has 60 MB; VS Code reads files/);
    assert.match(reasonOf('tl-test:/logs/secret.log'), /not yours/);
    assert.match(reasonOf('tl-test:/nowhere'), /nowhere/);
  });

  it('give a trace, of which a step leads to its line', async () => {
    const engine = realEngine();
    try {
      await engine.setSources(logs.places());
      const found = await engine.lookup({ text: order });
      assert.ok(found.kind === 'trace');
      const { steps } = await engine.document(found.trace.traceId);
      assert.deepEqual(
        steps.flatMap(({ records }) => records.map(({ source, line: at }) => [source, at])),
        [
          ['tl-test:/logs/orders.log', 1],
          ['tl-test:/logs/orders.log', 2],
        ],
      );
      assert.ok(found.completeness.skippedSources.some(({ source }) => source === 'tl-test:/logs/large.log'));
      const place = {
        source: 'tl-test:/logs/orders.log',
        line: 2,
        byteOffset: line(1).length,
        timestamp: '2026-03-02T10:00:02Z',
        message: 'step 2',
        ids: [order],
      };
      const parts = { views: { reveal: () => assert.fail('a text editor can show it') }, engine };
      await revealRecord(place, parts, {
        preserveFocus: false,
        avoid: [],
        column: ViewColumn.One,
        again: commandAction('', ''),
      });
      const editor = window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), 'tl-test:/logs/orders.log');
      assert.equal(editor.selection.start.line, 1);
    } finally {
      await engine.dispose();
    }
  });

  it('are read again only where they have changed', async () => {
    const before = logs.places();
    files.reads.length = 0;
    files.files.set('/logs/orders.log', { text: line(1) + line(2) + line(3), mtime: 2 });
    await new Promise(resolve => setTimeout(resolve, 2_100));
    await logs.refresh();
    assert.deepEqual(
      files.reads.filter(path => path !== '/logs/secret.log'),
      ['/logs/orders.log'],
    );
    const same = logs.places().filter(place => before.includes(place));
    assert.equal(same.length, 2, 'what has not changed is the same object');
  });

  it('are told by their scheme', () => {
    for (const place of ['vscode-vfs://github/a/b', 'memfs:/x.log']) assert.ok(isVirtual(place), place);
    for (const place of ['/x', 'C:\\x', 'file:///x', 'https://h/x', 'ssh://h/x', 'docker:web', 'untitled:Untitled-1'])
      assert.ok(!isVirtual(place), place);
  });
});
