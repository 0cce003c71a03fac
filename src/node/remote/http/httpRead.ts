import type { Stretch } from '../../sources/heldBlocks';
import { type FarFile, RemoteError, type TakeBytes } from '../transport';
import { headLength, identityOf } from './fileHead';
import type { HttpAnswer } from './httpAnswer';
import type { HttpClient } from './httpClient';
import { partIn, versionOf } from './httpHeaders';

/** What is asked for at a time, by so many requests at the same time. */
const piece = 4 * 1024 * 1024;
const together = 8;
/** Bytes are handed out in larger portions than they come in. */
const portion = 1024 * 1024;

/**
 * Reads stretches of a file by ranges. No byte is handed out before it is sure that it is of the file whose beginning was
 * handed out: the answer has the same tag, or its beginning is still the same behind the answer (it only grew).
 */
export class HttpRead {
  private readonly client: HttpClient;
  private readonly file: FarFile;
  private readonly url: URL;
  private readonly take: TakeBytes;
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private head = Buffer.alloc(0);
  /** Of the state of it whose beginning was seen; `null` where the server names none. */
  private version: string | null = null;
  /** See `condition`. */
  private isQuiet = false;

  constructor(client: HttpClient, file: FarFile, take: TakeBytes, signal: AbortSignal) {
    this.client = client;
    this.file = file;
    this.url = new URL(file.url);
    this.take = take;
    this.signal = AbortSignal.any([signal, this.stop.signal]);
  }

  /** @throws RemoteError, AbortError, what `take` throws */
  async all(stretches: readonly Stretch[]): Promise<void> {
    if (stretches.length === 0 || !(await this.lookAtHead())) return;
    const { identity } = this.file;
    if (identity !== null && identityOf(this.head) !== identity) throw this.changed();
    this.isQuiet = this.version !== null && this.version === this.file.version;
    for (const { from, to } of stretches) {
      if (from < this.head.length) await this.take(this.head.subarray(from, to), from);
    }
    const pieces = piecesOf(stretches, this.head.length);
    const reader = async () => {
      try {
        for (const next of pieces) await this.read(next);
      } catch (error) {
        this.stop.abort();
        throw error;
      }
    };
    const settled = await Promise.allSettled(Array.from({ length: together }, reader));
    // The first of them has stopped the others.
    const failed = settled.flatMap(each => (each.status === 'rejected' ? [each.reason] : []));
    if (failed.length > 0) throw failed.find(({ name }) => name !== 'AbortError') ?? failed[0];
  }

  private async read({ from, to }: Stretch): Promise<void> {
    const answer = await this.get({ from, to }, this.condition, { isLong: true });
    try {
      if (answer.status === 200 && this.isQuiet) {
        // It is another one by now, and all of it is on its way.
        this.isQuiet = false;
        answer.drop();
        return await this.read({ from, to });
      }
      // It ends before.
      if (answer.status === 416) return;
      const part = this.partOf(answer, { from, to });
      if (this.version !== null && versionOf(answer.headers) === this.version) {
        for await (const bytes of portions(answer, part)) await this.take(bytes.bytes, bytes.at);
        return;
      }
      const held: { bytes: Buffer; at: number }[] = [];
      for await (const { bytes, at } of portions(answer, part)) held.push({ bytes: Buffer.from(bytes), at });
      const before = this.head;
      if (!(await this.lookAtHead()) || !this.head.subarray(0, before.length).equals(before)) throw this.changed();
      for (const { bytes, at } of held) await this.take(bytes, at);
    } finally {
      answer.drop();
    }
  }

  /** `If-Range` (RFC 9110 §13.1.5): not of a file that grows, of which all would come instead. */
  private get condition(): Record<string, string> {
    return this.isQuiet && this.version !== null ? { 'if-range': this.version } : {};
  }

  /** @returns whether there is something */
  private async lookAtHead(): Promise<boolean> {
    const asked = { from: 0, to: headLength };
    const answer = await this.get(asked, {});
    try {
      if (answer.status === 416) return false;
      const parts: Buffer[] = [];
      for await (const { bytes } of portions(answer, this.partOf(answer, asked))) parts.push(Buffer.from(bytes));
      this.head = Buffer.concat(parts);
      this.version = versionOf(answer.headers);
      return true;
    } finally {
      answer.drop();
    }
  }

  private get({ from, to }: Stretch, condition: Record<string, string>, options = {}): Promise<HttpAnswer> {
    return this.client.get(this.url, { range: `bytes=${from}-${to - 1}`, ...condition }, this.signal, options);
  }

  private changed(): RemoteError {
    return new RemoteError(`${this.url.href} became another file while it was read`, { passing: true });
  }

  private partOf(answer: HttpAnswer, asked: Stretch): Stretch {
    const part = partIn(answer);
    if (part && part.from === asked.from && part.to > part.from && part.to <= asked.to) return part;
    throw new RemoteError(
      `${answer.url.host} sends something else than the part that was asked for: save it and name the file`,
    );
  }
}

/** @param taken so much of the beginning was handed out */
function* piecesOf(stretches: readonly Stretch[], taken: number): Generator<Stretch, void, void> {
  for (const { from, to } of stretches) {
    for (let at = Math.max(from, taken); at < to; at += piece) yield { from: at, to: Math.min(to, at + piece) };
  }
}

/**
 * The bytes of a part, each portion good only until the next is asked for. Of one that breaks off, what came is handed out.
 * @throws RemoteError where some are missing, AbortError
 */
async function* portions({ body, url }: HttpAnswer, { from, to }: Stretch) {
  const buffer = Buffer.allocUnsafeSlow(Math.min(portion, to - from));
  let at = from;
  let length = 0;
  let failure: unknown = null;
  try {
    for await (const chunk of body) {
      for (let done = 0; done < chunk.length && at + length < to; ) {
        const count = chunk.copy(buffer, length, done, done + to - at - length);
        done += count;
        length += count;
        if (length < buffer.length) continue;
        yield { bytes: buffer, at };
        at += length;
        length = 0;
      }
    }
  } catch (error) {
    failure = error;
  }
  if (length > 0) yield { bytes: buffer.subarray(0, length), at };
  if (failure !== null) throw failure;
  if (at + length < to) throw new RemoteError(`the connection to ${url.host} broke off: try again`, { passing: true });
}
