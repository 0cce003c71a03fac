import assert from 'node:assert/strict';
import type fs from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import vm from 'node:vm';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** Anything at all, that can be called, constructed, and asked for anything. */
const anything: unknown = new Proxy(class {}, {
  get: (target, key) => {
    if (key === 'prototype') return target.prototype;
    return key === 'then' || key === Symbol.iterator ? undefined : anything;
  },
  set: () => true,
  apply: () => anything,
  construct: () => ({ dispose: () => {} }),
});

class EventEmitter {
  event = () => ({ dispose: () => {} });
  fire() {}
  dispose() {}
}

/** VS Code with a log in front, as far as activation may look. Everything else is `anything`. */
function standIn() {
  const uri = { scheme: 'file', fsPath: '/logs/app.log', toString: () => 'file:///logs/app.log' };
  const document = { uri, languageId: 'log', isDirty: false };
  const named = {
    EventEmitter,
    languages: { match: () => 10 },
    workspace: {
      isTrusted: true,
      textDocuments: [document],
      workspaceFolders: [],
      getConfiguration: () => ({ get: (_: string, value: unknown) => value, inspect: () => undefined }),
    },
    window: {
      activeTextEditor: { document },
      visibleTextEditors: [{ document }],
      tabGroups: { all: [], onDidChangeTabs: () => ({ dispose: () => {} }) },
    },
  };
  const over = (part: object): unknown =>
    new Proxy(part, { get: (target, key) => (key in target ? Reflect.get(target, key) : anything) });
  return over({
    ...named,
    languages: over(named.languages),
    workspace: over(named.workspace),
    window: over(named.window),
  });
}

describe('Waking up', function () {
  this.timeout(30_000);

  it('loads nothing heavy, starts no thread and reads no file before VS Code goes on', async function () {
    const { outputFiles } = await build({
      entryPoints: [join(root, 'src', 'extension.ts')],
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      external: ['vscode', 'cpu-features', '*.node'],
      minifySyntax: true,
      logLevel: 'error',
    });
    const required = new Set<string>();
    const threads: unknown[] = [];
    const reads: string[] = [];
    const ownRequire = createRequire(import.meta.url);
    const watched = (module: object) =>
      new Proxy(module, {
        get: (target, key) => {
          const value: unknown = Reflect.get(target, key);
          if (typeof value !== 'function' || !/^(read|open|stat|write|mkdir)/.test(String(key))) return value;
          return (...args: unknown[]) => {
            reads.push(`${String(key)} ${args[0]}`);
            return Reflect.apply(value, target, args);
          };
        },
      });
    class Worker {
      constructor(script: unknown) {
        threads.push(script);
      }
      on = () => this;
      postMessage() {}
      terminate() {}
    }
    const vscode = standIn();
    const requireWatched = (id: string): unknown => {
      required.add(id.replace(/^node:/, ''));
      if (id === 'vscode') return vscode;
      if (/worker_threads$/.test(id)) return { ...(ownRequire(id) as object), Worker };
      if (/^(?:node:)?fs(?:\/promises)?$/.test(id)) return watched(ownRequire(id) as typeof fs);
      return ownRequire(id);
    };
    const module = { exports: {} as { activate(context: unknown): void; deactivate(): Promise<void> } };
    const begin = performance.now();
    const code = `(function (require, module, exports) {${outputFiles[0]?.text}\n})`;
    vm.runInThisContext(code)(requireWatched, module, module.exports);
    const loaded = performance.now();
    const subscriptions: { dispose(): void }[] = [];
    const state = { get: (_: string, value: unknown) => value, update: async () => {}, keys: () => [] };
    const storage = { scheme: 'file', fsPath: '/nowhere' };
    try {
      await module.exports.activate({
        subscriptions,
        extensionUri: anything,
        storageUri: storage,
        globalStorageUri: storage,
        workspaceState: state,
        globalState: state,
        secrets: anything,
      });
      const done = performance.now();
      await delay(20);
      // Told, not asserted: a busy machine proves nothing.
      if (this.test)
        this.test.title += ` (${(loaded - begin).toFixed(1)} ms to load, ${(done - loaded).toFixed(1)} ms)`;
      const foreign = [...required].filter(id => id !== 'vscode' && !builtinModules.includes(id));
      assert.deepEqual(foreign, []);
      for (const heavy of ['http', 'https', 'net', 'tls', 'child_process', 'dns', 'sqlite'])
        assert.ok(!required.has(heavy), heavy);
      assert.deepEqual(reads, []);
      assert.deepEqual(threads, []);
      for (let turns = 0; turns < 100 && threads.length === 0; turns++) await delay(20);
      assert.equal(threads.length, 1, 'the engine gets ready for the log in front, once VS Code has gone on');
    } finally {
      for (const part of subscriptions) part.dispose();
    }
  });
});
