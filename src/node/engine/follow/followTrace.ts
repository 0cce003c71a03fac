import { EngineError, type FollowOptions } from '../../../common/protocol/logEngine';
import { assembleTrace } from '../../../common/trace/assembleTrace';
import type { Engine } from '../engine';
import { assembleInput } from '../lookup/resolve';
import { TraceFollower } from './traceFollower';

/**
 * Reads on for a held trace as its sources change, until the signal aborts or the trace is released.
 * @throws EngineError where the trace is not held, or not complete
 */
export async function followTrace(
  engine: Engine,
  traceId: string,
  { signal, onProgress }: FollowOptions,
): Promise<void> {
  const held = engine.held.get(traceId);
  if (!held.lookedUp)
    throw new EngineError('Only a trace that was read to the end can be followed: look its ID up again.');
  const ended = new AbortController();
  const either = AbortSignal.any([ended.signal, ...(signal ? [signal] : [])]);
  const follower = new TraceFollower(engine, held.lookedUp);
  await engine.watch.watch(either, async ({ sources }) => {
    if (!engine.held.has(traceId)) return ended.abort();
    const { profiled } = await engine.profiles.of(sources, either);
    if (!(await follower.update(profiled, either))) return;
    const { target, notes, found, live } = follower;
    const records = [...found.group, ...found.bare];
    if (records.length === 0) return;
    const input = { ...assembleInput({ target, notes, found }, records, profiled), followed: live };
    const moved = held.trace.offsetsApplied.length > 0;
    held.finish(assembleTrace(input), { ...held.completeness, recordsOfTrace: records.length }, input);
    if (moved) held.moveClocks(true);
    onProgress?.(held.header());
  });
}
