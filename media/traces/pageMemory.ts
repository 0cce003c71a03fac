import * as v from 'valibot';
import type { TracesPageMemory } from '../../src/common/protocol/tracesProtocol';
import { vscode } from '../page/vscodeApi';
import { memorySchema } from './messageSchemas';

/** Each write is a message, so it is made when things rest. */
const restMs = 150;

const kept = v.safeParse(memorySchema, vscode.getState());
let now: Partial<TracesPageMemory> = kept.success ? kept.output : {};
let timer: ReturnType<typeof setTimeout> | undefined;

/** What this page, or the one before it in this view, has kept. */
export const recall = (): Readonly<Partial<TracesPageMemory>> => now;

export function keep(change: Partial<TracesPageMemory>): void {
  now = { selected: null, scrollTop: 0, ...now, ...change };
  clearTimeout(timer);
  timer = setTimeout(() => vscode.setState(now), restMs);
}
