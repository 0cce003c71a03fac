import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { closeServers, httpWork, sendFile, serve } from './support/httpSide';
import { others } from './support/logs';

/** More than is asked for at a time by all requests together: 8 times 4 MiB. */
const log = Buffer.from(others(350_000));
const all = [{ from: 0, to: Number.MAX_SAFE_INTEGER }];

async function assertHeld(origin: string): Promise<void> {
  const work = httpWork();
  try {
    const url = `${origin}/app.log`;
    const { files, skipped } = await work.list(url);
    assert.deepEqual(skipped, []);
    await work.hold({ url, stretches: all });
    assert.ok(readFileSync(files[0]?.path ?? '').equals(log));
    assert.equal((await work.states())[0]?.error ?? null, null);
  } finally {
    await work.dispose();
  }
}

/** A server that writes its answers by hand. @param answer is given head and body of a good one */
async function serveByHand(
  answer: (socket: Socket, head: string, body: Buffer, asked: { from: number; nth: number }) => void,
) {
  const sockets = new Set<Socket>();
  let most = 0;
  let open = 0;
  const server: Server = createServer(socket => {
    sockets.add(socket);
    most = Math.max(most, ++open);
    let nth = 0;
    socket.on('error', () => {}).on('close', () => open--);
    socket.on('data', data => {
      const [, from = 0, last = 0] = /^range: bytes=(\d+)-(\d+)/im.exec(data.toString('latin1')) ?? [];
      const body = log.subarray(Number(from), Number(last) + 1);
      const range = `content-range: bytes ${from}-${Number(from) + body.length - 1}/${log.length}`;
      const head = `HTTP/1.1 206 Partial Content\r\netag: "same"\r\n${range}\r\ncontent-length: ${body.length}\r\n`;
      answer(socket, head, body, { from: Number(from), nth: nth++ });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    sockets,
    get most() {
      return most;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('A long file behind a URL', () => {
  afterEach(closeServers);

  it('comes over a few connections, which are kept', async () => {
    const server = await serveByHand((socket, head, body) => {
      socket.write(`${head}\r\n`);
      socket.write(body);
    });
    await assertHeld(server.origin);
    assert.ok(server.most <= 10, `${server.most} connections`);
    server.close();
  });

  it('comes from a server that closes each connection behind its answer, says so or not', async () => {
    for (const told of ['connection: close\r\n', '']) {
      const server = await serveByHand((socket, head, body) =>
        socket.end(Buffer.concat([Buffer.from(`${head}${told}\r\n`), body])),
      );
      await assertHeld(server.origin);
      server.close();
    }
  });

  it('comes from a server whose head is in pieces, and before it a word that more will follow', async () => {
    const server = await serveByHand(async (socket, head, body) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
      for (const part of [head.slice(0, 40), `${head.slice(40)}\r`, '\n']) {
        socket.setNoDelay(true).write(part);
        await delay(1);
      }
      socket.write(body);
    });
    await assertHeld(server.origin);
    server.close();
  });

  it('comes from a server that tells no length of its parts', async () => {
    const origin = await serve((request, response) => {
      const writeHead = response.writeHead.bind(response);
      // What has no length is sent in chunks.
      response.writeHead = ((status: number, headers: Record<string, unknown>) => {
        const { 'content-length': _, ...others } = headers;
        return writeHead(status, others as Record<string, string>);
      }) as typeof response.writeHead;
      sendFile(log, request, response);
    });
    await assertHeld(origin);
  });

  it('is never mixed with what nobody asked for', async () => {
    const server = await serveByHand((socket, head, body) => {
      socket.write(`${head}\r\n`);
      socket.write(Buffer.concat([body, Buffer.from('HTTP/1.1 206 Partial Content\r\ncontent-length: 3\r\n\r\nbad')]));
    });
    await assertHeld(server.origin);
    server.close();
  });

  it('goes on where a connection broke off, with what had come', async () => {
    let sent = 0;
    let breaks = 3;
    const server = await serveByHand((socket, head, body, { from, nth }) => {
      const isBroken = from > 0 && nth > 0 && breaks-- > 0;
      const part = isBroken ? body.subarray(0, body.length / 2) : body;
      sent += part.length;
      socket.write(`${head}\r\n`);
      socket.write(part, () => isBroken && setTimeout(() => socket.resetAndDestroy(), 50));
    });
    await assertHeld(server.origin);
    assert.ok(breaks <= 0);
    assert.ok(sent < log.length + 40 * 2 ** 20, `${sent} bytes`);
    server.close();
  });
});
