import { heldBlock, type Stretch } from '../sources/heldBlocks';
import { Intake, OtherFileError } from './intake';
import type { Mirror } from './mirror';
import type { TimeLimit } from './timeLimit';
import { type FarFile, type FileTransport, RemoteError } from './transport';

/** A file up to this size comes at once, in bytes, and so does what another one has grown by. */
const atOnce = 4 * 1024 * 1024;
/** What tells one file from another, and is looked at each time. */
const headLength = 1024;
/** Of what is longer, so much of its beginning comes first: enough to see how it is read. */
const sampleLength = 128 * 1024;
/** What is asked for in one go, in bytes; others have their turn in between. */
const slice = 16 * 1024 * 1024;

export interface Transfer {
  mirror: Mirror;
  far: FarFile;
  transport: FileTransport;
  /** What it may take. */
  limit: TimeLimit;
  /** Told of bytes as they come. */
  count(bytes: number): void;
  /** Asked before they come. @throws RemoteError where there is no room for them */
  reserve(bytes: number): Promise<void>;
}

/**
 * Brings a mirror up to date with the far file, as far as is cheap: what is new at its end, within bounds.
 * @returns whether it is still the same file, grown or not; if not, the mirror stays as it was
 * @throws RemoteError, AbortError, Error of the file system
 */
export async function bringUpToDate(transfer: Transfer): Promise<boolean> {
  const { mirror, far, limit } = transfer;
  if (mirror.isUnchanged(far)) return true;
  if (!mirror.isNew && !mirror.canBe(far)) return false;
  const before = mirror.size;
  const known = knownOf(mirror, before);
  const wasNew = mirror.isNew;
  const takeBack = await mirror.grow(far);
  try {
    await fetch(transfer, known, newStretches(mirror, before));
    await mirror.save();
    return true;
  } catch (error) {
    const isOver = limit.isOver && !(error instanceof OtherFileError);
    // What has come of it need not come again.
    if (isOver && wasNew) await mirror.save();
    else await takeBack();
    if (error instanceof OtherFileError) return false;
    throw isOver ? tookTooLong(limit) : error;
  }
}

/** Of a file, or of lines: what is here stays. */
export const tookTooLong = (limit: TimeLimit): RemoteError =>
  new RemoteError(`what is new of it did not all come within ${limit.text}: search again to go on from there`);

/**
 * Fetches what of some stretches is not here.
 * @throws RemoteError, AbortError, Error of the file system
 */
export async function hold(transfer: Transfer, stretches: readonly Stretch[]): Promise<void> {
  const { mirror, far } = transfer;
  for (let isDone = false; !isDone; ) {
    await mirror.turn.run(async () => {
      const missing = firstOf(stretches.flatMap(stretch => mirror.missing(stretch)));
      isDone = missing.length === 0;
      if (isDone) return;
      try {
        await fetch(transfer, [{ from: 0, to: Math.min(headLength, mirror.size) }], missing);
      } catch (error) {
        if (error instanceof OtherFileError) throw changed(far);
        throw error;
      } finally {
        await mirror.save();
      }
    });
  }
}

/** As much as is asked for in one go. */
function firstOf(missing: readonly Stretch[]): Stretch[] {
  const first: Stretch[] = [];
  let left = slice;
  for (const { from, to } of missing) {
    if (left <= 0) break;
    const length = Math.min(to - from, left);
    first.push({ from, to: from + length });
    left -= length;
  }
  return first;
}

const changed = ({ url }: FarFile) =>
  new RemoteError(`${url} became another file while it was read (rotated or replaced): search again`);

/** What is here of the file and tells it from others: its beginning, and the end that it had. */
function knownOf(mirror: Mirror, size: number): Stretch[] {
  const end = { from: Math.min(size - (size % heldBlock), Math.max(0, size - headLength)), to: size };
  const head = { from: 0, to: Math.min(headLength, end.from) };
  return [head, end].filter(stretch => stretch.to > stretch.from && mirror.missing(stretch).length === 0);
}

/** What comes at once of what a file has grown by, whole blocks. @param before the size that it had */
function newStretches(mirror: Mirror, before: number): Stretch[] {
  const { size } = mirror;
  const from = before - (before % heldBlock);
  if (size - before <= atOnce) return mirror.missing({ from, to: size });
  const end = size - (size % heldBlock) - heldBlock;
  return [
    ...mirror.missing({ from, to: before + sampleLength }),
    ...mirror.missing({ from: Math.max(end, before + sampleLength + heldBlock), to: size }),
  ];
}

/** @throws OtherFileError where something else stands at `known`, RemoteError, AbortError, Error of the file system */
async function fetch(
  { mirror, far, transport, limit, count, reserve }: Transfer,
  known: readonly Stretch[],
  missing: readonly Stretch[],
): Promise<void> {
  const stretches = merged([...known, ...missing]);
  if (stretches.length === 0) return;
  await reserve(missing.reduce((sum, { from, to }) => sum + to - from, 0));
  const intake = await Intake.open(mirror, known);
  try {
    const take = async (bytes: Uint8Array, at: number) => {
      count(bytes.length);
      await intake.take(bytes, at);
    };
    await transport.read(far, stretches, take, limit.signal);
    if (missing.some(stretch => mirror.missing(stretch).length > 0)) throw new OtherFileError();
  } finally {
    await intake.close();
  }
}

/** In ascending order, none beside or over another. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}
