import type { LogSize } from '../../../common/protocol/logReader';
import type { ByteSource, Chunks, SourceRef } from '../../sources/byteSource';
import { openSource } from '../../sources/openSource';
import type { LogBytes } from './logBytes';

const pageSize = 256 * 1024;
/** 32 MiB of what was unpacked last: to go back farther, it is unpacked from the beginning again. */
const mostPages = 128;

/**
 * The bytes of a log that can only be read from its beginning. It stays open where it was read last, and the pages read
 * last are kept, so that only a jump back over more than those takes long.
 */
export class UnpackedBytes implements LogBytes {
  note: string | null = null;
  private readonly ref: SourceRef;
  /** By number; the least recently used first. */
  private readonly pages = new Map<number, Uint8Array>();
  private open: { source: ByteSource; chunks: Chunks } | null = null;
  /** What has come of the page that is being read, and where it ends. */
  private page: Buffer = Buffer.alloc(pageSize);
  private at = 0;
  private most = 0;
  private isKnown = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(ref: SourceRef) {
    this.ref = ref;
  }

  get size(): LogSize {
    return { bytes: this.most, isKnown: this.isKnown };
  }

  /** One after the other: there is one stream. */
  read(from: number, length: number, goOn: () => void): Promise<Uint8Array> {
    const result = this.last.then(() => this.readNow(from, length, goOn));
    this.last = result.catch(() => undefined);
    return result;
  }

  learn(bytes: number, isAll: boolean, note: string | null): void {
    this.most = Math.max(this.most, bytes);
    this.isKnown ||= isAll;
    this.note ??= note;
  }

  async close(): Promise<void> {
    await this.last;
    await this.rewind();
    this.pages.clear();
  }

  private async readNow(from: number, length: number, goOn: () => void): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let at = from; at < from + length; ) {
      goOn();
      const number = Math.floor(at / pageSize);
      const page = await this.pageOf(number, goOn);
      const part = page.subarray(at - number * pageSize, from + length - number * pageSize);
      if (part.length === 0) break;
      parts.push(part);
      at += part.length;
    }
    return Buffer.concat(parts);
  }

  private async pageOf(number: number, goOn: () => void): Promise<Uint8Array> {
    const known = this.pages.get(number);
    if (known) {
      this.pages.delete(number);
      this.pages.set(number, known);
      return known;
    }
    const isBehind = number * pageSize >= this.most && this.isKnown;
    if (isBehind) return new Uint8Array(0);
    if (number < Math.floor(this.at / pageSize)) await this.rewind();
    while (!this.pages.has(number)) {
      goOn();
      if (!(await this.readOn())) break;
    }
    return this.pages.get(number) ?? new Uint8Array(0);
  }

  /** @returns false at the end */
  private async readOn(): Promise<boolean> {
    if (!this.open) {
      const source = openSource(this.ref);
      this.open = { source, chunks: source.chunks() };
    }
    const next = await this.open.chunks.next();
    if (next.done) {
      this.note = next.value?.text ?? null;
      this.most = this.at;
      this.isKnown = true;
      const rest = this.at % pageSize;
      if (rest > 0) this.keep(Math.floor(this.at / pageSize), this.page.subarray(0, rest));
      await this.rewind();
      return false;
    }
    for (let taken = 0; taken < next.value.length; ) {
      const place = this.at % pageSize;
      const part = next.value.subarray(taken, taken + pageSize - place);
      this.page.set(part, place);
      taken += part.length;
      this.at += part.length;
      if (this.at % pageSize === 0) {
        this.keep(this.at / pageSize - 1, this.page);
        this.page = Buffer.alloc(pageSize);
      }
    }
    this.most = Math.max(this.most, this.at);
    return true;
  }

  private keep(number: number, page: Uint8Array): void {
    this.pages.set(number, page);
    const [oldest] = this.pages.keys();
    if (this.pages.size > mostPages && oldest !== undefined) this.pages.delete(oldest);
  }

  private async rewind(): Promise<void> {
    const { open } = this;
    this.open = null;
    this.page = Buffer.alloc(pageSize);
    this.at = 0;
    await open?.chunks.return(null);
    open?.source.close();
  }
}
