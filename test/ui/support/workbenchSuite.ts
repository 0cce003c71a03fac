import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot, tempDir } from '../../host/paths';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

export interface WorkbenchSuiteOptions extends Omit<WorkbenchOptions, 'workspaceFolder' | 'vsix'> {
  /** Names the folder that is opened; its parent is the suite's own. */
  folder: string;
  /** Writes what is in it; left out: the sample logs. */
  write?: (folder: string) => void;
  /** Whether tabs and notifications of one test are gone before the next. */
  closesAll?: boolean;
}

export interface WorkbenchSuite {
  readonly folder: string;
  readonly workbench: Workbench;
}

/** A real VS Code for the tests of a suite, with the packaged extension; a test that fails leaves a picture. */
export function workbenchSuite({ folder: name, write, closesAll, ...options }: WorkbenchSuiteOptions): WorkbenchSuite {
  const folder = join(tempDir('ui'), name);
  let opened: Workbench | undefined;
  before(async () => {
    if (write) write(folder);
    else cpSync(join(repoRoot, 'media', 'sample-logs'), folder, { recursive: true });
    const vsix = process.env.THROUGHLINE_VSIX;
    opened = await openWorkbench({ ...options, workspaceFolder: folder, ...(vsix ? { vsix } : {}) });
  });
  after(() => opened?.dispose());
  const suite = {
    folder,
    get workbench() {
      if (!opened) throw new Error('VS Code is not open yet.');
      return opened;
    },
  };
  afterEach(async function () {
    const { workbench } = suite;
    await workbench.screenshotOfFailure(this.currentTest);
    if (await workbench.quickInput.isOpen()) await workbench.quickInput.cancel();
    if (!closesAll) return;
    if ((await workbench.editor.activeTabs()).length > 0) await workbench.runCommand('View: Close All Editors');
    if ((await workbench.notifications()).length > 0)
      await workbench.runCommand('Notifications: Clear All Notifications');
  });
  return suite;
}
