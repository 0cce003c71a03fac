import type { Stream } from './command';

/** Makes of what a command writes the lines that are new; one per run of a command. */
export interface LineSieve {
  /** Takes a line without its break; each character is one byte. */
  add(line: string, stream: Stream): void;
  /** Bytes that are kept, about. */
  readonly bytes: number;
  /** Lines that came, new or not. */
  readonly count: number;
  /** Lines that can be handed out, without their breaks; with `all` every one that is left. */
  take(all: boolean): string[];
}
