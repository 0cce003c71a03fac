import type { TraceName } from '../../src/common/protocol/documents';

/** As many as there may be rows on the page. */
const mostKept = 5_000;
/** Asked for at a time; there are never so many rows in view. */
const mostAsked = 200;

export interface NameLoader {
  load(ids: string[], signal: AbortSignal): Promise<TraceName[]>;
  /** Names have come; what is drawn may change. */
  changed(): void;
}

/** The names of the traces in view, which come after their rows: each is read from a log. */
export class TraceNames {
  /** Least recently wanted first. `revision`: of the list for which it was read. */
  private readonly known = new Map<string, { name: TraceName; revision: number }>();
  private asked: { ids: ReadonlySet<string>; controller: AbortController } | null = null;
  private wanted: readonly string[] = [];
  private revision = -1;
  private readonly loader: NameLoader;

  constructor(loader: NameLoader) {
    this.loader = loader;
  }

  /** `null` until it has come. One of an older list stays until then. */
  of(id: string): TraceName | null {
    return this.known.get(id)?.name ?? null;
  }

  /** The logs have been read anew: whatever is wanted is asked for again. */
  renew(revision: number): void {
    this.revision = revision;
  }

  /** Sees to it that the names of these traces come. */
  want(ids: readonly string[]): void {
    this.wanted = ids;
    if (this.asked && ids.some(id => this.asked?.ids.has(id))) return;
    this.asked?.controller.abort();
    void this.ask();
  }

  private async ask(): Promise<void> {
    const { revision } = this;
    const isMissing = (id: string) => this.known.get(id)?.revision !== revision;
    const missing = [...new Set(this.wanted.filter(isMissing))].slice(0, mostAsked);
    this.asked = null;
    if (missing.length === 0) return;
    const asked = { ids: new Set(missing), controller: new AbortController() };
    this.asked = asked;
    const names = await this.loader.load(missing, asked.controller.signal).catch(() => []);
    // Somebody else's turn by now.
    if (this.asked !== asked) return;
    for (const [at, id] of missing.entries()) this.keep(id, names[at] ?? { name: null, unnamed: 'gone' }, revision);
    this.loader.changed();
    // Rows that came into view meanwhile.
    await this.ask();
  }

  private keep(id: string, name: TraceName, revision: number): void {
    const before = this.known.get(id)?.name;
    // A row whose name is the same is not drawn again.
    const same = before?.name === name.name && before.unnamed === name.unnamed;
    this.known.delete(id);
    this.known.set(id, { name: same ? before : name, revision });
    const [oldest] = this.known.keys();
    if (this.known.size > mostKept && oldest !== undefined) this.known.delete(oldest);
  }
}
