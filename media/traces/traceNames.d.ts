import type { TraceName } from '../../src/common/protocol/documents';
export interface NameLoader {
    load(ids: string[], signal: AbortSignal): Promise<TraceName[]>;
    /** Names have come; what is drawn may change. */
    changed(): void;
}
/** The names of the traces in view, which come after their rows: each is read from a log. */
export declare class TraceNames {
    /** Least recently wanted first. `revision`: of the list for which it was read. */
    private readonly known;
    private asked;
    private wanted;
    private revision;
    private readonly loader;
    constructor(loader: NameLoader);
    /** `null` until it has come. One of an older list stays until then. */
    of(id: string): TraceName | null;
    /** The logs have been read anew: whatever is wanted is asked for again. */
    renew(revision: number): void;
    /** Sees to it that the names of these traces come. */
    want(ids: readonly string[]): void;
    private ask;
    private keep;
}
