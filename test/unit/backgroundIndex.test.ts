import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { IndexOptions, LogEngine } from '../../src/common/protocol/logEngine';
import { AbortError } from '../../src/common/protocol/rpcChannel';
import { BackgroundIndex } from '../../src/vscode/engine/backgroundIndex';

/** An engine whose index is done when it is told so, or stopped. */
function fakeEngine() {
  const runs: (() => void)[] = [];
  const fake = {
    stopped: 0,
    cleared: 0,
    index: ({ signal }: IndexOptions) =>
      new Promise<void>((resolve, reject) => {
        runs.push(resolve);
        signal?.addEventListener('abort', () => {
          fake.stopped++;
          reject(new AbortError());
        });
      }),
    clearIndex: async () => ++fake.cleared,
  };
  return { fake, runs, engine: fake as unknown as LogEngine };
}

const fail = (error: unknown) => assert.fail(String(error));
const settled = () => new Promise(resolve => setImmediate(resolve));

describe('the index in the background', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('is brought up to date after searches, once at a time', async () => {
    const { engine, runs } = fakeEngine();
    const index = new BackgroundIndex(engine, fail);
    index.wake();
    index.wake();
    assert.equal(runs.length, 0);
    mock.timers.tick(1000);
    assert.equal(runs.length, 1);
    index.wake();
    mock.timers.tick(1000);
    assert.equal(runs.length, 1);
    runs[0]?.();
    await settled();
    mock.timers.tick(1000);
    assert.equal(runs.length, 2);
    index.dispose();
  });

  it('stops before it is cleared', async () => {
    const { engine, fake } = fakeEngine();
    const index = new BackgroundIndex(engine, fail);
    index.wake();
    mock.timers.tick(1000);
    assert.equal(await index.clear(), 1);
    assert.deepEqual([fake.stopped, fake.cleared], [1, 1]);
  });

  it('tells what went wrong, and goes on', async () => {
    const told: unknown[] = [];
    const failing = { index: () => Promise.reject(new Error('no')) } as unknown as LogEngine;
    const index = new BackgroundIndex(failing, error => told.push(error));
    for (let turn = 1; turn < 3; turn++) {
      index.wake();
      mock.timers.tick(1000);
      await settled();
      assert.equal(told.length, turn);
    }
  });
});
