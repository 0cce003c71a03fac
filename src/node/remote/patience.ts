import { setTimeout as delay } from 'node:timers/promises';
import { AbortError } from '../../common/protocol/rpcChannel';
import { RemoteError } from './transport';

export interface Patience {
  /** How long to wait before each further try, in ms. */
  pauses: readonly number[];
  /** Grows when something came: what came on is tried anew from the first pause. */
  progress(): number;
  /** Told before each pause. */
  onWait(error: RemoteError): void;
}

/** For who waits for the first word of a host. */
export const fewPauses: readonly number[] = [500, 2_000];
/** For what has begun: a minute, all in all. */
export const usualPauses: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Does something again, after longer and longer pauses, as long as what fails may pass. @throws what it throws, AbortError */
export async function patiently<Result>(
  run: () => Promise<Result>,
  { pauses, progress, onWait }: Patience,
  signal: AbortSignal,
): Promise<Result> {
  let seen = progress();
  for (let attempt = 0; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (signal.aborted) throw new AbortError();
      if (!(error instanceof RemoteError) || !error.passing) throw error;
      if (progress() > seen) attempt = 0;
      seen = progress();
      const pause = pauses[attempt];
      if (pause === undefined) throw error;
      onWait(error);
      await delay(pause, undefined, { signal }).catch(() => {});
      if (signal.aborted) throw new AbortError();
    }
  }
}
