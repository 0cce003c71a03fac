import { strict as assert } from 'node:assert';
import { extensions, type Memento, ViewColumn, window } from 'vscode';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { extensionId, timelineViewType } from '../../src/vscode/contributions';
import { EngineAccess } from '../../src/vscode/engineAccess';
import { RankedPick } from '../../src/vscode/rankedPick';
import { RecentIds } from '../../src/vscode/recentIds';
import { Timelines } from '../../src/vscode/timelines';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId } from './support/workspace';

describe('A timeline that VS Code restores', () => {
  const memory: Memento = { keys: () => [], get: <T>(_key: string, value?: T) => value as T, update: async () => {} };
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
