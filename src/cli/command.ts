import type { LogEngine } from '../common/protocol/logEngine';
import type { Options } from './options';
import type { Terminal } from './terminal';

export interface CommandContext {
  engine: LogEngine;
  options: Options;
  /** Positional arguments behind the command's name. */
  args: string[];
  terminal: Terminal;
}

/** 0 found, 1 not found, 2 wrong use or nothing readable. */
export type ExitStatus = 0 | 1 | 2;

export interface Command {
  run(context: CommandContext): Promise<ExitStatus>;
  /** Options that change what it does; `--json` goes with all. */
  options: string[];
}
