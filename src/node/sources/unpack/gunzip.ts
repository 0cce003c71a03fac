import { constants, crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import type { ByteInput } from './byteInput';
import { type Decoded, damaged, endOf } from './decoder';
import { lengthOfGzipHeader } from './gzipHeader';

/** What is fed in one go: at its densest it becomes a thousand times as much, which waits in memory. */
const pieceSize = 32 * 1024;
/** What is decompressed in one go is lost where the damage is in it. */
const outputSize = 256 * 1024;
/** Room for a header with the names in it. */
const headerSize = 64 * 1024;
/** CRC and length behind a member. */
const trailerSize = 8;

/**
 * Gzip (RFC 1952) of one or more members. Members are taken apart here: Node's own gunzip throws away what it has just
 * understood when something else stands behind a member.
 */
export async function* gunzip(input: ByteInput): Decoded {
  for (let member = 0; ; member++) {
    const header = lengthOfGzipHeader(await input.peek(headerSize));
    if (header === null) return endOf(input, member, 'no gzip header');
    input.skip(header);
    const sum = { crc: 0 };
    const problem = yield* summed(inflate(input), sum);
    if (problem !== null) return problem;
    const trailer = await input.peek(trailerSize);
    if (trailer.length < trailerSize) return damaged('unexpected end of file');
    if (trailer.readUInt32LE(0) !== sum.crc) return damaged('incorrect data check');
    input.skip(trailerSize);
  }
}

/** Hands on what is decoded and sums it up on the way. */
export async function* summed(decoded: Decoded, sum: { crc: number }): Decoded {
  for (;;) {
    const next = await decoded.next();
    if (next.done) return next.value;
    sum.crc = crc32(next.value, sum.crc);
    yield next.value;
  }
}

/** Deflated bytes (RFC 1951) up to their end; what stands behind them is left in the input. */
export async function* inflate(input: ByteInput): Decoded {
  const raw = createInflateRaw({ chunkSize: outputSize });
  const out: Buffer[] = [];
  let problem: string | null = null;
  raw.on('data', (chunk: Buffer) => out.push(chunk));
  raw.on('error', error => {
    problem = error.message;
  });
  try {
    for (let fed = 0; ; ) {
      const piece = Buffer.from(await input.peek(pieceSize));
      fed += piece.length;
      await (piece.length > 0 ? settled(raw, done => raw.write(piece, done)) : ended(raw));
      yield* out.splice(0);
      if (problem !== null) return damaged(problem);
      const unused = fed - raw.bytesWritten;
      input.skip(piece.length - unused);
      // It leaves something only behind the end of what is deflated.
      if (unused > 0 || piece.length === 0) return null;
    }
  } finally {
    raw.destroy();
  }
}

/** Everything that was understood comes out before the end can find that the data was cut off. */
async function ended(raw: InflateRaw): Promise<void> {
  await settled(raw, done => raw.flush(constants.Z_SYNC_FLUSH, done));
  await settled(raw, done => {
    raw.once('end', done);
    raw.end();
  });
}

/** A destroyed stream calls nobody back. */
const settled = (raw: InflateRaw, act: (done: () => void) => void): Promise<void> =>
  new Promise(resolve => {
    if (raw.destroyed) return resolve();
    const done = () => {
      raw.off('error', done).off('close', done);
      resolve();
    };
    raw.once('error', done).once('close', done);
    act(done);
  });
