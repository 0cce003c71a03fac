import { stackFrames } from '../code/stackFrames';
import type { RoleSlots } from './roleSlots';

/**
 * The stack trace that a field of its own holds: `stack` (winston), `err.stack` (pino, bunyan), `error.stack_trace` (ECS),
 * `exception.stacktrace` (OpenTelemetry), `exc_info` (Python). `null` where there is none, or the message holds one.
 */
export function stackIn(slots: RoleSlots, message: string): string | null {
  let longest = '';
  for (const { field } of slots.all('exception')) {
    const { value } = field;
    if (value.length > longest.length && value.includes('\n') && stackFrames(value).length > 0) longest = value;
  }
  return longest === '' || stackFrames(message).length > 0 ? null : longest.trimEnd();
}
