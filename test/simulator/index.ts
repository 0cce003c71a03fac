/**
 * A seeded simulation of an event-driven agent pipeline that writes realistic logs with their ground truth. It imports
 * nothing from `src/`: it is the independent oracle of the engine.
 */
export { type BulkId, type BulkOptions, type BulkWritten, writeBulk } from './bulk.ts';
export { truthOf } from './expect.ts';
export { appendLive, type Lived, type LiveOptions } from './live.ts';
export { type LossOptions, type LossyTrace, lossy } from './losses.ts';
export { type Missing, type MissingKind, missingKinds, missingOf } from './missing.ts';
export type * from './model.ts';
export { defaultOptions, type SimulationOptions } from './options.ts';
export { writeSample } from './sample.ts';
export { showcaseIdentity } from './showcase.ts';
export { simulate } from './simulate.ts';
export type * from './truth.ts';
export { type WriteOptions, type Written, writeLogs, writeTraces } from './write.ts';
