import { constants, crc32, createInflateRaw } from 'node:zlib';
import type { ByteSource, SourceRef, StreamEnd, TakeChunk } from './byteSource';
import { FileSource } from './fileSource';
import { lengthOfGzipHeader } from './gzipHeader';
import { TextSource } from './textSource';

export interface GzipLimits {
  /** Most decompressed bytes. */
  output: number;
  /** Most decompressed bytes for each stored one, once more than `ratioFrom` bytes came out. */
  ratio: number;
  ratioFrom: number;
}

/** Logs shrink 5 to 50 times, the densest repetition about 1,000 times: what shrinks 250 times is a bomb. */
const defaultLimits: GzipLimits = { output: 64 * 2 ** 30, ratio: 250, ratioFrom: 64 * 2 ** 20 };

const pieceSize = 256 * 1024;
/** What is decompressed in one go is lost where the damage is in it. */
const outputSize = 256 * 1024;
/** CRC and length behind a member. */
const trailerSize = 8;

/**
 * A gzip file of one or more members. A damaged one gives what stands before the damage, with a note. Members are taken
 * apart here: Node's own gunzip throws away what it has just understood when something else stands behind a member.
 */
export class GzipSource implements ByteSource {
  readonly ref: SourceRef;
  readonly size = null;
  readonly shrunk: boolean;
  private readonly limits: GzipLimits;
  private readonly stored: ByteSource;
  private bytes = 0;
  /** Stored bytes from `at` on that are not used yet. */
  private ahead = Buffer.alloc(0);
  private at = 0;

  constructor(ref: SourceRef, limits: GzipLimits = defaultLimits) {
    this.ref = ref;
    this.limits = limits;
    this.stored = ref.text ? new TextSource(ref) : new FileSource(ref);
    this.shrunk = this.stored.shrunk;
  }

  read(): number {
    throw new Error(`${this.ref.id} is compressed and can only be read from its beginning.`);
  }

  async stream(take: TakeChunk): Promise<StreamEnd> {
    this.bytes = 0;
    this.at = 0;
    this.ahead = Buffer.alloc(0);
    for (let member = 0; ; member++) {
      const end = await this.readMember(member, take);
      if (end !== 'next') return { bytes: this.bytes, note: end };
    }
  }

  close(): void {
    this.stored.close();
  }

  private async readMember(member: number, take: TakeChunk): Promise<StreamEnd['note'] | 'next'> {
    const head = this.peek(pieceSize);
    if (head.length === 0) return member === 0 ? this.damaged('it is empty') : null;
    const header = lengthOfGzipHeader(head);
    if (header === null) {
      // Blocks of a tape are filled up with zeros.
      if (member > 0 && this.onlyZeros()) return null;
      return this.damaged(member === 0 ? 'no gzip header' : 'something else stands behind the compressed data');
    }
    this.skip(header);
    const checked = { crc: 0, length: 0, done: false };
    const problem = await this.inflate(chunk => {
      this.bytes += chunk.length;
      const limit = this.exceeded();
      if (limit !== null) return limit;
      checked.crc = crc32(chunk, checked.crc);
      checked.length += chunk.length;
      checked.done = !take(chunk);
      return checked.done ? 'done' : null;
    });
    if (checked.done) return null;
    if (problem !== null) return typeof problem === 'string' ? this.damaged(problem) : problem;
    const trailer = this.peek(trailerSize);
    if (trailer.length < trailerSize) return this.damaged('unexpected end of file');
    if (trailer.readUInt32LE(0) !== checked.crc) return this.damaged('incorrect data check');
    this.skip(trailerSize);
    return 'next';
  }

  /**
   * Decompresses up to the end of a member.
   * @param take says whether to stop, and why
   * @returns what is damaged, why it was stopped, or `null`
   */
  private inflate(take: (chunk: Buffer) => StreamEnd['note'] | 'done'): Promise<StreamEnd['note'] | string> {
    return new Promise((resolve, reject) => {
      const raw = createInflateRaw({ chunkSize: outputSize });
      let fed = 0;
      let over = false;
      const settle = (how: () => void) => {
        if (over) return;
        over = true;
        raw.destroy();
        how();
      };
      raw.on('data', (chunk: Buffer) => {
        if (over) return;
        try {
          const stop = take(chunk);
          if (stop !== null) settle(() => resolve(stop === 'done' ? '' : stop));
        } catch (error) {
          settle(() => reject(error));
        }
      });
      raw.on('error', error => settle(() => resolve(error.message)));
      raw.on('end', () => {
        // What was fed beyond the end of the member is the next one's.
        const used = raw.bytesWritten;
        settle(() => {
          this.skip(used - (fed - this.lastPiece));
          resolve(null);
        });
      });
      const feed = () => {
        if (over) return;
        if (fed > 0) this.skip(this.lastPiece);
        try {
          const piece = this.peek(pieceSize);
          this.lastPiece = piece.length;
          fed += piece.length;
          if (piece.length > 0) raw.write(Buffer.from(piece), feed);
          // Everything that was understood comes out before `end` can find that the file was cut off.
          else raw.flush(constants.Z_SYNC_FLUSH, () => over || raw.end());
        } catch (error) {
          settle(() => reject(error));
        }
      };
      feed();
    });
  }

  private lastPiece = 0;

  /** The next stored bytes; fewer only at the end. */
  private peek(length: number): Buffer {
    if (this.ahead.length < length) {
      const more = Buffer.alloc(pieceSize);
      const read = this.stored.read(more, this.at + this.ahead.length);
      this.ahead = Buffer.concat([this.ahead, more.subarray(0, read)]);
    }
    return this.ahead.subarray(0, length);
  }

  private skip(length: number): void {
    this.at += length;
    this.ahead = this.ahead.subarray(length);
  }

  private onlyZeros(): boolean {
    for (let piece = this.peek(pieceSize); piece.length > 0; piece = this.peek(pieceSize)) {
      if (piece.some(byte => byte !== 0)) return false;
      this.skip(piece.length);
    }
    return true;
  }

  private exceeded(): StreamEnd['note'] {
    const { bytes } = this;
    const stored = this.at + this.lastPiece;
    const tooMuch = bytes > this.limits.output;
    const tooDense = bytes > this.limits.ratioFrom && bytes > stored * this.limits.ratio;
    if (!tooMuch && !tooDense) return null;
    const why = tooMuch ? `more than ${this.limits.output} bytes` : `${Math.round(bytes / stored)} times its size`;
    const text = `${this.ref.id} unpacks to ${why}: reading stopped after ${bytes} bytes. Unpack it yourself to read all of it.`;
    return { kind: 'cut', text };
  }

  private damaged(problem: string): StreamEnd['note'] {
    const text = `${this.ref.id} is cut off or damaged (${problem}): only the ${this.bytes} bytes before that were read.`;
    return { kind: 'truncatedSource', text };
  }
}
