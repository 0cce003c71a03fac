import * as v from 'valibot';
import type { TimelinePageMemory } from '../../src/common/protocol/timelineProtocol';

/** What VS Code gives a webview's page. May be acquired once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: TimelinePageMemory): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

export const vscode = acquireVsCodeApi();

const memorySchema = v.object({
  query: v.string(),
  selected: v.nullable(v.string()),
  scrollTop: v.number(),
  details: v.boolean(),
});

/** What this page, or an earlier version of it, has kept; `null` where that is nothing of use. */
export function remembered(): TimelinePageMemory | null {
  const memory = v.safeParse(memorySchema, vscode.getState());
  return memory.success ? memory.output : null;
}
