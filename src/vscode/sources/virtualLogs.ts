import { type Disposable, EventEmitter, FileType, Uri, window, workspace } from 'vscode';
import type { SourcePlace } from '../../common/protocol/logEngine';
import { isRemote } from '../../common/protocol/places/remotePlaces';

/** Such file systems only give whole files, which then stay in memory. */
export const mostOfFile = 50 * 2 ** 20;
const mostOfAll = 200 * 2 ** 20;
const mostEntries = 5_000;
const mostDepth = 8;
/** Between two looks, in ms: far file systems are slow to answer. */
const restMs = 2_000;

const logName = /\.(?:log|jsonl|ndjson|out)$|\.log\./i;
const otherFolder = /^(?:\.git|node_modules)$/;

/** Whether a place lies in a file system that only VS Code can read: a URI of an extension's scheme. */
export const isVirtual = (place: string): boolean =>
  /^[a-z][a-z\d+.-]+:/i.test(place) && !/^(?:file|untitled|output|https?):/i.test(place) && !isRemote(place);

interface Known {
  stamp: string;
  /** Bytes that are kept for it. */
  size: number;
  /** The same object as long as nothing has changed: it is told to the engine but once. */
  place: SourcePlace;
}

/**
 * Logs in file systems of VS Code's own: folders of a virtual workspace, and what the user added of one. They are read
 * whole, by VS Code, where they are not too large; what is not read is a place with its reason.
 */
export class VirtualLogs implements Disposable {
  private readonly added: () => readonly string[];
  private known = new Map<string, Known>();
  private readonly changed = new EventEmitter<void>();
  /** Tells of logs that have changed, while the window is in front. */
  readonly onDidChange = this.changed.event;
  private looking: Promise<void> | null = null;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private readonly timer: NodeJS.Timeout;

  /** @param added URIs of files and folders that the user named */
  constructor(added: () => readonly string[]) {
    this.added = added;
    this.timer = setInterval(() => void this.poll(), restMs);
  }

  /** What was there at the last look. */
  places(): SourcePlace[] {
    return [...this.known.values()].map(({ place }) => place);
  }

  /** Looks again, unless that was done a moment ago. Never rejects. */
  async refresh(): Promise<void> {
    if (this.roots().length === 0 && this.known.size === 0) return;
    if (performance.now() - this.lookedAt < restMs) return;
    this.looking ??= this.look().finally(() => {
      this.looking = null;
      this.lookedAt = performance.now();
    });
    await this.looking;
  }

  dispose(): void {
    clearInterval(this.timer);
    this.changed.dispose();
  }

  private async poll(): Promise<void> {
    // Nobody has searched them yet, or nobody looks.
    if (this.known.size === 0 || !window.state.focused) return;
    const before = this.known;
    await this.refresh();
    const isSame =
      before.size === this.known.size && [...before].every(([id, { place }]) => this.known.get(id)?.place === place);
    if (!isSame) this.changed.fire();
  }

  private roots(): Uri[] {
    const folders = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => (isVirtual(uri.toString()) ? [uri] : []));
    return [
      ...folders,
      ...this.added()
        .filter(isVirtual)
        .map(text => Uri.parse(text)),
    ];
  }

  private async look(): Promise<void> {
    const found = new Map<string, Known>();
    const budget = { entries: mostEntries, bytes: mostOfAll };
    for (const root of this.roots()) {
      await this.add(root, { found, budget, depth: 0 }).catch((error: unknown) => {
        found.set(root.toString(), unread(root, reasonOf(error)));
      });
    }
    this.known = found;
  }

  private async add(uri: Uri, walk: Walk): Promise<void> {
    const { type, size, mtime } = await workspace.fs.stat(uri);
    if (type & FileType.Directory) {
      await this.addFolder(uri, walk);
      return;
    }
    const id = uri.toString();
    const stamp = `${size} ${mtime}`;
    const known = this.known.get(id);
    if (known?.stamp === stamp && known.size <= walk.budget.bytes) {
      walk.budget.bytes -= known.size;
      walk.found.set(id, known);
    } else walk.found.set(id, await read(uri, { size, stamp, budget: walk.budget }));
  }

  private async addFolder(folder: Uri, walk: Walk): Promise<void> {
    const { budget, depth, found } = walk;
    const entries = await workspace.fs.readDirectory(folder);
    for (const [name, type] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      const isFolder = (type & FileType.Directory) !== 0;
      // A link could lead round in circles.
      if ((type & FileType.SymbolicLink && isFolder) || (isFolder ? otherFolder.test(name) : !logName.test(name)))
        continue;
      const uri = Uri.joinPath(folder, name);
      if (--budget.entries < 0 || depth >= mostDepth) {
        found.set(folder.toString(), unread(folder, 'not all of it was looked through: name the folders with logs'));
        return;
      }
      await this.add(uri, { ...walk, depth: depth + 1 }).catch((error: unknown) => {
        found.set(uri.toString(), unread(uri, reasonOf(error)));
      });
    }
  }
}

interface Walk {
  found: Map<string, Known>;
  budget: Budget;
  depth: number;
}

/** What may still be looked at and read. */
interface Budget {
  entries: number;
  bytes: number;
}

async function read(
  uri: Uri,
  { size, stamp, budget }: { size: number; stamp: string; budget: Budget },
): Promise<Known> {
  const most = Math.min(mostOfFile, budget.bytes);
  if (size > most) {
    const megabytes = Math.ceil(size / 2 ** 20);
    const why =
      size > mostOfFile ? 'files of such a file system only up to 50 MB' : 'all of them together only up to 200 MB';
    return { ...unread(uri, `has ${megabytes} MB; VS Code reads ${why}: copy it to this machine`), stamp };
  }
  const bytes = await workspace.fs.readFile(uri);
  budget.bytes -= bytes.length;
  return { stamp, size: bytes.length, place: { kind: 'text', id: uri.toString(), text: bytes } };
}

const unread = (uri: Uri, reason: string): Known => ({
  stamp: '',
  size: 0,
  place: { kind: 'unread', id: uri.toString(), reason },
});

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
