import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { ExtensionContext } from 'vscode';
import type { EngineOptions } from '../../node/engine/createEngine';
import { readIndexSize } from '../settings';

/**
 * Where the engine keeps its index, and how much of the machine it takes to build it. Without a workspace's storage, or
 * where that is no folder of this machine, nothing is written.
 */
export function indexOptions({ storageUri }: ExtensionContext): Pick<EngineOptions, 'indexFolder' | 'indexWorkers'> {
  const mostBytes = readIndexSize();
  const isHere = storageUri?.scheme === 'file' && mostBytes > 0;
  return {
    indexWorkers: Math.max(1, availableParallelism() - 1),
    indexFolder: isHere ? { path: path.join(storageUri.fsPath, 'index'), mostBytes } : undefined,
  };
}
