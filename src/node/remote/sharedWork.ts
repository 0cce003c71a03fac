import { AbortError } from '../../common/protocol/rpcChannel';

/** Work that several ask for at the same time is done once, and goes on as long as one of them still wants it. */
export class SharedWork<Result> {
  private readonly running = new Map<string, { result: Promise<Result>; wanted: number; stop: AbortController }>();

  /** @throws AbortError, what `run` throws */
  async of(key: string, run: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    if (signal?.aborted) throw new AbortError();
    const work = this.running.get(key) ?? this.start(key, run);
    work.wanted++;
    const leave = () => {
      if (--work.wanted > 0) return;
      work.stop.abort();
      if (this.running.get(key) === work) this.running.delete(key);
    };
    return new Promise((resolve, reject) => {
      const abort = () => {
        leave();
        reject(new AbortError());
      };
      signal?.addEventListener('abort', abort, { once: true });
      work.result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
    });
  }

  private start(key: string, run: (signal: AbortSignal) => Promise<Result>) {
    const stop = new AbortController();
    const work = { result: run(stop.signal), wanted: 0, stop };
    this.running.set(key, work);
    const done = () => {
      if (this.running.get(key) === work) this.running.delete(key);
    };
    work.result.then(done, done);
    return work;
  }
}
