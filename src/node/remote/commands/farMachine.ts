import type { ClientChannel } from 'ssh2';
import { quotedLine } from '../ssh/shellWords';
import type { SshConnection } from '../ssh/sshConnection';
import { RemoteError } from '../transport';
import type { Command, CommandEnd } from './command';
import type { Begin, Machine } from './machine';

/** Commands on hosts that speak SSH. */
export class FarMachine implements Machine {
  private readonly connect: (place: string, signal: AbortSignal) => Promise<SshConnection>;
  readonly close: () => void;

  constructor(parts: { connect(place: string, signal: AbortSignal): Promise<SshConnection>; close(): void }) {
    this.connect = parts.connect;
    this.close = parts.close;
  }

  async command(place: string, program: string, args: readonly string[], signal: AbortSignal): Promise<Begin> {
    const line = quotedLine(['env', 'LC_ALL=C', program, ...args]);
    if (line === null)
      throw new RemoteError('a backslash, an exclamation mark or a line break cannot be handed to the shell of a host');
    const connection = await this.connect(place, signal);
    const channel = await connection.run(line).catch((error: Error) => {
      if (connection.lost) throw error;
      throw new RemoteError(`${connection.of} runs no commands (${error.message})`);
    });
    return take => farCommand(channel, connection, take);
  }
}

function farCommand(channel: ClientChannel, connection: SshConnection, take: Parameters<Begin>[0]): Command {
  channel.on('data', (bytes: Buffer) => take(bytes, 'stdout'));
  channel.stderr.on('data', (bytes: Buffer) => take(bytes, 'stderr'));
  let isOver = false;
  const ended = new Promise<CommandEnd>(resolve => {
    channel.on('close', (code: number | null | undefined) => {
      isOver = true;
      resolve({ code: connection.lost ? null : (code ?? null), failure: null });
    });
  });
  const flow = (on: boolean) => {
    for (const stream of [channel, channel.stderr]) {
      if (on) stream.resume();
      else stream.pause();
    }
  };
  const kill = () => {
    if (isOver) return;
    // Not all hosts take the signal: what cannot be written any more ends it, too.
    channel.signal('KILL');
    flow(true);
    channel.close();
  };
  return { ended, flow, kill };
}
