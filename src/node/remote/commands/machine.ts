import { RemoteError } from '../transport';
import { type Command, type Stream, start } from './command';
import { findProgram } from './findProgram';

/** Starts a command, and hands out what it writes. */
export type Begin = (take: (bytes: Buffer, stream: Stream) => void) => Command;

/** Where commands run. */
export interface Machine {
  /**
   * Makes a command of a program and its arguments.
   * @param place which of several machines is meant
   * @throws RemoteError where there is no such program, or no way to the machine
   */
  command(place: string, program: string, args: readonly string[], signal: AbortSignal): Promise<Begin>;
  close(): void;
}

export const thisMachine: Machine = {
  async command(_, program, args) {
    const file = await findProgram(program);
    if (file !== null) return take => start(file, args, take);
    throw new RemoteError(
      `${program} is not installed: install it, or see to it that it is on the PATH that VS Code was started with`,
    );
  },
  close: () => {},
};
