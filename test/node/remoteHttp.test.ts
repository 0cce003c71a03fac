import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { RemoteWork } from '../../src/node/remote/remoteWork';
import { closeServers, type HttpWorkOptions, httpEngine, httpWork, sendFile, serve } from './support/httpSide';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';

/** More than two ranges. */
const large = Buffer.from(others(50_000));
const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
const rangeOf = ({ headers }: IncomingMessage) => headers.range ?? 'none';

async function withWork<Result>(use: (work: RemoteWork) => Promise<Result>, options?: HttpWorkOptions) {
  const work = httpWork(options);
  try {
    return await use(work);
  } finally {
    await work.dispose();
  }
}

/** All of the one file behind a URL. */
const read = (url: string, options?: HttpWorkOptions): Promise<Buffer> =>
  withWork(async work => {
    const { files, skipped } = await work.list(url);
    assert.deepEqual(skipped, []);
    await work.hold({ url: files[0]?.url ?? '', stretches: [all] });
    return readFileSync(files[0]?.path ?? '');
  }, options);

const reasonOf = (url: string, options?: HttpWorkOptions): Promise<string> =>
  withWork(async work => {
    const { files, skipped } = await work.list(url);
    assert.equal(files.length, 0);
    assert.equal(skipped[0]?.source, url);
    return skipped[0]?.reason ?? '';
  }, options);

describe('A log behind a URL', () => {
  afterEach(closeServers);

  it('comes by ranges of 4 MiB at the same time, of one state of it', async () => {
    const asked: IncomingMessage[] = [];
    const origin = await serve((request, response) => {
      asked.push(request);
      sendFile(large, request, response, '"one"');
    });
    await withWork(async work => {
      const url = `${origin}/app.log?X-Signature=a%2Fb%3D`;
      const { files } = await work.list(url);
      assert.equal(files[0]?.url, url);
      assert.equal(files[0]?.modified, Date.parse('2026-03-02T10:00:00Z'));
      assert.equal(files[0]?.size, large.length);
      asked.length = 0;
      await work.hold({ url, stretches: [all] });
      assert.ok(readFileSync(files[0]?.path ?? '').equals(large));
      assert.equal(rangeOf(asked[0] as IncomingMessage), 'bytes=0-1023');
      for (const request of asked.slice(1)) {
        const [from, to] = rangeOf(request).slice('bytes='.length).split('-').map(Number);
        assert.ok((to ?? 0) - (from ?? 0) < 4 * 1024 * 1024);
        assert.equal(request.headers['if-range'], '"one"');
        assert.equal(request.headers['accept-encoding'], 'identity');
      }
      asked.length = 0;
      await work.list(url);
      assert.deepEqual(
        asked.map(request => [request.headers['if-none-match'], rangeOf(request)]),
        [['"one"', 'bytes=0-1023']],
      );
    });
  });

  it('without a tag is looked at anew, and its beginning tells whether it is still the same', async () => {
    let body = others(20);
    const answers: string[] = [];
    const origin = await serve((request, response) => {
      response.on('finish', () => answers.push(`${rangeOf(request)} ${response.statusCode}`));
      sendFile(Buffer.from(body), request, response, null);
    });
    await withWork(async work => {
      const url = `${origin}/app.log`;
      await work.list(url);
      answers.length = 0;
      await work.list(url);
      assert.deepEqual(answers, ['bytes=0-1023 206']);
      body += others(5, 20);
      const grown = (await work.list(url)).files[0];
      assert.equal(readFileSync(grown?.path ?? '', 'utf8'), body);
      // As long, at the same second.
      body = others(25, 100);
      const replaced = (await work.list(url)).files[0];
      assert.equal(readFileSync(replaced?.path ?? '', 'utf8'), body);
      assert.notEqual(replaced?.file, grown?.file);
    });
  });

  it('comes in one go where the server knows no ranges, and goes on where it dropped', async () => {
    let requests = 0;
    const origin = await serve((_, response) => {
      requests++;
      response.setHeader('content-length', large.length);
      // What comes for the look is not waited for.
      if (requests === 2) response.write(large.subarray(0, 9_000_000), () => response.destroy());
      else response.end(large);
    });
    assert.ok((await read(`${origin}/app.log`)).equals(large));
    // Two looks and two ways to get it: what came at the first look was not all.
    assert.equal(requests, 4);
  });

  it('that is sent without a length is fetched to know it, once, and kept nowhere else', async () => {
    const spools = () => readdirSync(tmpdir()).filter(name => name.startsWith('throughline-http-'));
    const before = spools();
    let requests = 0;
    const origin = await serve((_, response) => {
      requests++;
      response.write(large);
      response.end();
    });
    await withWork(async work => {
      const url = `${origin}/console`;
      const { files } = await work.list(url);
      assert.equal(files[0]?.size, large.length);
      await work.hold({ url, stretches: [all] });
      assert.ok(readFileSync(files[0]?.path ?? '').equals(large));
      await work.list(url);
    });
    assert.equal(requests, 1);
    assert.deepEqual(spools(), before);
  });

  it('that is sent packed is unpacked as a file is', async () => {
    const text = others(2_000) + json(9_000, { correlationId: orderId, service: 'api', message: 'packed' });
    const origin = await serve((request, response) => {
      response.setHeader('content-encoding', request.url === '/odd.log' ? 'br' : 'gzip');
      sendFile(gzipSync(text), request, response);
    });
    const engine = httpEngine();
    try {
      await engine.setSources([{ kind: 'path', path: `${origin}/app.log` }]);
      const found = await engine.lookup({ text: orderId });
      assert.equal(found.kind, 'trace');
    } finally {
      await engine.dispose();
    }
    assert.match(await reasonOf(`${origin}/odd.log`), /sent packed \(br\)/);
  });

  it('that grows while it is read is read to where it ended, and none of it twice', async () => {
    let body = large;
    let grows = true;
    const origin = await serve((request, response) => {
      if (grows) body = Buffer.concat([body, Buffer.from(others(1, body.length))]);
      sendFile(body, request, response);
    });
    await withWork(async work => {
      const url = `${origin}/app.log`;
      const { files } = await work.list(url);
      await work.hold({ url, stretches: [all] });
      const [file] = files;
      assert.ok(readFileSync(file?.path ?? '').equals(body.subarray(0, file?.size)));
      grows = false;
      const after = (await work.list(url)).files[0];
      await work.hold({ url, stretches: [all] });
      assert.equal(after?.size, body.length);
      assert.equal(after?.file, file?.file);
      assert.ok(readFileSync(after?.path ?? '').equals(body));
    });
  });

  it('that becomes another one while it is read is never mixed with it', async () => {
    const other = Buffer.from(others(60_000, 500_000));
    for (const tagged of [undefined, null]) {
      let requests = 0;
      const origin = await serve((request, response) => {
        const body = rangeOf(request).startsWith('bytes=0-') || ++requests < 2 ? large : other;
        sendFile(requests < 2 ? body : other, request, response, tagged);
      });
      await withWork(async work => {
        const url = `${origin}/app.log`;
        await work.list(url);
        requests = 0;
        await assert.rejects(work.hold({ url, stretches: [all] }), /became another file while it was read/);
        const { files } = await work.list(url);
        await work.hold({ url, stretches: [all] });
        assert.ok(readFileSync(files[0]?.path ?? '').equals(other));
      });
    }
  });

  it('goes on where the connection dropped, without what is here already', async () => {
    let drops = 0;
    let sent = 0;
    const origin = await serve((request, response) => {
      const [from = 0, to = 0] = rangeOf(request).slice('bytes='.length).split('-').map(Number);
      if (to - from < 2_000_000 || drops === 2) {
        response.on('finish', () => {
          sent += to - from;
        });
        return sendFile(large, request, response, '"one"');
      }
      drops++;
      sent += 1_000_000;
      response.writeHead(206, {
        etag: '"one"',
        'content-range': `bytes ${from}-${Math.min(to, large.length - 1)}/${large.length}`,
        'content-length': Math.min(to + 1, large.length) - from,
      });
      response.write(large.subarray(from, from + 1_000_000), () => response.destroy());
    });
    assert.ok((await read(`${origin}/app.log`)).equals(large));
    assert.equal(drops, 2);
    assert.ok(sent < large.length + 4_000_000, `${sent} bytes`);
  });

  it('behind a connection that the server closed meanwhile is asked for anew at once', async () => {
    let sockets = 0;
    const origin = await serve((request, response) => {
      sendFile(large, request, response);
      // Without a word: the client meets with it when it asks again.
      response.on('finish', () => setTimeout(() => request.socket.destroy(), 30));
      sockets++;
    });
    await withWork(
      async work => {
        for (let times = 0; times < 4; times++) {
          assert.equal((await work.list(`${origin}/app.log`)).skipped.length, 0);
          await delay(28);
        }
      },
      { pauses: [] },
    );
    assert.ok(sockets >= 4);
  });

  it('is given up, with the reason, where the server is silent', async () => {
    let stalls = true;
    const origin = await serve((request, response) => {
      if (request.url === '/silent') return;
      const [from = 0, to = 0] = rangeOf(request).slice('bytes='.length).split('-').map(Number);
      if (!stalls || to - from < 100_000) return sendFile(large, request, response, '"one"');
      stalls = false;
      const length = Math.min(to + 1, large.length) - from;
      const part = `bytes ${from}-${from + length - 1}/${large.length}`;
      response.writeHead(206, { etag: '"one"', 'content-range': part, 'content-length': length });
      response.write(large.subarray(from, from + 1_000));
    });
    const options = { patience: 200 };
    assert.match(await reasonOf(`${origin}/silent`, options), /does not answer within 0\.2 s/);
    // In the middle of it: it goes on.
    assert.ok((await read(`${origin}/app.log`, options)).equals(large));
    assert.equal(stalls, false);
  });

  it('ends at once when nobody wants it any more', async () => {
    let closed = 0;
    const origin = await serve((request, response) => {
      const [from = 0, to = 0] = rangeOf(request).slice('bytes='.length).split('-').map(Number);
      if (to - from < 2_000_000) return sendFile(large, request, response, '"one"');
      response.on('close', () => closed++);
    });
    await withWork(async work => {
      const url = `${origin}/app.log`;
      await work.list(url);
      const stop = new AbortController();
      const holding = work.hold({ url, stretches: [all] }, { signal: stop.signal });
      await delay(50);
      stop.abort();
      await assert.rejects(holding, { name: 'AbortError' });
      while (closed === 0) await delay(5);
    });
  });

  it('that cannot be had is told with its status and the remedy', async () => {
    const origin = await serve((request, response) => {
      response.statusCode = Number(/\d+/.exec(request.url ?? '')?.[0]);
      response.end('<script>no</script>');
    });
    assert.match(await reasonOf(`${origin}/403`), /^HTTP 403: .*needs no log-in/);
    assert.match(await reasonOf(`${origin}/404`), /^HTTP 404: not there: check the address/);
    assert.match(await reasonOf(`${origin}/503`, { pauses: [] }), /^HTTP 503: .*try again later/);
    const gone = new URL(origin);
    gone.port = '1';
    assert.match(await reasonOf(`${gone.origin}/`), /refuses the connection/);
    assert.match(await reasonOf('http://no-such-host.invalid/app.log'), /no host no-such-host\.invalid is known/);
    assert.match(await reasonOf('http://'), /No valid URL/);
    assert.match(await reasonOf('https://user:secret@logs.example.org/app.log'), /A password in a URL is refused/);
  });

  it('whose server does as it likes is refused', async () => {
    const parts: Record<string, (response: ServerResponse) => void> = {
      '/start': response => response.writeHead(206, { 'content-range': 'bytes 5-9/100' }).end('56789'),
      '/more': response =>
        response.writeHead(206, { 'content-range': 'bytes 0-99999/100000' }).end('0'.repeat(100_000)),
      '/none': response => response.writeHead(206).end('0'),
      '/multi': response =>
        response.writeHead(206, { 'content-type': 'multipart/byteranges; boundary=x' }).end('--x\r\n'),
      '/status': response => response.writeHead(299).end('?'),
    };
    const origin = await serve((request, response) => parts[request.url ?? '']?.(response));
    for (const name of Object.keys(parts)) {
      assert.match(
        await reasonOf(`${origin}${name}`),
        /something else than the part|does not say how long|does not hand it out/,
        name,
      );
    }
  });

  it('that is a web page is not read', async () => {
    const origin = await serve((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<html><title>Log in</title><a href="app.log">app.log</a>');
    });
    assert.match(await reasonOf(`${origin}/page`), /a web page/);
    assert.match(await reasonOf(`${origin}/folder/`), /a web page/);
  });

  it('is searched like a file, opened at a line, and no other place asks the network', async () => {
    let requests = 0;
    const text = others(2000) + json(9000, { correlationId: orderId, service: 'api', message: 'remote' });
    const origin = await serve((request, response) => {
      requests++;
      sendFile(Buffer.from(text), request, response);
    });
    const folder = tempFolder({ 'a.log': `see ${origin}/app.log\n` });
    await withEngine([folder], engine => engine.lookup({ text: orderId }));
    assert.equal(requests, 0);
    const engine = httpEngine();
    try {
      await engine.setSources([{ kind: 'path', path: `${origin}/app.log` }]);
      const result = await engine.lookup({ text: orderId });
      assert.equal(result.kind, 'trace');
      const insight = await engine.at({ source: `${origin}/app.log`, line: 2001 });
      assert.equal(insight.record.message, 'remote');
      const { lines } = await engine.lines({ source: `${origin}/app.log`, at: 0, before: 0, after: 3 });
      assert.equal(lines.length, 3);
    } finally {
      await engine.dispose();
    }
  });
});
