import { once } from 'node:events';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { RemoteError } from '../transport';
import type { Command, CommandEnd, Stream } from './command';
import type { CommandKind } from './commandKind';
import type { LineSieve } from './lineSieve';
import { LineSplitter } from './lineSplitter';
import type { Begin } from './machine';

export type TakeLines = (lines: Uint8Array) => Promise<void> | void;

export interface ReadOptions {
  signal: AbortSignal;
  /** Ms without a word after which it is ended. */
  patience: number;
  /** Whether what comes behind the last break is a line: no more can come that belongs to it. */
  takesRest: boolean;
}

/** So much waits to be handed out before the program has to wait. */
const mostWaiting = 8 * 1024 * 1024;
const mostComplaint = 4096;

/** One run of a command, whose lines go through a sieve. */
export class CommandRun {
  readonly sieve: LineSieve;
  /** Where it has ended. */
  end: CommandEnd | null = null;
  /** The line that was handed out last. */
  last: string | null = null;
  private readonly kind: CommandKind;
  private readonly command: Command;
  private readonly splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  private readonly news = new EventTarget();
  private complaint = '';
  private heardAt = performance.now();

  constructor(kind: CommandKind, begin: Begin, sieve: LineSieve) {
    this.kind = kind;
    this.sieve = sieve;
    this.command = begin((bytes, stream) => this.hear(bytes, stream));
    void this.command.ended.then(end => {
      this.end = end;
      this.news.dispatchEvent(new Event('news'));
    });
  }

  kill(): void {
    this.command.kill();
  }

  /**
   * Hands out all that comes until it ends.
   * @throws RemoteError, AbortError, what `take` throws
   */
  async readAll(take: TakeLines, { signal, patience, takesRest }: ReadOptions): Promise<void> {
    const stop = () => this.kill();
    signal.addEventListener('abort', stop, { once: true });
    const silence = setInterval(() => performance.now() - this.heardAt > patience && this.kill(), patience / 4);
    try {
      if (signal.aborted) throw new AbortError();
      while (!this.end) {
        if (this.sieve.bytes < mostWaiting) await once(this.news, 'news');
        else await this.hand(take, false);
        if (signal.aborted) throw new AbortError();
      }
      if (takesRest && this.end.code === 0) this.hearRest();
      const isSilent = performance.now() - this.heardAt > patience;
      await this.hand(take, true);
      if (isSilent)
        throw new RemoteError(`${this.kind.program} was silent for ${patience / 1000} s`, { passing: true });
      const failure = this.failure();
      if (failure) throw failure;
    } finally {
      clearInterval(silence);
      signal.removeEventListener('abort', stop);
      this.kill();
    }
  }

  /** Hands out what has come by now. @throws what `take` throws */
  async hand(take: TakeLines, all: boolean): Promise<void> {
    const lines = this.sieve.take(all);
    if (lines.length > 0) await take(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
    this.last = lines.at(-1) ?? this.last;
    if (this.sieve.bytes < mostWaiting) this.command.flow(true);
  }

  /** Why it has ended in vain; `null` where it has not. What broke off in the middle may go on. */
  failure(): RemoteError | null {
    const { end, kind, complaint } = this;
    if (!end || (end.code === 0 && end.failure === null)) return null;
    if (end.failure !== null) return new RemoteError(`${kind.program} cannot be started: ${end.failure}`);
    if (complaint === '') return new RemoteError(`${kind.program} ended without a word`, { passing: true });
    const error = kind.explain(complaint);
    return this.sieve.count > 0 ? new RemoteError(error.message, { passing: true }) : error;
  }

  private hearRest(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.splitters[stream].end();
      if (rest !== '') this.sieve.add(rest, stream);
    }
  }

  private hear(bytes: Buffer, stream: Stream): void {
    this.heardAt = performance.now();
    for (const line of this.splitters[stream].add(bytes)) {
      const before = this.sieve.count;
      this.sieve.add(line, stream);
      // The program's own words come on its second stream, too.
      const isComplaint = stream === 'stderr' && this.sieve.count === before;
      if (isComplaint && this.complaint.length < mostComplaint) this.complaint += `${line}\n`;
    }
    if (this.sieve.bytes < mostWaiting) return;
    this.command.flow(false);
    this.news.dispatchEvent(new Event('news'));
  }
}
