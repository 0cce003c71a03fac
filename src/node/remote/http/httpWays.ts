import http from 'node:http';
import https from 'node:https';
import type { TcpNetConnectOpts } from 'node:net';
import { RemoteError } from '../transport';
import { isLoopback } from './privateAddress';
import { StraightWays } from './straightWays';
import { TunnelAgent } from './tunnelAgent';

/** So many connections to one server at the same time. */
const together = 8;
const kept = { keepAlive: true, maxSockets: together, maxFreeSockets: together };

/** How a request gets to a URL. */
export interface Way {
  request: typeof http.request;
  options: http.RequestOptions;
  /** For long answers; `null` where it leads through a proxy or is encrypted. */
  straight: { ways: StraightWays; options: TcpNetConnectOpts } | null;
}

/**
 * The ways to servers: straight, or through the proxies that the environment names (`HTTP_PROXY`, `HTTPS_PROXY`,
 * `ALL_PROXY`, `NO_PROXY`, in capitals or not), as curl reads them. What is on this machine goes through none.
 */
export class HttpWays {
  private readonly named: (name: string) => string;
  private readonly agents = new Map<string, http.Agent>();
  private readonly straight = new StraightWays(together);

  constructor(environment: NodeJS.ProcessEnv) {
    this.named = name => environment[name.toLowerCase()] ?? environment[name.toUpperCase()] ?? '';
  }

  /** @throws RemoteError where the proxy is none that can be used */
  to(url: URL): Way {
    const proxy = this.proxyOf(url);
    const isSecure = url.protocol === 'https:';
    const { hostname, port, pathname, search } = url;
    const target = { hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search };
    if (!proxy) {
      const agent = this.agent(url.protocol, () => (isSecure ? new https.Agent(kept) : new http.Agent(kept)));
      const connect = { host: target.hostname, port: Number(port || 80) };
      const straight = isSecure ? null : { ways: this.straight, options: connect };
      return { request: isSecure ? https.request : http.request, options: { ...target, agent }, straight };
    }
    if (isSecure) {
      const agent = this.agent(`tunnel ${proxy.href}`, () => new TunnelAgent(proxy, proxyHeaders(proxy), kept));
      return { request: https.request, options: { ...target, agent }, straight: null };
    }
    const behind = proxy.protocol === 'https:' ? https : http;
    const agent = this.agent(`proxy ${proxy.href}`, () => new behind.Agent(kept));
    const headers = { ...proxyHeaders(proxy), host: url.host };
    const path = `${url.origin}${pathname}${search}`;
    return {
      request: behind.request,
      options: { hostname: proxy.hostname, port: proxy.port, path, headers, agent },
      straight: null,
    };
  }

  /** The proxy that a URL is reached through. @throws RemoteError */
  proxyOf({ protocol, hostname, port }: URL): URL | null {
    if (isLoopback(hostname)) return null;
    const named = this.named(`${protocol.slice(0, -1)}_proxy`) || this.named('all_proxy');
    if (named === '' || isExcepted(this.named('no_proxy'), hostname, port || (protocol === 'https:' ? '443' : '80')))
      return null;
    const href = named.includes('://') ? named : `http://${named}`;
    const proxy = URL.canParse(href) ? new URL(href) : null;
    if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return proxy;
    throw new RemoteError(
      `the proxy for ${hostname} is neither http nor https, which is all that is spoken here: see HTTPS_PROXY`,
    );
  }

  close(): void {
    for (const agent of this.agents.values()) agent.destroy();
    this.straight.close();
  }

  private agent(key: string, create: () => http.Agent): http.Agent {
    const agent = this.agents.get(key) ?? create();
    this.agents.set(key, agent);
    return agent;
  }
}

/** Name and password of a proxy are in its address, as everywhere. */
function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}

/** Whether a host is one of those that no proxy is asked for: `example.org` and all below it, `*` for all. */
function isExcepted(exceptions: string, host: string, port: string): boolean {
  return exceptions.split(/[\s,]+/).some(exception => {
    const [, name = '', only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(exception.toLowerCase()) ?? [];
    if (only !== undefined && only !== port) return false;
    return exception === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`)));
  });
}
