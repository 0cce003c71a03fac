import type { LinesGiven, LogPlace } from '../../common/protocol/logViewProtocol';
import type { EngineAccess } from '../engine/engineAccess';

/** Enough for the tallest view, on either side. */
const stretch = 200;

/** The lines that a new page will ask for first, read while VS Code makes the page: that takes longer. */
export class LinesAhead {
  /** `null` where they cannot be known yet, or be read in time: then the page asks itself, and says why. */
  readonly lines: Promise<LinesGiven | null>;
  private readonly abort = new AbortController();

  constructor(access: EngineAccess, source: string, place: LogPlace | null) {
    this.lines = this.read(access, source, place).catch(() => null);
  }

  /** Nobody waits for them any more. */
  stop(): void {
    this.abort.abort();
  }

  private async read(access: EngineAccess, source: string, place: LogPlace | null): Promise<LinesGiven | null> {
    // A page without a memory shows the beginning.
    const at = place === null ? 0 : place.offset;
    if (at === null) return null;
    const known = place?.line ? { known: { offset: at, line: place.line } } : {};
    const { signal } = this.abort;
    const engine = await access.withSources();
    return { at, shown: await engine.lines({ source, at, before: stretch, after: stretch, ...known }, { signal }) };
  }
}
