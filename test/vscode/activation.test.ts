import { strict as assert } from 'node:assert';
import { extensions, Uri, workspace } from 'vscode';
import { extensionId } from '../../src/vscode/contributions';
import { closeAll, eventually, sampleLog } from './support/workspace';

/** By its name, the first file of the suite: what follows needs the extension at work. */
describe('The extension', () => {
  after(closeAll);

  it('is not loaded before a log is open, even in a folder of logs', async () => {
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    const document = await workspace.openTextDocument({ content: '# no log', language: 'markdown' });
    assert.equal(document.languageId, 'markdown');
    assert.equal(extension.isActive, false);
  });

  it('wakes up when one is opened', async function () {
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    const start = performance.now();
    await workspace.openTextDocument(Uri.file(sampleLog('worker1.log')));
    await eventually('the extension at work', () => extension.isActive || undefined);
    const [own] = performance.getEntriesByName('throughline.activate');
    assert.ok(own, 'it measures itself');
    // Told, not asserted: a busy machine proves nothing. *Developer: Show Running Extensions* tells what of it is ours.
    const click = Math.round(performance.now() - start);
    if (this.test) this.test.title += ` (${click} ms from the click, ${own.duration.toFixed(1)} ms to begin)`;
  });
});
