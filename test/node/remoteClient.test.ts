import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { noHost } from '../../src/common/protocol/sourceHost';
import { RemoteClient } from '../../src/node/remote/remoteClient';
import { remoteWorker } from './support/workers';

describe('The worker for remote logs', () => {
  it('may be asked for many stretches by one search, without a warning', async () => {
    const client = new RemoteClient({ worker: remoteWorker, mostBytes: 1e9 }, noHost);
    const warnings: string[] = [];
    const warn = ({ message }: Error) => void warnings.push(message);
    process.on('warning', warn);
    try {
      const { signal } = new AbortController();
      const asked = Array.from({ length: 12 }, () => client.list('nonsense:///', { signal }));
      await Promise.allSettled(asked);
      await turn();
      assert.deepEqual(warnings, []);
    } finally {
      process.off('warning', warn);
      await client.dispose();
    }
  });
});
