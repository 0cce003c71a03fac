import { AbortError } from '../../../common/protocol/rpcChannel';
import type { Cancellable } from './scanJobs';

/** A flag that the owner of a job and the worker share. */
export const cancelFlag = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

export function setCancelled(flag: Int32Array): void {
  Atomics.store(flag, 0, 1);
}

/** To be called between two chunks: messages do not arrive while a job runs, the flag does. @throws AbortError */
export function checkCancelled(job: Cancellable): void {
  if (Atomics.load(job.cancel, 0) !== 0) throw new AbortError();
}
