import { once } from 'node:events';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { cacheDir } from './paths';
import { run, spawnLeashed, stopLeashed } from './process';

export interface DesktopPlan {
  vsix: string;
  /** A folder with an extension; loaded from there, for that needs no package. */
  opener: string;
  workspace: string;
  userDataDir: string;
  extensionsDir: string;
}

/** What desktop VS Code is called with: first to install the package, then to open the workspace. */
export function desktopArguments(plan: DesktopPlan): { install: string[]; open: string[] } {
  const profile = [`--extensions-dir=${plan.extensionsDir}`, `--user-data-dir=${plan.userDataDir}`];
  return {
    install: [...profile, '--install-extension', plan.vsix, '--force'],
    open: [
      plan.workspace,
      ...profile,
      `--extensionDevelopmentPath=${plan.opener}`,
      '--disable-workspace-trust',
      '--disable-updates',
      '--disable-telemetry',
      '--skip-welcome',
      '--skip-release-notes',
      '--new-window',
    ],
  };
}

export interface DesktopVscode {
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** For macOS and Windows, where the server build cannot run. Downloads VS Code once. */
export async function startDesktop(plan: DesktopPlan, env: NodeJS.ProcessEnv): Promise<DesktopVscode> {
  const executable = await downloadAndUnzipVSCode({ version: 'stable', cachePath: cacheDir });
  const { install, open } = desktopArguments(plan);
  await run(resolveCliPathFromVSCodeExecutablePath(executable), install);
  const child = spawnLeashed(executable, open, { env: { ...process.env, ...env }, show: true });
  return { ended: once(child, 'exit'), stop: () => stopLeashed(child) };
}
