import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { basename, join } from 'node:path';
import { cacheDir, removeDir } from './paths';

/**
 * Fills a folder of the cache once. A stamp, written last, tells a whole folder from a broken one; several test runs
 * may ask for the same folder at the same time, and only one of them works.
 */
export async function cached(name: string, contents: string, fill: (dir: string) => Promise<void>): Promise<string> {
  const dir = join(cacheDir, name);
  const stamp = join(dir, '.complete');
  const isComplete = () => readIfThere(stamp) === contents;
  if (isComplete()) return dir;
  await withLock(dir, async () => {
    if (isComplete()) return;
    const start = performance.now();
    process.stdout.write(`Preparing ${contents} in .vscode-test/${name} (once) … `);
    removeDir(dir);
    mkdirSync(dir, { recursive: true });
    await fill(dir);
    writeFileSync(stamp, contents);
    console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
  });
  return dir;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * One process at a time per folder. The lock is a socket in Linux's abstract name space (only there do we need it):
 * the kernel takes it away from a process that dies, so it cannot go stale, and who waits hears the connection close.
 */
async function withLock(dir: string, work: () => Promise<void>): Promise<void> {
  if (process.platform !== 'linux') return work();
  const name = `\0throughline-${basename(dir)}-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`;
  for (;;) {
    const release = await acquire(name);
    if (release) return work().finally(release);
    await released(name);
  }
}

function acquire(name: string): Promise<(() => void) | undefined> {
  const waiting = new Set<Socket>();
  const server = createServer(socket => {
    waiting.add(socket);
    socket.on('error', () => {}).on('close', () => waiting.delete(socket));
  });
  const release = () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(name, () => resolve(release));
  });
}

function released(name: string): Promise<void> {
  return new Promise(resolve => {
    connect(name)
      .on('error', () => {})
      .on('close', () => resolve());
  });
}
