import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { extensions } from 'vscode';
import type { LogEngine } from '../../../src/common/protocol/logEngine';
import { EngineClient } from '../../../src/node/engine/engineClient';
import { extensionId } from '../../../src/vscode/contributions';

/** The engine as the extension runs it, for this test alone: dispose of it. */
export function realEngine(): LogEngine {
  const folder = extensions.getExtension(extensionId)?.extensionPath;
  assert.ok(folder);
  const script = (name: string) => ({ path: join(folder, 'dist', name) });
  return new EngineClient({
    engineWorker: script('engineWorker.cjs'),
    scanWorker: script('scanWorker.cjs'),
    workers: 1,
  });
}
