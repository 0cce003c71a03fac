import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';

export interface ContainerLine {
  /** With nine digits of the second. */
  stamp: string;
  stream: 'stdout' | 'stderr';
  /** With its break, if it has one. */
  text: string;
}

export interface Container {
  id: string;
  name: string;
  labels: Record<string, string>;
  running: boolean;
  started: string;
  lines: ContainerLine[];
}

/**
 * The part of Docker's Engine API (https://docs.docker.com/reference/api/engine/) that `ps`, `inspect` and `logs` ask
 * for, on a socket in a folder: what the real command line is tested against where no daemon can run.
 */
export class DockerDaemon {
  readonly containers: Container[] = [];
  readonly socket: string;
  /** Answers all but the greeting with this status. */
  refuses: { status: number; message: string } | null = null;
  /** So many bytes of a log later the connection breaks, once. */
  breakAfter = Number.POSITIVE_INFINITY;
  /** Accepts, and says nothing. */
  stalls = false;
  open = 0;
  private readonly server: Server;
  private readonly followers = new Set<() => void>();

  constructor(folder: string) {
    this.socket = path.join(folder, 'docker.sock');
    this.server = createServer((request, response) => this.answer(request, response));
  }

  start(): Promise<void> {
    return new Promise(resolve => this.server.listen(this.socket, resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
    rmSync(this.socket, { force: true });
  }

  container(letter: string, name: string, labels: Record<string, string> = {}): Container {
    const started = '2026-03-02T10:00:00.5Z';
    const container = { id: letter.repeat(64), name, labels, running: true, started, lines: [] };
    this.containers.push(container);
    return container;
  }

  write(container: Container, lines: readonly ContainerLine[]): void {
    for (const line of lines) container.lines.push(line);
    this.changed();
  }

  /** To be called when anything but the lines has changed. */
  changed(): void {
    for (const tell of [...this.followers]) tell();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://docker');
    const [, what = ''] = /^(?:\/v[\d.]+)?(\/.*)$/.exec(url.pathname) ?? [];
    response.setHeader('Api-Version', '1.43');
    response.setHeader('Ostype', 'linux');
    if (this.stalls && what !== '/_ping') return;
    if (what === '/_ping') response.end('OK');
    else if (this.refuses) json(response, this.refuses.status, { message: this.refuses.message });
    else if (what === '/containers/json') json(response, 200, this.list(url.searchParams));
    else this.ofContainer(what, url.searchParams, response);
  }

  private list(query: URLSearchParams): unknown[] {
    const { label = {} } = JSON.parse(query.get('filters') || '{}') as { label?: Record<string, boolean> };
    return this.containers
      .filter(({ labels }) =>
        Object.keys(label).every(each => Object.entries(labels).some(([key, value]) => each === `${key}=${value}`)),
      )
      .map(({ id, name, labels }) => ({ Id: id, Names: [`/${name}`], Labels: labels, State: 'running', Ports: [] }));
  }

  private ofContainer(what: string, query: URLSearchParams, response: ServerResponse): void {
    const [, name = '', part] = /^\/containers\/([^/]+)\/(json|logs)$/.exec(what) ?? [];
    const container = this.containers.find(each => each.name === name || each.id.startsWith(name));
    if (!container) json(response, 404, { message: `No such container: ${decodeURIComponent(name)}` });
    else if (part === 'logs') this.logs(container, query, response);
    else {
      const { id, running, started, labels } = container;
      const FinishedAt = running ? '0001-01-01T00:00:00Z' : '2026-03-02T11:00:00Z';
      const State = { Running: running, StartedAt: started, FinishedAt };
      json(response, 200, { Id: id, Name: `/${container.name}`, State, Config: { Tty: false, Labels: labels } });
    }
  }

  private logs(container: Container, query: URLSearchParams, response: ServerResponse): void {
    const since = stampOfSeconds(query.get('since') ?? '');
    const tail = Number(query.get('tail'));
    response.setHeader('Content-Type', 'application/vnd.docker.multiplexed-stream');
    this.open++;
    response.on('close', () => this.open--);
    let next = Number.isInteger(tail) && tail > 0 ? Math.max(0, container.lines.length - tail) : 0;
    let sent = 0;
    const tell = () => {
      for (; next < container.lines.length; next++) {
        const line = container.lines[next];
        if (!line || line.stamp < since) continue;
        const bytes = frame(line);
        sent += bytes.length;
        if (sent > this.breakAfter) {
          this.breakAfter = Number.POSITIVE_INFINITY;
          // In the middle of a frame.
          response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
          return;
        }
        response.write(bytes);
      }
      if (query.get('follow') !== '1' || !container.running) {
        this.followers.delete(tell);
        response.end();
      }
    };
    response.flushHeaders();
    if (query.get('follow') === '1') this.followers.add(tell);
    response.on('close', () => this.followers.delete(tell));
    tell();
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

/** `1772445600.000000001` as a stamp. */
function stampOfSeconds(text: string): string {
  const [, seconds = '0', digits = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${digits.padEnd(9, '0')}Z`;
}

/** Eight bytes before each: the stream, and the length. */
function frame({ stamp, stream, text }: ContainerLine): Buffer {
  const body = Buffer.from(`${stamp} ${text}`);
  const head = Buffer.alloc(8);
  head[0] = stream === 'stdout' ? 1 : 2;
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}
