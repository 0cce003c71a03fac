import { validateHeaderValue } from 'node:http';
import type { TcpNetConnectOpts } from 'node:net';
import { Awaited } from './awaited';
import { bodyOf, type HttpAnswer } from './httpAnswer';
import { StraightConnection } from './straightConnection';

interface Host {
  used: number;
  free: Set<StraightConnection>;
  /** Who waits for a connection. */
  waiting: Set<() => void>;
}

interface Question {
  url: URL;
  options: TcpNetConnectOpts;
  headers: Record<string, string>;
  signal: AbortSignal;
  /** So long the server may be silent, in ms. */
  patience: number;
  /** What an error on the way means. */
  told(error: unknown, watch: Awaited): Error;
}

/** Connections to HTTP servers for long bodies, see `StraightConnection`. */
export class StraightWays {
  private readonly together: number;
  private readonly hosts = new Map<string, Host>();
  /** Servers that do not answer in the plain way. */
  private readonly others = new Set<string>();

  /** @param together so many connections to one server at the same time */
  constructor(together: number) {
    this.together = together;
  }

  /**
   * A GET request. @returns `null` where the server has to be asked in the usual way
   * @throws what `told` returns
   */
  async ask({ url, options, headers, signal, patience, told }: Question): Promise<HttpAnswer | null> {
    const request = requestOf(url, headers);
    const host = this.hostOf(url.origin);
    while (!this.others.has(url.origin)) {
      const connection = await this.take(host, options, signal);
      const end = () => connection.end();
      const watch = new Awaited(patience, end);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      let isWhole = false;
      let isDropped = false;
      const drop = () => {
        if (isDropped) return;
        isDropped = true;
        watch.end();
        signal.removeEventListener('abort', end);
        this.give(host, connection, isWhole);
      };
      try {
        const head = await connection.ask(request);
        watch.pause();
        if (head) {
          const whole = () => {
            isWhole = !/\bclose\b/i.test(head.headers.connection ?? '');
          };
          const pieces = connection.body(head.length, whole);
          return { url, ...head, body: bodyOf(pieces, watch, error => told(error, watch), drop), drop };
        }
        this.others.add(url.origin);
        drop();
      } catch (error) {
        drop();
        // The server may close a connection that was kept just when it is used again.
        if (connection.isKept && !connection.isAnswered && !watch.isOver && !signal.aborted) continue;
        throw told(error, watch);
      }
    }
    return null;
  }

  close(): void {
    for (const { free } of this.hosts.values()) for (const connection of free) connection.end();
  }

  private async take(host: Host, options: TcpNetConnectOpts, signal: AbortSignal): Promise<StraightConnection> {
    while (host.used >= this.together && !signal.aborted) {
      await new Promise<void>(resolve => {
        host.waiting.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    host.used++;
    const [free] = host.free;
    if (!free) return new StraightConnection(options);
    host.free.delete(free);
    return free;
  }

  private give(host: Host, connection: StraightConnection, isGood: boolean): void {
    host.used--;
    if (isGood) {
      host.free.add(connection);
      connection.rest(() => host.free.delete(connection));
    } else connection.end();
    // Who does not want it any more leaves it to another one.
    for (const resolve of host.waiting) resolve();
    host.waiting.clear();
  }

  private hostOf(origin: string): Host {
    const host = this.hosts.get(origin) ?? { used: 0, free: new Set(), waiting: new Set() };
    this.hosts.set(origin, host);
    return host;
  }
}

/** @throws TypeError where a value cannot be sent */
function requestOf({ host, pathname, search }: URL, headers: Record<string, string>): string {
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => {
    validateHeaderValue(name, value);
    return `${name}: ${value}\r\n`;
  });
  return `GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
