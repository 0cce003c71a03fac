import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commands, env, type QuickPick, type QuickPickItem, Uri, window } from 'vscode';
import type { ListRequest, LogEngine, NamesRequest, SourcePlace } from '../../src/common/protocol/logEngine';
import { commandIds } from '../../src/vscode/contributions';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { traceInFolder } from '../../src/vscode/pick/traceInFolder';
import { SearchScopes } from '../../src/vscode/timeline/searchScopes';
import type { ShowManner } from '../../src/vscode/timeline/timelines';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

const trace = (correlationId: string) => ({ correlationId, status: 'ok', services: ['api'], records: 3 });

describe('Tracing in a folder', () => {
  const folder = sampleLog('only-here');
  const file = join(folder, 'part.txt');
  const memory = { keys: () => [], get: <T>(_key: string, fallback?: T) => fallback as T, update: async () => {} };

  before(async () => {
    await activateExtension();
    mkdirSync(folder);
    writeFileSync(file, `2026-03-04T10:15:00.100Z INFO [orders] [correlationId=${showcaseId}] begun\n`);
    await env.clipboard.writeText(`see ${showcaseId} please`);
  });
  after(async () => {
    await closeAll();
    rmSync(folder, { recursive: true });
  });

  /** An engine that has two traces, and a box that is watched; `asked` is what the engine was asked for. */
  function started(...args: unknown[]) {
    const shown: { text: string; manner: ShowManner }[] = [];
    const asked: (ListRequest | NamesRequest)[] = [];
    const engine = {
      setSources: async () => {},
      list: async (request: ListRequest) => {
        asked.push(request);
        return { traces: [trace('found-0001'), trace('known-0002')] };
      },
      names: async (request: NamesRequest) => {
        asked.push(request);
        return request.ids.map(id => ({ name: `POST /${id}`, unnamed: null }));
      },
    } as unknown as LogEngine;
    const parts = {
      access: new EngineAccess(engine, () => []),
      recent: { all: ['KNOWN-0002', 'elsewhere-0003'] },
      scopes: new SearchScopes(memory, () => [{ kind: 'unsaved', id: file, text: 'newer' }]),
      show: async (text: string, manner: ShowManner) => void shown.push({ text, manner }),
    };
    const { createQuickPick } = window;
    let box: QuickPick<QuickPickItem> | undefined;
    Object.assign(window, { createQuickPick: () => (box = createQuickPick()) });
    let done = false;
    const running = traceInFolder(parts, args).finally(() => {
      done = true;
      Object.assign(window, { createQuickPick });
    });
    running.catch(() => undefined);
    return { running, shown, asked, isDone: () => done, box: () => box };
  }

  /** What is searched once the offered text is accepted. */
  async function accepted(...args: unknown[]): Promise<{ text: string; manner: ShowManner }[]> {
    const { running, shown, isDone } = started(...args);
    for (let tries = 0; tries < 100 && !isDone(); tries++) {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await running;
    return shown;
  }

  it('searches what was chosen alone, for the ID of the clipboard unless another one is typed', async () => {
    const expected = (...paths: string[]) => {
      const name = paths.map(path => relative(sampleLog(''), path)).join(', ');
      return [{ text: showcaseId, manner: { within: { name, paths } } }];
    };
    assert.deepEqual(await accepted(Uri.file(folder)), expected(folder));
    assert.deepEqual(await accepted(Uri.file(file)), expected(file), 'of a file that file');
    assert.deepEqual(await accepted(Uri.file(file), [Uri.file(file), Uri.file(folder)]), expected(file, folder));
  });

  it('offers the IDs that are there, those that were traced before first, with their names', async () => {
    for (const [path, says] of [
      [folder, /only this folder is searched/],
      [file, /only this file is searched/],
    ] as const) {
      const { running, asked, box, shown } = started(Uri.file(path));
      await eventually('the box', box);
      assert.match(box()?.placeholder ?? '', says);
      Object.assign(box() ?? {}, { value: '' });
      const items = await eventually('the names', () =>
        box()?.items.some(({ description }) => description?.startsWith('POST /')) ? box()?.items : undefined,
      );
      const labels = items.map(({ label }) => label).filter(label => !label.startsWith('Trace '));
      assert.ok(labels.indexOf('known-0002') < labels.indexOf('found-0001'), labels.join());
      assert.ok(!labels.includes('elsewhere-0003'), 'nothing that is not there');
      assert.match(items.find(({ label }) => label === 'found-0001')?.description ?? '', /^POST \/found-0001 · OK/);
      const places: SourcePlace[] = [
        { kind: 'path', path },
        { kind: 'unsaved', id: file, text: 'newer' },
      ];
      assert.deepEqual(
        asked.map(request => request.places),
        [places, places],
      );
      box()?.hide();
      await running;
      assert.deepEqual(shown, []);
    }
  });

  it('refuses what is not of this machine', async () => {
    for (const args of [[], ['x'], [Uri.parse('https://x.test/a')]])
      await assert.rejects(accepted(...args), /this machine only/);
  });

  it('has a timeline of its own beside that of all logs', async () => {
    await commands.executeCommand(commandIds.trace, showcaseId);
    const running = commands.executeCommand(commandIds.traceInFolder, Uri.file(folder));
    await eventually('the timeline', async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return timelineTabs().find(({ label }) => label.endsWith(' in only-here'));
    });
    await running;
    assert.equal(timelineTabs().length, 2);
  });
});
