import { createHash, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { fileName } from '../sources/fileSource';
import { blocksOf, heldBlock, holdBlock, isBlockHeld, missingOf, noneHeld, type Stretch } from '../sources/heldBlocks';
import { type MirrorState, mirrorStateSchema } from './mirrorState';
import { Mutex } from './mutex';
import type { FarFile } from './transport';

/** A remote file as the rest of the engine reads it: a file on this machine, of which parts may be missing. */
export interface MirroredFile {
  url: string;
  path: string;
  /** Names the file at `path`, see `fileName`. */
  file: string | null;
  size: number;
  modified: number;
  /** Same as long as nobody wrote to the far file. */
  written: string;
  /** See `heldBlocks`; `null` where all of it is here. */
  held: Uint8Array | null;
}

type Known = Omit<MirrorState, 'url' | 'data' | 'held'>;

/** What is here of one remote file: a sparse file with the same offsets, and beside it what is known of it. */
export class Mirror {
  url: string;
  /** Name of the file with its bytes. */
  data = '';
  /** One at a time brings it up to date or fetches some of it. */
  readonly turn = new Mutex();
  /** Of the far file, as far as it was taken note of; `null` before the first look. */
  private known: Known | null = null;
  private bits = noneHeld(0);
  private file: string | null = null;
  private readonly folder: string;

  private constructor(folder: string, url: string) {
    this.folder = folder;
    this.url = url;
  }

  /** What is on disk of it, or an empty one. @throws Error of the file system */
  static async open(folder: string, url: string): Promise<Mirror> {
    const mirror = new Mirror(folder, url);
    const state = await stateIn(mirror.statePath);
    const there = state && (await stat(path.join(folder, state.data)).catch(() => null));
    if (there && state.url === url && state.size === there.size) {
      mirror.take(state);
      mirror.file = fileName(there);
    } else await mirror.clear();
    return mirror;
  }

  get path(): string {
    return path.join(this.folder, this.data);
  }

  get size(): number {
    return this.known?.size ?? 0;
  }

  get isNew(): boolean {
    return this.known === null;
  }

  /** When it last changed as far as it is known. */
  get modified(): number | null {
    return this.known?.modified ?? null;
  }

  /** Why some of the far file was never asked for; `null` where all was. */
  get cut(): string | null {
    return this.known?.cut ?? null;
  }

  set cut(reason: string | null) {
    if (this.known) this.known.cut = reason;
  }

  get heldBytes(): number {
    return this.size - this.missing({ from: 0, to: this.size }).reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** As the rest of the engine sees it from now on; what was seen before stays true of what it was. */
  get mirrored(): MirroredFile {
    const { url, path, file, size, known, bits } = this;
    const isWhole = this.missing({ from: 0, to: size }).length === 0;
    const modified = known?.modified ?? Date.now();
    const written = `${size}:${modified}:${known?.version ?? ''}`;
    return { url, path, file, size, modified, written, held: isWhole ? null : bits };
  }

  missing(stretch: Stretch): Stretch[] {
    return missingOf(this.bits, stretch, this.size);
  }

  isUnchanged({ size, modified, version, identity }: FarFile): boolean {
    const { known } = this;
    if (!known || known.identity !== identity) return false;
    if (version !== null && version === known.version) return true;
    return version === known.version && modified !== null && size === known.size && modified === known.modified;
  }

  /** Whether a far file can be the one that this is of, only longer. */
  canBe({ size, identity }: FarFile): boolean {
    const { known } = this;
    if (!known) return false;
    return (size ?? this.size) >= known.size && (known.identity === null || known.identity === identity);
  }

  /** Makes room for what the far file has grown by. @returns takes that back */
  async grow(far: FarFile): Promise<() => Promise<void>> {
    const { known, bits, size: before } = this;
    const size = far.size ?? before;
    this.bits = noneHeld(size);
    // A block that was the last one, and not a whole one, is no longer all here.
    const whole = size > before ? Math.floor(before / heldBlock) : blocksOf(before);
    for (let block = 0; block < whole; block++) if (isBlockHeld(bits, block)) holdBlock(this.bits, block);
    const { modified, version, identity } = far;
    this.known = { size, modified, version, identity, cut: known?.cut ?? null };
    await truncate(this.path, size);
    return async () => {
      this.known = known;
      this.bits = bits;
      await truncate(this.path, before);
    };
  }

  hold(block: number): void {
    holdBlock(this.bits, block);
  }

  /**
   * The far file was renamed. The bytes stay where they are: who reads them by the old name goes on.
   * @throws Error of the file system
   */
  async rename(url: string): Promise<void> {
    await this.detach();
    this.url = url;
    await this.save();
  }

  /** Is of no far file for now, so that another mirror can be. */
  async detach(): Promise<void> {
    await rm(this.statePath, { force: true });
  }

  /** Forgets all, for another file at the same place. */
  async clear(): Promise<void> {
    const old = this.data === '' ? null : this.path;
    this.data = `${randomBytes(16).toString('hex')}.log`;
    // Made while the old one is still there: it must not get its number.
    await writeFile(this.path, '', { mode: 0o600 });
    this.file = fileName(await stat(this.path));
    if (old !== null) await rm(old, { force: true });
    await rm(this.statePath, { force: true });
    this.known = null;
    this.bits = noneHeld(0);
  }

  /** Of one that is detached. */
  async delete(): Promise<void> {
    await rm(this.path, { force: true });
  }

  /** Writes down what is here, so that nothing of it has to come again. */
  async save(): Promise<void> {
    const { known, url, data, statePath } = this;
    if (!known) return;
    const held = heldStretches(this.bits, known.size);
    await writeFile(`${statePath}.new`, JSON.stringify({ url, data, ...known, held } satisfies MirrorState), {
      mode: 0o600,
    });
    await rename(`${statePath}.new`, statePath);
  }

  /** The bytes of a stretch that is here. @throws Error of the file system */
  async read({ from, to }: Stretch): Promise<Buffer> {
    const handle = await open(this.path, 'r');
    try {
      const bytes = Buffer.alloc(to - from);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  private get statePath(): string {
    return path.join(this.folder, `${createHash('sha1').update(this.url).digest('hex')}.json`);
  }

  private take({ held, url: _, data, ...known }: MirrorState): void {
    this.data = data;
    this.known = known;
    this.bits = noneHeld(known.size);
    for (const { from, to } of held) {
      for (let block = Math.ceil(from / heldBlock); block < blocksOf(to); block++) holdBlock(this.bits, block);
    }
  }
}

async function stateIn(file: string): Promise<MirrorState | null> {
  try {
    const parsed = v.safeParse(mirrorStateSchema, JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function heldStretches(bits: Uint8Array, size: number): Stretch[] {
  const held: Stretch[] = [];
  let from = 0;
  for (const missing of missingOf(bits, { from: 0, to: size }, size)) {
    if (missing.from > from) held.push({ from, to: missing.from });
    from = missing.to;
  }
  if (size > from) held.push({ from, to: size });
  return held;
}
