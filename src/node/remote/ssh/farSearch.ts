import type { ClientChannel } from 'ssh2';
import { AbortError } from '../../../common/protocol/rpcChannel';
import type { FarHit } from '../transport';
import { quotedLine } from './shellWords';
import type { SshConnection } from './sshConnection';

/** More places are not worth to be fetched one by one. */
const mostHits = 20_000;
/** A line that `grep` writes holds two numbers and what was found. */
const longestLine = 64 * 1024;

/**
 * Where texts stand in a file, by the far side's own `grep`, without regard to the case of ASCII letters.
 * @returns `null` where the far side cannot, or finds too much
 * @throws AbortError, RemoteError where the connection is lost
 */
export async function grepFar(
  connection: SshConnection,
  file: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<FarHit[] | null> {
  const words = [
    'env',
    'LC_ALL=C',
    'grep',
    '-b',
    '-n',
    '-o',
    '-a',
    '-F',
    '-i',
    ...texts.flatMap(text => ['-e', text]),
    '--',
    file,
  ];
  const command = quotedLine(words);
  if (command === null) return null;
  const hits: FarHit[] = [];
  const status = await runFar(connection, command, signal, line => {
    const [, number, at] = /^(\d+):(\d+):/.exec(line) ?? [];
    if (at !== undefined) hits.push({ at: Number(at), line: Number(number) });
    return hits.length <= mostHits;
  });
  return status === 0 || status === 1 ? hits : null;
}

/**
 * Line breaks of the first bytes of a file, counted by the far side.
 * @returns `null` where the far side cannot
 * @throws AbortError, RemoteError where the connection is lost
 */
export async function countFar(
  connection: SshConnection,
  file: string,
  bytes: number,
  signal: AbortSignal,
): Promise<number | null> {
  const command = quotedLine(['env', 'LC_ALL=C', 'head', '-c', String(bytes), '--', file]);
  if (command === null) return null;
  let lines: number | null = null;
  const status = await runFar(connection, `${command} | wc -lc`, signal, line => {
    const [, counted, read] = /^\s*(\d+)\s+(\d+)\s*$/.exec(line) ?? [];
    // What fails in a pipe fails without a word.
    lines = counted !== undefined && Number(read) === bytes ? Number(counted) : null;
    return true;
  });
  return status === 0 ? lines : null;
}

/**
 * Runs a command line and hands out what it writes, line by line, until `take` has enough.
 * @returns its exit status; `null` where it was not run to its end
 * @throws AbortError, RemoteError where the connection is lost
 */
async function runFar(
  connection: SshConnection,
  command: string,
  signal: AbortSignal,
  take: (line: string) => boolean,
): Promise<number | null> {
  if (signal.aborted) throw new AbortError();
  const channel = await connection.run(command).catch(error => {
    if (connection.lost) throw error;
    return null;
  });
  return channel && linesOf(channel, connection, signal, take);
}

function linesOf(
  channel: ClientChannel,
  connection: SshConnection,
  signal: AbortSignal,
  take: (line: string) => boolean,
): Promise<number | null> {
  let rest = '';
  let status: number | null = null;
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', abort);
      if (status === null) {
        // Not all hosts take the signal: what cannot be written any more ends it, too.
        channel.signal('TERM');
        channel.close();
      }
      settle();
    };
    const abort = () => end(() => reject(new AbortError()));
    signal.addEventListener('abort', abort, { once: true });
    channel.setEncoding('latin1');
    channel.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (!lines.every(take) || rest.length > longestLine) end(() => resolve(null));
    });
    channel.stderr.resume();
    channel.on('exit', (code: number | null) => {
      status = code ?? 2;
    });
    channel.on('close', () =>
      end(() => {
        if (connection.lost) reject(connection.lost);
        else resolve(status);
      }),
    );
  });
}
