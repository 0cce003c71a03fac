import type { SourcePlace } from '../../../common/protocol/logEngine';
import type { RemoteSources } from '../../remote/remoteSources';
import type { Discovered } from '../../sources/discover/discoverSources';
import { watchPlaces } from '../../sources/discover/watchPlaces';

interface Listener {
  take(found: Discovered): Promise<void>;
  fail(error: unknown): void;
}

/** One watch over the sources for all who follow something; it rests while nobody does. */
export class SharedWatch {
  private readonly places: () => readonly SourcePlace[];
  private readonly remote: RemoteSources;
  private readonly listeners = new Set<Listener>();
  private running: AbortController | null = null;
  private latest: Discovered | null = null;

  constructor(places: () => readonly SourcePlace[], remote: RemoteSources) {
    this.places = places;
    this.remote = remote;
  }

  /**
   * Hands out the sources as they are now, and again whenever they have changed, one after the other, until the signal
   * aborts. Rejects with what `onChange` or the search for sources throws.
   */
  watch(signal: AbortSignal, onChange: (found: Discovered) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return resolve();
      let busy = Promise.resolve();
      const end = (settle: () => void) => {
        signal.removeEventListener('abort', abort);
        this.listeners.delete(listener);
        if (this.listeners.size === 0) this.stop();
        settle();
      };
      const abort = () => end(resolve);
      const fail = (error: unknown) => end(() => (signal.aborted ? resolve() : reject(error)));
      const take = (found: Discovered) => {
        busy = busy.then(() => (signal.aborted ? undefined : onChange(found))).catch(fail);
        return busy;
      };
      const listener = { take, fail };
      signal.addEventListener('abort', abort, { once: true });
      this.listeners.add(listener);
      if (this.latest) void take(this.latest);
      this.start();
    });
  }

  private start(): void {
    if (this.running) return;
    this.running = new AbortController();
    const onChange = async (found: Discovered) => {
      this.latest = found;
      await Promise.all([...this.listeners].map(({ take }) => take(found)));
    };
    const { signal } = this.running;
    watchPlaces(this.places, { signal, remote: this.remote, onChange })
      .catch(error => {
        for (const { fail } of this.listeners) fail(error);
      })
      .finally(() => !this.running && this.remote.watch([]));
  }

  private stop(): void {
    this.running?.abort();
    this.running = null;
    this.latest = null;
  }
}
