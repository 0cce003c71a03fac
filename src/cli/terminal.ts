/** What a command needs of the world, so that it can be tried without a process. */
export interface Terminal {
  /** Writes a document or text and ends its line. */
  out(text: string): void;
  /** Writes a message for a person. */
  err(text: string): void;
  /** All bytes of standard input. */
  readStdin(): Promise<Uint8Array>;
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
