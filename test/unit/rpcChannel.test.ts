import assert from 'node:assert/strict';
import { type Handlers, type Port, RpcChannel } from '../../src/common/protocol/rpcChannel';

/** Two ports that are each other's other end; messages arrive later, as between threads. */
function ports(): { a: Port; b: Port; close(reason: string): void } {
  const ends = [0, 1].map(() => ({ receive: (_: unknown) => {}, closed: (_: string) => {} }));
  const port = (own: number): Port => ({
    post: message => queueMicrotask(() => ends[1 - own]!.receive(structuredClone(message))),
    onMessage: receive => {
      ends[own]!.receive = receive;
    },
    onClose: closed => {
      ends[own]!.closed = closed;
    },
  });
  return { a: port(0), b: port(1), close: reason => ends.forEach(({ closed }) => void closed(reason)) };
}

function pair(handlers: Handlers) {
  const { a, b, close } = ports();
  return { client: new RpcChannel(a), server: new RpcChannel(b, handlers), close };
}

const never = () => new Promise<never>(() => {});

describe('a request over a channel', () => {
  it('settles with the reply', async () => {
    const { client } = pair({ double: (value: number) => value * 2 });
    assert.equal(await client.request('double', 21), 42);
  });

  it('settles with the name and message of the error on the other side', async () => {
    const { client } = pair({
      fail: () => {
        throw new TypeError('no such log');
      },
    });
    await assert.rejects(client.request('fail', null), { name: 'TypeError', message: 'no such log' });
  });

  it('settles where the other side knows no such request, inherited names included', async () => {
    const { client } = pair({});
    for (const name of ['missing', 'toString', '__proto__']) {
      await assert.rejects(client.request(name, null), /Unknown request/);
    }
  });

  it('settles when the port closes, and is refused afterwards', async () => {
    const { client, close } = pair({ never });
    const pending = client.request('never', null);
    close('the worker ended');
    await assert.rejects(pending, { name: 'ClosedError', message: 'the worker ended' });
    await assert.rejects(client.request('never', null), { name: 'ClosedError' });
  });

  it('settles when its signal aborts, and the other side is told', async () => {
    const told = resolvers();
    const { client } = pair({
      never: (_: null, { signal }) => {
        signal.addEventListener('abort', () => told.resolve());
        return never();
      },
    });
    const controller = new AbortController();
    const pending = client.request('never', null, { signal: controller.signal });
    queueMicrotask(() => queueMicrotask(() => controller.abort()));
    await assert.rejects(pending, { name: 'AbortError' });
    await told.promise;
  });

  it('that was aborted too late hands what still comes to somebody, to the last word', async () => {
    const reply = resolvers();
    const { client } = pair({
      slow: async (_: null, { signal, progress }) => {
        await new Promise(resolve => signal.addEventListener('abort', resolve));
        progress('almost');
        return 'done';
      },
    });
    const controller = new AbortController();
    const late: unknown[] = [];
    const pending = client.request('slow', null, {
      signal: controller.signal,
      onLate: (value: unknown) => {
        late.push(value);
        if (value === 'done') reply.resolve();
      },
    });
    queueMicrotask(() => queueMicrotask(() => controller.abort()));
    await assert.rejects(pending, { name: 'AbortError' });
    await reply.promise;
    assert.deepEqual(late, ['almost', 'done']);
  });

  it('is not sent where its signal has aborted before', async () => {
    let asked = false;
    const { client } = pair({
      ask: () => {
        asked = true;
      },
    });
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(client.request('ask', null, { signal: controller.signal }), { name: 'AbortError' });
    assert.equal(asked, false);
  });

  it('settles where the message cannot be sent', async () => {
    const { a } = ports();
    const client = new RpcChannel({
      ...a,
      post: () => {
        throw new Error('could not be cloned');
      },
    });
    await assert.rejects(client.request('any', null), /could not be cloned/);
  });

  it('hands on progress before the reply, and none after it', async () => {
    const seen: number[] = [];
    const { client } = pair({
      count: (_: null, { progress }) => {
        progress(1);
        progress(2);
        return 'done';
      },
    });
    await client.request('count', null, { onProgress: (value: never) => seen.push(value as number) });
    assert.deepEqual(seen, [1, 2]);
  });

  it('ignores whatever is no message of a channel', async () => {
    const { a, b } = ports();
    const client = new RpcChannel(a);
    new RpcChannel(b, { echo: (value: string) => value });
    for (const noise of [null, 3, 'text', {}, { type: 'reply' }, { type: 'reply', id: 99, value: 1 }]) b.post(noise);
    assert.equal(await client.request('echo', 'still here'), 'still here');
  });
});

function resolvers() {
  let resolve = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}
