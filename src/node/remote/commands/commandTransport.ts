import { AbortError } from '../../../common/protocol/rpcChannel';
import { type FarFile, type FarListing, type LineTransport, type ListOptions, RemoteError } from '../transport';
import type { Answer, CommandKind, Told } from './commandKind';
import { CommandRun, type TakeLines } from './commandRun';
import { type Begin, type Machine, thisMachine } from './machine';

/** Longest answer to a question, in bytes, and how long it may take, in ms. */
const mostAnswer = 64 * 1024 * 1024;
const longestAnswer = 30_000;
/** So many are left running at most; what else is watched is asked now and then, each of them after so many ms. */
const mostFollowers = 24;
const restOfEach = 250;
/** A command that is left running ends when nobody has asked for its lines for so long. */
const idleFor = 5_000;
const longestPause = 30_000;

interface Listed {
  told: Told[];
  listing: FarListing;
  at: number;
}

interface Failed {
  error: unknown;
  times: number;
  until: number;
}

/** A command that is left running, and stops by itself. */
interface Follower {
  run: CommandRun;
  startedAt: number;
  idle: NodeJS.Timeout;
}

/** What a program of the user's own tells: it is asked anew for each look, and left running while a place is watched. */
export class CommandTransport implements LineTransport {
  readonly kind = 'lines';
  private readonly commands: CommandKind;
  private readonly machine: Machine;
  private readonly told = new Map<string, Told>();
  private readonly listed = new Map<string, Listed>();
  private readonly failed = new Map<string, Failed>();
  private readonly followers = new Map<string, Follower>();
  /** As which each one was read to its end. */
  private readonly settled = new Map<string, string>();
  /** Those that were read up to now by a run of their own, and can be followed from there. */
  private readonly caughtUp = new Set<string>();
  /** Places that are looked at anew behind the back of those who follow. */
  private readonly finding = new Set<string>();
  private readonly readAt = new Map<string, number>();
  private readonly ended = new AbortController();

  constructor(commands: CommandKind, machine: Machine = thisMachine) {
    this.commands = commands;
    this.machine = machine;
  }

  async list(place: string, signal: AbortSignal, { watched: follow = false }: ListOptions = {}): Promise<FarListing> {
    const known = this.listed.get(place);
    if (!follow) return (await this.find(place, signal)).listing;
    const failed = this.failed.get(place);
    if (failed && performance.now() < failed.until) throw failed.error;
    if (!known || failed) return (await this.find(place, signal)).listing;
    // Lines that come meanwhile do not wait for it.
    if (performance.now() - known.at >= this.commands.listGoodFor && !this.finding.has(place)) {
      this.finding.add(place);
      this.find(place, this.ended.signal)
        .catch(() => {})
        .finally(() => this.finding.delete(place));
    }
    return known.listing;
  }

  async more(
    { url, identity }: FarFile,
    tail: Uint8Array,
    take: TakeLines,
    { signal, follow }: { signal: AbortSignal; follow: boolean },
  ): Promise<string | null> {
    const told = this.told.get(url);
    if (!told) throw new RemoteError(`${url} is not among the sources any more: search again`);
    if (follow && (await this.takeFollowed(url, tail, take))) return null;
    if (told.settled !== null && tail.length > 0 && this.settled.get(url) === told.settled) return null;
    const failed = this.failed.get(url);
    if (follow && failed && performance.now() < failed.until) return null;
    if (follow && told.settled === null && this.caughtUp.has(`${identity} ${url}`)) {
      if (this.followers.size < mostFollowers) {
        await this.follow(told, tail);
        return null;
      }
      const rest = restOfEach * this.told.size;
      if (performance.now() - (this.readAt.get(url) ?? Number.NEGATIVE_INFINITY) < rest) return null;
    }
    const sieve = told.sieve(tail);
    const until = AbortSignal.any([signal, this.ended.signal]);
    const run = new CommandRun(this.commands, await this.command(url, told.args(tail, false), until), sieve);
    await run.readAll(take, { signal: until, takesRest: told.settled !== null });
    this.readAt.set(url, performance.now());
    if (told.settled !== null) this.settled.set(url, told.settled);
    else if (follow) this.caughtUp.add(`${identity} ${url}`);
    const { mostAtFirst } = this.commands;
    if (tail.length > 0 || sieve.count < mostAtFirst) return null;
    return `only its last ${mostAtFirst.toLocaleString('en')} lines are read, since older ones may be very many`;
  }

  close(): void {
    this.ended.abort();
    for (const url of [...this.followers.keys()]) this.leave(url);
    this.machine.close();
  }

  /** Takes what came of a command that was left running. @returns false where there is none that goes on from the tail */
  private async takeFollowed(url: string, tail: Uint8Array, take: TakeLines): Promise<boolean> {
    const follower = this.followers.get(url);
    if (!follower) return false;
    const { run } = follower;
    const { end } = run;
    follower.idle.refresh();
    if (run.last !== null && run.last !== lastLine(tail)) {
      this.leave(url);
      return false;
    }
    try {
      await run.hand(take, true);
    } catch (error) {
      // What was taken out of it is not here: it has to come again.
      this.leave(url);
      throw error;
    }
    if (!end) return true;
    this.leave(url);
    // Something happened to it: another one may stand there now.
    for (const listed of this.listed.values()) listed.at = Number.NEGATIVE_INFINITY;
    const error = run.failure();
    const wasShort = performance.now() - follower.startedAt < 10_000;
    const times = wasShort ? (this.failed.get(url)?.times ?? 0) + 1 : 1;
    this.failed.set(url, { error, times, until: performance.now() + pauseAfter(times) });
    return true;
  }

  private async follow(told: Told, tail: Uint8Array): Promise<void> {
    const { url } = told.far;
    const begin = await this.command(url, told.args(tail, true), this.ended.signal);
    const run = new CommandRun(this.commands, begin, told.sieve(tail));
    run.last = lastLine(tail);
    const idle = setTimeout(() => this.leave(url), idleFor);
    this.followers.set(url, { run, startedAt: performance.now(), idle });
  }

  private leave(url: string): void {
    const follower = this.followers.get(url);
    this.followers.delete(url);
    for (const key of this.caughtUp) if (key.endsWith(` ${url}`)) this.caughtUp.delete(key);
    if (!follower) return;
    clearTimeout(follower.idle);
    follower.run.kill();
  }

  /** @throws RemoteError, AbortError; the error is told to who follows, until it is time for another try */
  private async find(place: string, signal: AbortSignal): Promise<Listed> {
    const until = AbortSignal.any([signal, this.ended.signal]);
    try {
      const { told, skipped } = await this.commands.find(place, args => this.ask(place, args, until));
      const listing = { files: told.map(({ far }) => far), skipped };
      for (const each of told) this.told.set(each.far.url, each);
      const listed = { told, listing, at: performance.now() };
      this.listed.set(place, listed);
      this.failed.delete(place);
      return listed;
    } catch (error) {
      if (until.aborted) throw new AbortError();
      const times = (this.failed.get(place)?.times ?? 0) + 1;
      this.failed.set(place, { error, times, until: performance.now() + pauseAfter(times) });
      throw error;
    }
  }

  private async ask(place: string, args: readonly string[], signal: AbortSignal): Promise<Answer> {
    const { commands } = this;
    const texts = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let bytes = 0;
    const begin = await this.command(place, args, signal);
    const command = begin((chunk, stream) => {
      bytes += chunk.length;
      if (bytes <= mostAnswer) texts[stream].push(chunk);
      else command.kill();
    });
    const until = AbortSignal.any([signal, AbortSignal.timeout(longestAnswer)]);
    const stop = () => command.kill();
    until.addEventListener('abort', stop, { once: true });
    try {
      const { code, failure } = await command.ended;
      if (signal.aborted) throw new AbortError();
      if (until.aborted)
        throw new RemoteError(`${commands.program} gave no answer within ${longestAnswer / 1000} s: try again`);
      if (bytes > mostAnswer) throw new RemoteError(`${commands.program} answers with more than 64 MB: name less`);
      if (failure !== null) throw new RemoteError(`${commands.program} cannot be started: ${failure}`);
      const complaint = Buffer.concat(texts.stderr).toString('latin1');
      if (code !== 0) throw commands.explain(complaint);
      return { text: Buffer.concat(texts.stdout).toString('utf8'), complaint };
    } finally {
      until.removeEventListener('abort', stop);
      command.kill();
    }
  }

  /** @throws RemoteError, AbortError */
  private async command(place: string, args: readonly string[], signal: AbortSignal): Promise<Begin> {
    const begin = await this.machine.command(place, this.commands.program, args, signal);
    if (!signal.aborted) return begin;
    begin(() => {}).kill();
    throw new AbortError();
  }
}

const pauseAfter = (times: number): number => Math.min(longestPause, 500 * 2 ** Math.min(times, 10));

/** The last line of a tail, as text of which each character is one byte. */
function lastLine(tail: Uint8Array): string | null {
  const text = Buffer.from(tail.buffer, tail.byteOffset, tail.length).toString('latin1').replace(/\n$/, '');
  return text === '' ? null : text.slice(text.lastIndexOf('\n') + 1);
}
