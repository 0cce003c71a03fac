import { spawnSync } from 'node:child_process';

export interface Installed<Tool> {
  name: string;
  version: string;
  tool: Tool;
}

/** Another tool, or the reason why it does not play. */
export type Peer<Tool> = Installed<Tool> | { name: string; missing: string };

/** What a command on the PATH says of its version; `null` where it is not installed. */
export function versionOf(command: string): string | null {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim()) : null;
}

export const notInstalled = (command: string) => `not installed: there is no ${command} on the PATH`;

/** A wrong answer has no time. */
export function mustBe(who: string, what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${who}: ${found} ${what}, but there are ${expected}.`);
}
