import { strict as assert } from 'node:assert';
import { CancellationTokenSource, workspace } from 'vscode';
import { HoverLinks } from '../../src/vscode/hover/hoverLinks';
import { ErrorLensProvider } from '../../src/vscode/navigation/errorLenses';
import type { LineTraces } from '../../src/vscode/navigation/lineTraces';

describe('Lenses above error lines in which no ID is evident', () => {
  const content = ['one', 'two', 'three', 'four', 'five'].map(text => `ERROR ${text} went wrong\n`).join('');
  const { token } = new CancellationTokenSource();

  /** How often VS Code is told to ask again. */
  async function asked(idOf: (line: number) => Promise<string | null>): Promise<number> {
    const lines = { idOf: (_: unknown, line: number) => idOf(line) } as unknown as LineTraces;
    const provider = new ErrorLensProvider(lines, new HoverLinks());
    let changes = 0;
    provider.onDidChangeCodeLenses(() => changes++);
    await provider.provideCodeLenses(await workspace.openTextDocument({ content, language: 'log' }), token);
    return changes;
  }
  const slowly = () => new Promise(resolve => setTimeout(resolve, 600));

  it('are asked for again where a slow engine has told some of them', async () => {
    assert.equal(await asked(async line => slowly().then(() => (line === 0 ? 'job-1' : null))), 1);
  });

  it('are not asked for again and again where it tells none', async () => {
    const failing = async () => {
      await slowly();
      throw new Error('gone');
    };
    assert.equal(await asked(failing), 0);
  });
});
