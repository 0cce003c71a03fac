import { spawn } from 'node:child_process';

/** The command that shows an address in the user's browser, where there is a user with a screen. */
export function browserCommand(platform: string, env: NodeJS.ProcessEnv): string | undefined {
  if (env.CI) return undefined;
  if (platform === 'darwin') return 'open';
  return platform === 'linux' && (env.DISPLAY || env.WAYLAND_DISPLAY) ? 'xdg-open' : undefined;
}

/** Silent when it fails: the address has been printed. */
export function openInBrowser(url: string): void {
  const command = browserCommand(process.platform, process.env);
  if (command === undefined) return;
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
