import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SecretQuestion, SourceHost } from '../../../src/common/protocol/sourceHost';
import { noHost } from '../../../src/common/protocol/sourceHost';
import { createEngine } from '../../../src/node/engine/createEngine';
import type { SearchPatience } from '../../../src/node/remote/firstWords';
import { HttpTransport } from '../../../src/node/remote/http/httpTransport';
import { MirrorStore } from '../../../src/node/remote/mirrorStore';
import { RemoteWork } from '../../../src/node/remote/remoteWork';
import { tempFolder } from './logs';
import { scanWorker } from './workers';

const servers: Server[] = [];

/** A server on loopback; it is named by its address, which allows that. */
export async function serve(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Closes all that were started. */
export async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}

/** A file as a good server sends it: by ranges, with a strong tag. */
export function sendFile(body: Buffer, request: IncomingMessage, response: ServerResponse, tag?: string | null): void {
  const etag = tag === undefined ? `"${createHash('sha1').update(body).digest('hex')}"` : tag;
  const asked = request.headers;
  const headers = {
    ...(etag === null ? {} : { etag }),
    'last-modified': 'Mon, 02 Mar 2026 10:00:00 GMT',
    'content-type': 'text/plain',
  };
  if (etag !== null && asked['if-none-match'] === etag) return void response.writeHead(304, headers).end();
  const range = /^bytes=(\d+)-(\d*)$/.exec(asked.range ?? '');
  if (!range || (asked['if-range'] !== undefined && asked['if-range'] !== etag))
    return void response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
  const from = Number(range[1]);
  const to = Math.min(range[2] ? Number(range[2]) + 1 : body.length, body.length);
  if (from >= body.length) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${body.length}` }).end();
    return;
  }
  const part = { 'content-range': `bytes ${from}-${to - 1}/${body.length}`, 'content-length': to - from };
  response.writeHead(206, { ...headers, ...part }).end(body.subarray(from, to));
}

/** A host that gives secrets one after the other, and remembers what it was asked. */
export function secretive(...secrets: (string | null)[]): SourceHost & { asked: SecretQuestion[] } {
  const asked: SecretQuestion[] = [];
  const secret = async (question: SecretQuestion) => {
    asked.push(question);
    return secrets.shift() ?? null;
  };
  return { ...noHost, asked, secret };
}

export interface HttpWorkOptions {
  host?: SourceHost;
  environment?: NodeJS.ProcessEnv;
  patience?: number;
  folder?: string;
  pauses?: readonly number[];
  /** How long a search waits, see `RemoteParts.patience`. */
  search?: SearchPatience;
  /** See `RemoteParts`. */
  mostMs?: number;
}

/** Work on places behind HTTP, in this thread. */
export function httpWork(options: HttpWorkOptions = {}): RemoteWork {
  const { host = noHost, environment = {}, patience = 30_000, folder = tempFolder(), pauses = [5, 5, 5] } = options;
  const limits = {
    ...(options.search ? { patience: options.search } : {}),
    ...(options.mostMs ? { mostMs: options.mostMs } : {}),
  };
  const connect = async () => (asked: SourceHost) => new HttpTransport(asked, { environment, patience });
  return new RemoteWork({ store: new MirrorStore(folder, 2 ** 33), host, connect, pauses, interval: 20, ...limits });
}

export const httpEngine = (options?: HttpWorkOptions) =>
  createEngine({ scanWorker, workers: 2, assumedZone: 'UTC' }, options?.host, httpWork(options));
