import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensions, type Memento, ViewColumn, window } from 'vscode';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { extensionId, timelineViewType } from '../../src/vscode/contributions';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { RankedPick } from '../../src/vscode/pick/rankedPick';
import { RecentIds } from '../../src/vscode/pick/recentIds';
import { SearchScopes } from '../../src/vscode/timeline/searchScopes';
import { titleOf } from '../../src/vscode/timeline/timelinePanel';
import { Timelines } from '../../src/vscode/timeline/timelines';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId } from './support/workspace';

describe('A timeline that VS Code restores', () => {
  const kept = new Map<string, unknown>();
  const memory: Memento = {
    keys: () => [...kept.keys()],
    get: <T>(key: string, value?: T) => (kept.get(key) ?? value) as T,
    update: async (key, value) => void kept.set(key, value),
  };
  const reports: string[] = [];
  let engine: LogEngine;
  let timelines: Timelines;

  before(async () => {
    await activateExtension();
    engine = realEngine();
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    timelines = new Timelines({
      access: new EngineAccess(engine, () => [{ kind: 'path', path: sampleLog('.') }]),
      recent: new RecentIds(memory),
      scopes: new SearchScopes(memory, () => []),
      extensionUri: extension.extensionUri,
      actions: () => ({
        openRecord: () => {},
        openLine: () => {},
        openCode: () => {},
        openFrame: () => {},
        openNote: () => {},
        copy: () => {},
        pivot: () => {},
        lens: () => false,
        searchAgain: () => {},
        addLogs: () => {},
        howRead: () => {},
        openSetting: () => {},
      }),
      report: end => reports.push(end.kind),
    });
  });
  after(async () => {
    timelines.dispose();
    await engine.dispose();
    await closeAll();
  });

  const restored = async (query: string) => {
    const panel = window.createWebviewPanel(timelineViewType, 'restored', ViewColumn.One);
    await timelines.restore(panel, { query, selected: null });
    await eventually('the panel to be active', () => timelines.active?.panel === panel || undefined);
    return timelines.active?.session;
  };

  it('shows its trace again, and says nothing', async () => {
    assert.equal((await restored(showcaseId))?.trace?.correlationId, showcaseId);
    assert.deepEqual(reports, []);
  });

  it('searches the folder alone that it did before, whether or not its page remembers the ID', async () => {
    const folder = sampleLog('restored-here');
    mkdirSync(folder);
    try {
      writeFileSync(join(folder, 'part.log'), `2026-03-04T10:15:00.100Z INFO [correlationId=${showcaseId}] begun\n`);
      await new SearchScopes(memory, () => []).keep({ name: 'restored-here', paths: [folder] });
      for (const remembered of [{ query: showcaseId }, null]) {
        const tab = `${titleOf(showcaseId)} in restored-here`;
        const panel = window.createWebviewPanel(timelineViewType, tab, ViewColumn.One);
        await timelines.restore(panel, remembered);
        const session = timelines.sessions.find(({ within }) => within?.scope.name === 'restored-here');
        assert.equal(session?.trace?.records, 1);
        assert.equal(panel.title, tab);
        panel.dispose();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('asks nothing that nobody is there to answer: that several traces fit stands in it', async () => {
    // This would wait for the answer, if there were a question.
    const session = await restored('u-6');
    assert.equal(session?.state.kind, 'choices');
    assert.deepEqual(reports, []);
  });

  it('reports nothing where nothing is found', async () => {
    const session = await restored('ffffffff-0000-4000-8000-00000000dead');
    assert.equal(session?.state.kind, 'notFound');
    assert.deepEqual(reports, []);
  });
});

describe('A picker whose items come late', () => {
  const item = (id: string) => ({ id, label: id });

  for (const moved of [false, true]) {
    it(
      moved ? 'keeps the item that the user went to' : 'goes on with the best item, if the user did not move',
      async () => {
        const items = [item('ab-long-one'), item('ab-long-two')];
        const pick = new RankedPick({ title: 't', placeholder: 'p', items, value: 'ab' });
        const chosen = pick.choose();
        await eventually('an active item', () => pick.input.activeItems[0]);
        const [, second] = pick.input.items;
        if (moved && second) pick.input.activeItems = [second];
        await new Promise(resolve => setTimeout(resolve, 200));
        const wanted = moved ? second?.id : 'ab';
        pick.add([item('ab')]);
        await eventually('the right item', () => pick.input.activeItems[0]?.id === wanted || undefined);
        pick.input.hide();
        assert.equal(await chosen, null);
      },
    );
  }
});
