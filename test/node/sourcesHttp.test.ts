import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { DetectDocument } from '../../src/common/protocol/documents';
import { changedNote } from '../../src/node/sources/byteSource';
import { discoverSources } from '../../src/node/sources/discoverSources';
import { HttpSource } from '../../src/node/sources/httpSource';
import { openSource } from '../../src/node/sources/openSource';
import { isPrivateHost } from '../../src/node/sources/privateAddress';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';
import { discover, readSource } from './support/readSource';
import { skip } from './support/skip';
import { throughline } from './support/workers';

const servers: Server[] = [];

/** A server on loopback; the test names its host, which allows it. */
async function serve(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sendFile(body: Buffer, etag: string, request: IncomingMessage, response: ServerResponse): void {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const condition = request.headers['if-range'];
  const headers = { etag, 'last-modified': 'Mon, 02 Mar 2026 10:00:00 GMT', 'content-type': 'text/plain' };
  if (!range || (condition !== undefined && condition !== etag)) {
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
    return;
  }
  const [from, to] = [Number(range[1]), Math.min(Number(range[2]), body.length - 1)];
  if (from >= body.length) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${body.length}` }).end();
    return;
  }
  const part = body.subarray(from, to + 1);
  const range206 = { 'content-range': `bytes ${from}-${to}/${body.length}`, 'content-length': part.length };
  response.writeHead(206, { ...headers, ...range206 }).end(part);
}

const reasonOf = async (url: string): Promise<string> => {
  const { sources, skipped } = await discover(url);
  assert.equal(sources.length, 0);
  assert.equal(skipped[0]?.source, url);
  return skipped[0]?.reason ?? '';
};

/** More than two ranges. */
const large = Buffer.from(others(50_000));

describe('A source behind a URL', () => {
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    }
  });

  it('is read by ranges of 4 MiB', async () => {
    const ranges: string[] = [];
    const origin = await serve((request, response) => {
      ranges.push(request.headers.range ?? 'none');
      sendFile(large, '"one"', request, response);
    });
    const url = `${origin}/app.log?X-Signature=a%2Fb%3D`;
    const { ref, text, note } = await readSource(url);
    assert.equal(ref.id, url);
    assert.equal(ref.modified, Date.parse('2026-03-02T10:00:00Z'));
    assert.equal(ref.storedSize, large.length);
    assert.ok(text === large.toString());
    assert.equal(note, null);
    const mib = 4 * 1024 * 1024;
    assert.deepEqual(ranges.slice(0, 3), ['bytes=0-8191', `bytes=0-${mib - 1}`, `bytes=${mib}-${2 * mib - 1}`]);
  });

  it('is read in one go where the server knows no ranges', async () => {
    let requests = 0;
    const origin = await serve((_, response) => {
      requests++;
      response.end(large);
    });
    const { text, note } = await readSource(`${origin}/app.log`);
    assert.ok(text === large.toString());
    assert.equal(note, null);
    assert.equal(requests, 2);
  });

  it('is unpacked on the way, and keeps its identity', async () => {
    const origin = await serve((request, response) => sendFile(gzipSync(large), '"one"', request, response));
    const { ref, text, note } = await readSource(`${origin}/app.log.gz`);
    assert.equal(ref.packing, 'gzip');
    assert.ok(text === large.toString());
    assert.equal(note, null);
    assert.equal((await discover(`${origin}/app.log.gz`)).sources[0]?.identity, ref.identity);
  });

  it('that is sent packed is read all the same', async () => {
    const origin = await serve((request, response) => {
      response.setHeader('content-encoding', 'gzip');
      sendFile(gzipSync(large), '"one"', request, response);
    });
    const { ref, text } = await readSource(`${origin}/app.log`);
    assert.equal(ref.packing, 'none');
    assert.ok(text === large.toString());
  });

  it('that changes between two ranges is told', async () => {
    let requests = 0;
    const origin = await serve((request, response) =>
      sendFile(large, `"${++requests < 3 ? 'one' : 'two'}"`, request, response),
    );
    const { ref, bytes, note } = await readSource(`${origin}/app.log`);
    assert.deepEqual(note, changedNote(ref));
    assert.equal(bytes, 4 * 1024 * 1024);
  });

  it('is read on where the connection dropped', async () => {
    let requests = 0;
    const origin = await serve((request, response) => {
      if (++requests !== 3) return sendFile(large, '"one"', request, response);
      const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0]);
      response.writeHead(206, {
        etag: '"one"',
        'content-range': `bytes ${from}-${large.length - 1}/${large.length}`,
        'content-length': large.length - from,
      });
      response.write(large.subarray(from, from + 100_000), () => response.destroy());
    });
    const { text, note } = await readSource(`${origin}/app.log`);
    assert.ok(text === large.toString());
    assert.equal(note, null);
  });

  it('whose connection drops again and again gives what came, with a note', async () => {
    const origin = await serve((request, response) => {
      if (request.headers.range === 'bytes=0-8191') return sendFile(large, '"one"', request, response);
      response.writeHead(200, { 'content-length': large.length });
      response.write(large.subarray(0, 100_000), () => response.destroy());
    });
    const { bytes, note } = await readSource(`${origin}/app.log`);
    assert.equal(note?.kind, 'truncatedSource');
    assert.match(note?.text ?? '', /app\.log broke off: .*try again\. Only the 100000 bytes before/);
    assert.equal(bytes, 100_000);
  });

  it('that cannot be had is told with its status and the remedy', async () => {
    const origin = await serve((request, response) => {
      response.statusCode = Number(/\d+/.exec(request.url ?? '')?.[0]);
      response.end('<script>no</script>');
    });
    assert.match(await reasonOf(`${origin}/403`), /^HTTP 403: .*needs no log-in/);
    assert.match(await reasonOf(`${origin}/404`), /^HTTP 404: not there: check the address/);
    assert.match(await reasonOf(`${origin}/503`), /^HTTP 503: .*try again later/);
    const gone = new URL(origin);
    gone.port = '1';
    assert.match(await reasonOf(`${gone.origin}/`), /bad port|broke off|refuses/);
    assert.match(await reasonOf('http://no-such-host.invalid/app.log'), /no host no-such-host\.invalid is known/);
    assert.match(await reasonOf('http://'), /no valid URL/);
  });

  it('that is a web page, empty or binary is not read', async () => {
    const origin = await serve((request, response) => {
      if (request.url === '/page') response.setHeader('content-type', 'text/html; charset=utf-8');
      if (request.url === '/empty') sendFile(Buffer.alloc(0), '"one"', request, response);
      else response.end(request.url === '/page' ? '<html>' : Buffer.from([0, 1, 2, 0, 3]));
    });
    assert.match(await reasonOf(`${origin}/page`), /a web page/);
    assert.equal(await reasonOf(`${origin}/empty`), 'empty');
    assert.equal(await reasonOf(`${origin}/binary`), 'binary');
  });

  it('takes no name or password in its address', async () => {
    assert.match(await reasonOf('https://user:secret@logs.example.org/app.log'), /a name or password in the URL/);
  });

  it('follows five redirects, each looked at, to no address that is not public', async () => {
    const origin = await serve((request, response) => {
      const [, what, number] = (request.url ?? '').split('/');
      const redirect = (location: string) => response.writeHead(302, { location }).end();
      if (what === 'hop' && Number(number) > 0) redirect(`/hop/${Number(number) - 1}`);
      else if (what === 'metadata') redirect('http://169.254.169.254/latest/meta-data/');
      else if (what === 'local') redirect(`http://localhost:${request.socket.localPort}/hop/0`);
      else if (what === 'mapped') redirect('http://[::ffff:10.0.0.1]/');
      else if (what === 'file') redirect('file:///etc/passwd');
      else if (what === 'secret') redirect('http://me:secret@example.org/');
      else response.end(others(10));
    });
    assert.equal((await readSource(`${origin}/hop/5`)).text, others(10));
    assert.match(await reasonOf(`${origin}/hop/6`), /more than 5 redirects/);
    for (const what of ['metadata', 'local', 'mapped']) {
      assert.match(await reasonOf(`${origin}/${what}`), /redirects to http:.*not public, which is refused/);
    }
    assert.match(await reasonOf(`${origin}/file`), /neither http nor https/);
    assert.match(await reasonOf(`${origin}/secret`), /name or password/);
  });

  it('is searched like a file, and no other place asks the network', async () => {
    let requests = 0;
    const text = others(2000) + json(9000, { correlationId: orderId, service: 'api', message: 'remote' });
    const origin = await serve((request, response) => {
      requests++;
      sendFile(Buffer.from(text), '"one"', request, response);
    });
    const folder = tempFolder({ 'a.log': `see ${origin}/app.log\n` });
    await withEngine([folder], engine => engine.lookup({ text: orderId }));
    assert.equal(requests, 0);
    await withEngine([`${origin}/app.log`], async engine => {
      const result = await engine.lookup({ text: orderId });
      assert.equal(result.kind, 'trace');
      const insight = await engine.at({ source: `${origin}/app.log`, line: 2001 });
      assert.equal(insight.record.message, 'remote');
    });
  });

  it('that never ends is cut, with a note', async () => {
    const origin = await serve((request, response) => sendFile(large, '"one"', request, response));
    const [ref] = (await discover(`${origin}/app.log`)).sources;
    assert.ok(ref);
    const { bytes, note } = await new HttpSource(ref, 5_000_000).stream(() => true);
    assert.equal(note?.kind, 'cut');
    assert.match(note?.text ?? '', /more than 5000000 bytes: reading stopped after \d+ bytes/);
    assert.ok(bytes <= 5_000_000 && bytes > 4_000_000);
  });

  it('is given up by who has enough, without the rest', async () => {
    const origin = await serve((request, response) => sendFile(large, '"one"', request, response));
    const [ref] = (await discoverSources([{ kind: 'path', path: `${origin}/app.log` }])).sources;
    assert.ok(ref);
    const source = openSource(ref);
    const { bytes, note } = await source.stream(() => false);
    assert.ok(bytes < large.length / 2);
    assert.equal(note, null);
  });
});

describe('A source behind an https URL', () => {
  /** A certificate that its holder signed; `null` where no `openssl` is installed. */
  function certificate(): { key: string; cert: string; file: string } | null {
    const folder = tempFolder();
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const made = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1`;
    try {
      execFileSync('openssl', [...made.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
      return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert };
    } catch {
      return null;
    }
  }

  it('needs a certificate that is trusted, and is never led to http', async function () {
    const made = certificate();
    if (!made) return skip(this, 'there is no openssl to make a certificate with');
    const text = others(200);
    const server = createSecureServer(made, (request, response) => {
      if (request.url === '/down') response.writeHead(302, { location: `http://127.0.0.1:1/app.log` }).end();
      else response.end(text);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    try {
      const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      assert.match(await reasonOf(`${origin}/app.log`), /the certificate of 127\.0\.0\.1:\d+ is not trusted/);
      const args = ['detect', '--json', '--full', `${origin}/app.log`, `${origin}/down`];
      const trusting = { env: { ...process.env, NODE_EXTRA_CA_CERTS: made.file } };
      const { stdout } = await promisify(execFile)(process.execPath, [throughline.path, ...args], trusting);
      const { sources, notes } = JSON.parse(stdout) as DetectDocument;
      assert.deepEqual(
        sources.map(({ path: source, records }) => [source, records]),
        [[`${origin}/app.log`, 200]],
      );
      assert.match(notes[0]?.text ?? '', /\/down is not read: redirects from https to http:.*which is refused/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('Addresses that are not public', () => {
  it('are known in every spelling', async () => {
    const hosts = [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.100.100.200',
      '0.0.0.0',
    ];
    const hosts6 = [
      '[::1]',
      '[::]',
      '[fe80::1]',
      '[fd00::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[64:ff9b::a00:1]',
    ];
    for (const host of [...hosts, ...hosts6]) assert.equal(await isPrivateHost(host), true, host);
    for (const host of ['8.8.8.8', '172.32.0.1', '[2606:4700::1111]'])
      assert.equal(await isPrivateHost(host), false, host);
    // A URL makes plain numbers of the odd spellings.
    for (const odd of ['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/']) {
      assert.equal(await isPrivateHost(new URL(odd).hostname), true, odd);
    }
  });
});
