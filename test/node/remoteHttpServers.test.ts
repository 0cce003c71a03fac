import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import type { DetectDocument } from '../../src/common/protocol/documents';
import { noHost } from '../../src/common/protocol/sourceHost';
import { HttpTransport } from '../../src/node/remote/http/httpTransport';
import { HttpWays } from '../../src/node/remote/http/httpWays';
import { isPrivateHost, lookupPublic } from '../../src/node/remote/http/privateAddress';
import type { RemoteListing } from '../../src/node/remote/remoteDoor';
import { closeServers, type HttpWorkOptions, httpWork, secretive, sendFile, serve } from './support/httpSide';
import { others, tempFolder } from './support/logs';
import { skip } from './support/skip';
import { throughline } from './support/workers';

const log = Buffer.from(others(20));
const page = (response: ServerResponse, rows: string, title = 'Index of /logs/') =>
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end(`<html><head><title>${title}</title></head><body><pre>${rows}</pre></body></html>`);
const row = (name: string) => `<a href="${name}">${name}</a>    02-Mar-2026 10:00    ${log.length}\n`;

async function list(place: string, options?: HttpWorkOptions): Promise<RemoteListing> {
  const work = httpWork(options);
  try {
    return await work.list(place);
  } finally {
    await work.dispose();
  }
}

const reasonOf = async (place: string, options?: HttpWorkOptions): Promise<string> => {
  const { files, skipped } = await list(place, options);
  assert.deepEqual(files, []);
  return skipped.map(({ reason }) => reason).join('; ');
};

const namesOf = ({ files }: RemoteListing, origin: string) => files.map(({ url }) => url.slice(origin.length));

describe('A folder behind a URL', () => {
  afterEach(closeServers);

  const pages: Record<string, (response: ServerResponse) => void> = {
    '/logs/': response =>
      page(
        response,
        `<a href="../">../</a>\n${row('a%20b&amp;c.log')}${row('app.log')}${row('app.log.1')}${row('.hid.log')}<a href="sub/">sub/</a>\n`,
      ),
    '/logs/sub/': response =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify([{ name: 'ü#?.log', type: 'file', mtime: 'x', size: 3 }])),
  };
  const site = () =>
    serve((request, response) => {
      const at = pages[request.url ?? ''];
      if (at) at(response);
      else if (request.url === '/logs') response.writeHead(301, { location: '/logs/' }).end();
      else sendFile(log, request, response);
    });

  it('holds all logs below it, as nginx lists them', async () => {
    const origin = await site();
    const below = ['/logs/.hid.log', '/logs/a%20b&c.log', '/logs/app.log', '/logs/app.log.1'];
    const sub = '/logs/sub/%C3%BC%23%3F.log';
    for (const place of [`${origin}/logs/`, `${origin}/logs`]) {
      const listing = await list(place);
      assert.deepEqual(listing.skipped, []);
      assert.deepEqual(namesOf(listing, origin), [...below, sub]);
      assert.equal(readFileSync(listing.files[0]?.path ?? '', 'utf8'), log.toString());
    }
    assert.deepEqual(namesOf(await list(`${origin}/logs/app*`), origin), ['/logs/app.log', '/logs/app.log.1']);
    assert.deepEqual(namesOf(await list(`${origin}/logs/{a b,x}*.log`), origin), ['/logs/a%20b&c.log']);
    assert.deepEqual(namesOf(await list(`${origin}/logs/*.log`), origin), ['/logs/a%20b&c.log', '/logs/app.log']);
    assert.match(await reasonOf(`${origin}/logs/*.txt`), /no file fits this pattern/);
    assert.match(await reasonOf(`${origin}/elsewhere/*.log`), /does not list .*\/elsewhere\//);
  });

  it('is left by no link', async () => {
    let outside = 0;
    const hostile = [
      'http://169.254.169.254/latest/meta-data/',
      '//169.254.169.254/x.log',
      '/etc/passwd',
      '../../secret.log',
      '..%2f..%2fsecret.log',
      '%2e%2e/secret.log',
      'sub%5c..%5cx.log',
      'a/b/c.log',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://user:pw@127.0.0.1/logs/x.log',
      'app.log?token=1',
      '%ff.log',
      '%00.log',
    ];
    const origin = await serve((request, response) => {
      if (request.url === '/logs/') page(response, hostile.map(row).join('') + row('good.log'));
      else if (request.url === '/logs/good.log') sendFile(log, request, response);
      else outside++;
    });
    const { files, skipped } = await list(`${origin}/logs/`);
    assert.deepEqual(
      files.map(({ url }) => url),
      [`${origin}/logs/good.log`],
    );
    assert.equal(skipped.length, 1);
    assert.match(skipped[0]?.reason ?? '', /^\d+ links lead out of the folder: they are not followed/);
    assert.equal(outside, 0);
  });

  it('of very many files, or that goes down for ever, is cut, and it is told by how much', async () => {
    const many = Array.from({ length: 10_020 }, (_, at) => row(`${at}.log`)).join('');
    let asked = 0;
    const origin = await serve((request, response) => {
      if (request.url === '/many/') page(response, many);
      else if (request.url?.endsWith('/')) page(response, `<a href="loop/">loop/</a>${row('x.log')}`);
      else {
        asked++;
        sendFile(Buffer.alloc(0), request, response);
      }
    });
    const transport = new HttpTransport(noHost, { environment: {} });
    const { skipped } = await transport.list(`${origin}/many/`, new AbortController().signal);
    transport.close();
    assert.equal(asked, 10_000);
    assert.match(skipped[0]?.reason ?? '', /^20 more files: only the first 10000 are read/);
    const deep = await list(`${origin}/deep/`);
    assert.match(deep.skipped[0]?.reason ?? '', /^1 more folders in it are not looked at/);
  });

  it('asks anew only for what may have changed', async () => {
    const asked: string[] = [];
    const origin = await serve((request, response) => {
      asked.push(`${request.url} ${request.headers['if-none-match'] ?? ''}`);
      if (request.url === '/logs/') page(response, row('app.log'));
      else sendFile(log, request, response, '"one"');
    });
    const work = httpWork();
    await work.list(`${origin}/logs/`);
    asked.length = 0;
    await work.list(`${origin}/logs/`);
    assert.deepEqual(asked, ['/logs/ ', '/logs/app.log "one"']);
    await work.dispose();
  });
});

describe('A server that wants to know who asks', () => {
  afterEach(closeServers);

  const guarded = (good: string, challenge = 'Bearer realm="logs"') =>
    serve((request, response) => {
      if (request.headers.authorization === good) sendFile(log, request, response);
      else response.writeHead(401, { 'www-authenticate': challenge }).end();
    });

  it('is told by a token, which is asked for once, and again where it is refused', async () => {
    const origin = await guarded('Bearer right');
    const host = secretive('wrong', 'right');
    const work = httpWork({ host });
    const places = ['a', 'b', 'c', 'd'].map(name => work.list(`${origin}/${name}.log`));
    for (const { files, skipped } of await Promise.all(places)) assert.equal(files.length, 1, JSON.stringify(skipped));
    assert.deepEqual(host.asked, [
      {
        kind: 'token',
        key: `http ${origin}`,
        of: `${origin}, to be sent unencrypted`,
        refused: false,
        server: `${origin}/`,
      },
      {
        kind: 'token',
        key: `http ${origin}`,
        of: `${origin}, to be sent unencrypted`,
        refused: true,
        server: `${origin}/`,
      },
    ]);
    await work.dispose();
  });

  it('that takes none of them is told as an error, and nobody is asked again and again', async () => {
    const origin = await guarded('Bearer right');
    const host = secretive('wrong', 'wrong too', 'right');
    const work = httpWork({ host });
    for (let times = 0; times < 3; times++) {
      const { skipped } = await work.list(`${origin}/app.log`);
      assert.match(skipped[0]?.reason ?? '', /^HTTP 401: .* does not take who asks/);
    }
    assert.equal(host.asked.length, 2);
    await work.dispose();
    assert.match(await reasonOf(`${origin}/app.log`), /^HTTP 401: .*wants to know who asks: give a token/);
  });

  it('by name and password is told both; the name may stand in the place', async () => {
    const login = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const origin = await guarded(login('ann:se:cret'), 'Basic realm="logs"');
    const host = secretive('se:cret');
    const place = `${origin.replace('//', '//ann@')}/app.log`;
    const { files } = await list(place, { host });
    assert.equal(files[0]?.url, place);
    assert.deepEqual([host.asked[0]?.kind, host.asked[0]?.key], ['password', `http ann at ${origin}`]);
    const other = secretive('ann:se:cret');
    assert.equal((await list(`${origin}/app.log`, { host: other })).files.length, 1);
    assert.match(other.asked[0]?.of ?? '', /as name:password/);
  });

  it('takes any other header that begins with its kind, but none that breaks out', async () => {
    const origin = await guarded('PRIVATE abc');
    assert.equal((await list(`${origin}/app.log`, { host: secretive('PRIVATE abc') })).files.length, 1);
    const evil = secretive('x\r\nhost: other');
    assert.match(await reasonOf(`${origin}/app.log`, { host: evil }), /characters that no token has/);
  });

  it('tells it to nobody else', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === '/guarded') response.writeHead(401).end();
      else sendFile(log, request, response);
    });
    const origin = await serve((request, response) => {
      if (!request.headers.authorization) response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      else response.writeHead(302, { location: `${other}${request.url}` }).end();
    });
    const host = secretive('right');
    assert.equal((await list(`${origin}/app.log`, { host })).files.length, 1);
    assert.ok(seen.length > 0 && seen.every(header => header === undefined));
    const reason = await reasonOf(`${origin}/guarded`, { host: secretive('right') });
    assert.match(reason, /which .* redirects to, wants to know who asks, and is told nothing/);
    assert.equal(host.asked.length, 1);
  });
});

describe('A server that redirects', () => {
  afterEach(closeServers);

  it('is followed five times, each looked at, to no address that is not public', async () => {
    const origin = await serve((request, response) => {
      const [, what, number] = (request.url ?? '').split('/');
      const redirect = (location: string) => response.writeHead(302, { location }).end();
      if (what === 'hop' && Number(number) > 0) redirect(`/hop/${Number(number) - 1}`);
      else if (what === 'loop') redirect('/loop');
      else if (what === 'metadata') redirect('http://169.254.169.254/latest/meta-data/');
      else if (what === 'local') redirect(`http://localhost:${request.socket.localPort}/hop/0`);
      else if (what === 'mapped') redirect('http://[::ffff:10.0.0.1]/');
      else if (what === 'file') redirect('file:///etc/passwd');
      else if (what === 'secret') redirect('http://me:secret@example.org/');
      else if (what === 'bad') redirect('http://[');
      else sendFile(log, request, response);
    });
    assert.equal((await list(`${origin}/hop/5`)).files.length, 1);
    assert.match(await reasonOf(`${origin}/hop/6`), /more than 5 redirects/);
    assert.match(await reasonOf(`${origin}/loop`), /more than 5 redirects/);
    for (const what of ['metadata', 'local', 'mapped']) {
      assert.match(await reasonOf(`${origin}/${what}`), /redirects to http:.*not public, which is refused/);
    }
    assert.match(await reasonOf(`${origin}/file`), /neither http nor https/);
    assert.match(await reasonOf(`${origin}/secret`), /name or password/);
    assert.match(await reasonOf(`${origin}/bad`), /no URL/);
  });

  it('is not believed that a name has another address when it is connected to', async () => {
    const looked = promisify(lookupPublic) as (host: string, options: object) => Promise<unknown>;
    await assert.rejects(looked('localhost', {}), { code: 'ENOTPUBLIC' });
  });
});

describe('Addresses that are not public', () => {
  it('are known in every spelling', async () => {
    const hosts = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.100.100.200'];
    const hosts6 = ['[::1]', '[::]', '[fe80::1]', '[fd00::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'];
    for (const host of [...hosts, ...hosts6, '0.0.0.0', '[64:ff9b::a00:1]'])
      assert.equal(await isPrivateHost(host), true, host);
    for (const host of ['8.8.8.8', '172.32.0.1', '[2606:4700::1111]'])
      assert.equal(await isPrivateHost(host), false, host);
    // A URL makes plain numbers of the odd spellings.
    for (const odd of ['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/']) {
      assert.equal(await isPrivateHost(new URL(odd).hostname), true, odd);
    }
  });
});

describe('A proxy', () => {
  afterEach(closeServers);

  it('is the one that the environment names for a server, or none', () => {
    const proxyOf = (environment: NodeJS.ProcessEnv, url: string) =>
      new HttpWays(environment).proxyOf(new URL(url))?.href ?? null;
    const both = { HTTP_PROXY: 'http://one:1', https_proxy: 'two:2', NO_PROXY: 'example.org, .corp:8443,10.0.0.7' };
    assert.equal(proxyOf(both, 'http://logs.test/'), 'http://one:1/');
    assert.equal(proxyOf(both, 'https://logs.test/'), 'http://two:2/');
    assert.equal(proxyOf({ ALL_PROXY: 'http://all:3' }, 'https://logs.test/'), 'http://all:3/');
    assert.equal(proxyOf({ ...both, https_proxy: '' }, 'https://logs.test/'), null);
    for (const url of ['http://example.org/', 'https://a.example.org/', 'https://x.corp:8443/', 'http://10.0.0.7/'])
      assert.equal(proxyOf(both, url), null, url);
    for (const url of ['http://notexample.org/', 'https://x.corp/']) assert.notEqual(proxyOf(both, url), null, url);
    assert.equal(proxyOf({ ...both, NO_PROXY: '*' }, 'https://logs.test/'), null);
    for (const url of ['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]/'])
      assert.equal(proxyOf(both, url), null, url);
    assert.throws(() => proxyOf({ HTTP_PROXY: 'socks5://one' }, 'http://logs.test/'), /neither http nor https/);
  });

  it('is asked for what is behind it, by name, and told who asks', async () => {
    const asked: string[] = [];
    const proxy = await serve((request, response) => {
      asked.push(`${request.url} ${request.headers.host} ${request.headers['proxy-authorization']}`);
      if (request.url?.includes('denied')) response.writeHead(407).end();
      else sendFile(log, request, response);
    });
    const environment = { HTTP_PROXY: proxy.replace('//', '//me:p%40ss@') };
    const { files } = await list('http://logs.test/app.log', { environment });
    assert.equal(files[0]?.size, log.length);
    const login = Buffer.from('me:p@ss').toString('base64');
    assert.equal(asked[0], `http://logs.test/app.log logs.test Basic ${login}`);
    assert.match(await reasonOf('http://logs.test/denied', { environment }), /^HTTP 407/);
  });
});

describe('A source behind an https URL', () => {
  /** A certificate that its holder signed; `null` where no `openssl` is installed. */
  function certificate(): { key: string; cert: string; file: string } | null {
    const folder = tempFolder();
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const made = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1,DNS:logs.test`;
    try {
      execFileSync('openssl', [...made.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
      return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert };
    } catch {
      return null;
    }
  }

  async function secure(use: (origin: string, port: number, file: string) => Promise<void>): Promise<boolean> {
    const made = certificate();
    if (!made) return false;
    const server = createSecureServer(made, (request: IncomingMessage, response) => {
      if (request.url === '/down') response.writeHead(302, { location: `http://127.0.0.1:1/app.log` }).end();
      else sendFile(Buffer.from(others(200)), request, response);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      await use(`https://127.0.0.1:${port}`, port, made.file);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    return true;
  }

  async function detect(args: string[], env: NodeJS.ProcessEnv): Promise<DetectDocument> {
    const command = [throughline.path, 'detect', '--json', '--full', ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env: { ...process.env, ...env } }).catch(
      (error: { stdout: string }) => error,
    );
    return JSON.parse(stdout) as DetectDocument;
  }

  it('needs a certificate that is trusted, and is never led to http', async function () {
    const ran = await secure(async (origin, _, file) => {
      assert.match(await reasonOf(`${origin}/app.log`), /the certificate of 127\.0\.0\.1:\d+ is not trusted/);
      const { sources, notes } = await detect([`${origin}/app.log`, `${origin}/down`], { NODE_EXTRA_CA_CERTS: file });
      assert.deepEqual(
        sources.map(({ path: source, records }) => [source, records]),
        [[`${origin}/app.log`, 200]],
      );
      assert.match(notes[0]?.text ?? '', /\/down is not read: redirects from https to http:.*which is refused/);
    });
    if (!ran) skip(this, 'there is no openssl to make a certificate with');
  });

  it('comes through a proxy that sees no more than its name', async function () {
    const ran = await secure(async (_, port, file) => {
      const names: string[] = [];
      const proxy = createServer((__, response) => void response.writeHead(500).end());
      proxy.on('connect', (request, socket) => {
        names.push(request.url ?? '');
        if (request.url?.startsWith('denied')) return void socket.end('HTTP/1.1 407 Who?\r\n\r\n');
        const behind = connect(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          behind.pipe(socket).pipe(behind);
        });
        behind.on('error', () => socket.destroy());
        socket.on('error', () => behind.destroy());
      });
      await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
      try {
        const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
        const env = { NODE_EXTRA_CA_CERTS: file, HTTPS_PROXY, https_proxy: HTTPS_PROXY };
        const { sources } = await detect(['https://logs.test/app.log'], env);
        assert.deepEqual(
          sources.map(({ path: source, records }) => [source, records]),
          [['https://logs.test/app.log', 200]],
        );
        assert.ok(names.length > 0 && names.every(name => name === 'logs.test:443'));
        const environment = { HTTPS_PROXY };
        assert.match(await reasonOf('https://denied.test/app.log', { environment }), /wants to know who asks/);
        const closed = { HTTPS_PROXY: 'http://127.0.0.1:1' };
        assert.match(await reasonOf('https://logs.test/a.log', { environment: closed }), /proxy .* cannot be reached/);
      } finally {
        proxy.closeAllConnections();
        proxy.close();
      }
    });
    if (!ran) skip(this, 'there is no openssl to make a certificate with');
  });
});
