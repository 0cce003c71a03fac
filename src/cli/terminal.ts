import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** What a command needs of the world, so that it can be tried without a process. */
export interface Terminal {
  /** Writes a document or text and ends its line. */
  out(text: string): void;
  /** Writes a message for a person. */
  err(text: string): void;
  /** All bytes of standard input. */
  readStdin(): Promise<Uint8Array>;
  /** Asks whoever sits there; left out where nobody does. @returns `null` where the question is not answered */
  ask?: (question: string, options: { isHidden: boolean }) => Promise<string | null>;
  /** Columns. */
  width: number;
  color: boolean;
  cwd: string;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    // Whoever reads us (`| head`) has had enough: that is no error.
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  }
  return {
    out: text => void stdout.write(`${text}\n`),
    err: text => void stderr.write(`${text}\n`),
    readStdin,
    ...(process.stdin.isTTY && stderr.isTTY ? { ask } : {}),
    width: stdout.columns ?? columnsOf(env.COLUMNS) ?? 120,
    color: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    cwd: process.cwd(),
  };
}

/** What the shell, or whoever reads us through a pipe, says the width is. */
function columnsOf(text: string | undefined): number | null {
  const columns = Number(text);
  return Number.isInteger(columns) && columns > 0 ? columns : null;
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What is typed at the terminal; where it is hidden, nothing of it is shown. */
function ask(question: string, { isHidden }: { isHidden: boolean }): Promise<string | null> {
  const { stdin, stderr } = process;
  stderr.write(question);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: isHidden ? output : stderr, terminal: true });
  return new Promise(resolve => {
    const end = (answer: string | null) => {
      lines.close();
      if (isHidden) stderr.write('\n');
      resolve(answer);
    };
    lines.once('line', end);
    lines.once('SIGINT', () => end(null));
    lines.once('close', () => resolve(null));
  });
}
