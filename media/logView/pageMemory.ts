import * as v from 'valibot';
import type { LogViewMemory } from '../../src/common/protocol/logViewProtocol';
import { vscode } from '../page/vscodeApi';
import { memorySchema } from './messageSchemas';

/** Each write is a message, so it is made when things rest. */
const restMs = 150;

const fresh: LogViewMemory = { top: 0, selected: null, serial: 0, find: null, matchCase: false, details: false };
const kept = v.safeParse(memorySchema, vscode.getState());
let now: LogViewMemory = kept.success ? kept.output : fresh;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What this page, or the one before it in this view, has kept. */
export const recall = (): Readonly<LogViewMemory> => now;

export function keep(change: Partial<LogViewMemory>): void {
  now = { ...now, ...change };
  clearTimeout(timer);
  timer = setTimeout(() => vscode.setState(now), restMs);
}
