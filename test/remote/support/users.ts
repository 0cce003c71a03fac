import { execFileSync } from 'node:child_process';

/** A user of this machine with a password, which only root can make. */
export function newUser(name: string, password: string): void {
  removeUser(name);
  execFileSync('useradd', ['-M', '-s', '/bin/sh', name]);
  execFileSync('chpasswd', { input: `${name}:${password}\n` });
}

export function removeUser(name: string): void {
  try {
    execFileSync('userdel', [name], { stdio: 'ignore' });
  } catch {
    // There is none.
  }
}
