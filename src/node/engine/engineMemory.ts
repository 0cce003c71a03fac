import type { ResourceLimits } from 'node:worker_threads';

/**
 * In MB, what the engine may put aside before it is sorted into what stays and what is garbage: twice what a thread gets
 * unless told. Of a trace that is put together most stays for long, and each time it is met there it is moved; with this
 * much room a trace of 100,000 steps takes a sixth less time. Only while so much is made at once is it taken.
 */
export const engineMemory: ResourceLimits = { maxYoungGenerationSizeMb: 96 };
