import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensions, type Memento, Uri, window } from 'vscode';
import { extensionId } from '../../src/vscode/contributions';
import { openSampleLogs } from '../../src/vscode/sources/sampleLogs';
import { SourcePlaces } from '../../src/vscode/sources/sourcePlaces';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, showcaseId } from './support/workspace';

describe('The sample logs', () => {
  it('are a source at a command, once however often it is given, and lead to the trace of the walkthrough', async () => {
    await activateExtension();
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    const storage = mkdtempSync(join(tmpdir(), 'throughline-storage-'));
    const kept = new Map<string, unknown>();
    const state: Memento = {
      keys: () => [...kept.keys()],
      get: <T>(key: string, value?: T) => (kept.get(key) ?? value) as T,
      update: async (key, value) => void kept.set(key, value),
    };
    const places = new SourcePlaces(state, error => assert.fail(error));
    const parts = { extensionUri: extension.extensionUri, storageUri: Uri.file(join(storage, 'new')), places };
    const engine = realEngine();
    try {
      await openSampleLogs(parts);
      await openSampleLogs(parts);
      const folder = join(storage, 'new', 'sample-logs');
      assert.deepEqual(places.added, [folder]);
      const shown = window.visibleTextEditors.map(({ document }) => document.uri.fsPath);
      assert.ok(shown.includes(join(folder, 'worker2.log')), 'one of them is to be looked at');
      const isRead = () => places.current().some(place => place.kind === 'path' && place.path.startsWith(folder));
      assert.ok(isRead());
      await eventually('its tab', () => window.tabGroups.all.some(({ tabs }) => tabs.length > 0) || undefined);
      await places.setAdded([]);
      assert.ok(!isRead(), 'one that is still open is not read on when they are taken back');
      await places.setAdded([folder]);
      assert.ok(isRead(), 'and is once they are added again');
      assert.deepEqual(readdirSync(folder), readdirSync(join(extension.extensionPath, 'media', 'sample-logs')));
      await engine.setSources([{ kind: 'path', path: folder }]);
      const found = await engine.lookup({ text: showcaseId });
      assert.equal(found.kind, 'trace');
    } finally {
      await closeAll();
      await engine.dispose();
      rmSync(storage, { recursive: true });
    }
    const { walkthroughs } = extension.packageJSON.contributes;
    const [{ steps }] = walkthroughs;
    for (const { media, description } of steps) {
      assert.ok(existsSync(join(extension.extensionPath, media.svg)));
      const [, id] = /traceCorrelationId\?%5B%22([^%]+)%22%5D/.exec(description) ?? [];
      if (id !== undefined) assert.equal(id, showcaseId);
    }
  });
});
