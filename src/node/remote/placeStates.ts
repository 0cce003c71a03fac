import { AbortError } from '../../common/protocol/rpcChannel';
import type { RemoteState, SourceHost } from '../../common/protocol/sourceHost';
import { unreadable } from '../sources/discover/skipped';

/** How remote places are doing; the host is told of each change, of bytes now and then. */
export class PlaceStates {
  private readonly states = new Map<string, RemoteState>();
  private readonly readers = new Map<string, number>();
  /** By place and file. */
  private readonly left = new Map<string, Map<string, string>>();
  private readonly host: SourceHost;
  private toldAt = 0;

  constructor(host: SourceHost) {
    this.host = host;
  }

  get all(): RemoteState[] {
    return [...this.states.values()];
  }

  phaseOf(place: string): RemoteState['phase'] | null {
    return this.states.get(place)?.phase ?? null;
  }

  is(place: string, phase: RemoteState['phase'], error: string | null = null): void {
    const before = this.states.get(place);
    const { bytes = 0, missed = false } = before ?? {};
    const notes = [...(this.left.get(place)?.values() ?? [])];
    const state = { place, phase, error, bytes, missed: missed && phase !== 'ready', notes };
    this.states.set(place, state);
    // Who went on without it is told of that for the last time.
    if (before?.phase !== phase || before.error !== error) this.host.told({ ...state, missed });
  }

  /** @param reason why a search left some of a file; `null` where it left nothing */
  isLeft(place: string, url: string, reason: string | null): void {
    const state = this.states.get(place);
    const left = this.left.get(place) ?? new Map<string, string>();
    this.left.set(place, left);
    if (!state || left.get(url) === (reason ?? undefined)) return;
    if (reason === null) left.delete(url);
    else left.set(url, `${url}: ${reason}`);
    state.notes = [...left.values()];
    this.host.told({ ...state });
  }

  /** Something was searched without it. */
  isMissed(place: string): void {
    const state = this.states.get(place);
    if (state) state.missed = true;
  }

  /** While some of it is fetched, perhaps for several at the same time. @throws what `run` throws */
  async whileReading<Result>(place: string, run: () => Promise<Result>): Promise<Result> {
    this.readers.set(place, (this.readers.get(place) ?? 0) + 1);
    this.is(place, 'reading');
    let error: string | null = null;
    try {
      return await run();
    } catch (failure) {
      if (!(failure instanceof AbortError)) error = unreadable(failure);
      throw failure;
    } finally {
      const left = (this.readers.get(place) ?? 1) - 1;
      this.readers.set(place, left);
      if (error !== null) this.is(place, 'failed', error);
      else if (left === 0) this.is(place, 'ready');
    }
  }

  count(place: string, bytes: number): void {
    const state = this.states.get(place);
    if (!state) return;
    state.bytes += bytes;
    const now = performance.now();
    if (now - this.toldAt < 250) return;
    this.toldAt = now;
    this.host.told({ ...state });
  }
}
