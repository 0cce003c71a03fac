import type { Stretch } from '../../sources/heldBlocks';
import { abortable } from '../abortable';
import { RemoteError, type TakeBytes } from '../transport';
import { reasonOf } from './farFiles';
import type { SshConnection } from './sshConnection';

/** So much is asked for at a time, by so many requests at the same time: what is under way fills a long line, too. */
const piece = 128 * 1024;
const together = 32;
/** Reads stretches of a file that is opened once, by requests in parallel. @throws RemoteError, AbortError, what `take` throws */
export async function readFar(
  connection: SshConnection,
  file: string,
  stretches: readonly Stretch[],
  take: TakeBytes,
  signal: AbortSignal,
): Promise<void> {
  const sftp = await connection.files();
  const opened = connection.asked<Buffer>(done => sftp.open(file, 'r', done));
  const close = (handle: Buffer) => !connection.lost && sftp.close(handle, () => {});
  const handle = await abortable(opened, signal).catch(error => {
    opened.then(close, () => {});
    throw isTold(error) ? error : new RemoteError(`${connection.of}: ${file} cannot be read: ${reasonOf(error)}`);
  });
  const pieces = piecesOf(stretches);
  let ended = false;
  const reader = async () => {
    const buffer = Buffer.allocUnsafeSlow(piece);
    for (let next = pieces.next(); !next.done; next = pieces.next()) {
      for (let { from, to } = next.value; from < to; ) {
        if (ended) return;
        const read = connection.asked<number>(done => sftp.read(handle, buffer, 0, to - from, from, done));
        const length = await read.catch(endOfFile);
        if (ended || length === 0) return;
        await take(buffer.subarray(0, length), from);
        from += length;
      }
    }
  };
  try {
    await abortable(Promise.all(Array.from({ length: together }, reader)), signal);
  } finally {
    ended = true;
    close(handle);
  }
}

function* piecesOf(stretches: readonly Stretch[]): Generator<Stretch, void, void> {
  for (const { from, to } of stretches) {
    for (let at = from; at < to; at += piece) yield { from: at, to: Math.min(to, at + piece) };
  }
}

const isTold = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'RemoteError' || error.name === 'AbortError');

/** That a file ends is told as an error (SSH_FX_EOF). */
function endOfFile(error: unknown): number {
  if (error instanceof Error && 'code' in error && error.code === 1) return 0;
  throw isTold(error) ? error : new RemoteError(`reading stopped: ${reasonOf(error)}`, { passing: true });
}
