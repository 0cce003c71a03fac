import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { RemoteError } from '../transport';

type Done = (error: Error | null, socket: Duplex) => void;

/** Connections to https servers through a proxy (`CONNECT`, RFC 9110 §9.3.6): it sees no more than their names. */
export class TunnelAgent extends https.Agent {
  private readonly proxy: URL;
  private readonly proxyHeaders: Record<string, string>;

  constructor(proxy: URL, proxyHeaders: Record<string, string>, options: https.AgentOptions) {
    super(options);
    this.proxy = proxy;
    this.proxyHeaders = proxyHeaders;
  }

  /** As the agent asks for it: what comes later comes by `done`. */
  override createConnection(options: https.RequestOptions, done?: Done): null {
    const { hostname, port, protocol, host } = this.proxy;
    const failed = (message: string) => (done as ((error: Error) => void) | undefined)?.(new RemoteError(message));
    const target = `${options.host?.includes(':') ? `[${options.host}]` : options.host}:${options.port ?? 443}`;
    const asked = (protocol === 'https:' ? https : http).request({
      hostname,
      port,
      method: 'CONNECT',
      path: target,
      headers: { ...this.proxyHeaders, host: target },
      agent: false,
      timeout: 30_000,
    });
    asked.on('connect', ({ statusCode = 0 }, socket) => {
      const secured = statusCode === 200 ? super.createConnection({ ...options, socket } as object) : null;
      if (secured) return done?.(null, secured);
      socket.destroy();
      failed(refusal(host, statusCode));
    });
    asked.on('timeout', () => asked.destroy(new Error('it is silent')));
    asked.on('error', ({ message }) => failed(`the proxy ${host} cannot be reached (${message}): see HTTPS_PROXY`));
    asked.end();
    return null;
  }
}

const refusal = (host: string, status: number): string =>
  status === 407
    ? `the proxy ${host} wants to know who asks (HTTP 407): give name and password in HTTPS_PROXY`
    : `the proxy ${host} does not lead on (HTTP ${status}): see HTTPS_PROXY`;
