import { EventEmitter, setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { RemoteError } from '../transport';
import { Awaited } from './awaited';
import { answerOf, type HttpAnswer } from './httpAnswer';
import type { HttpLogins } from './httpLogins';
import { refusal, unreachable } from './httpProblems';
import type { HttpWays } from './httpWays';
import { isPrivateHost, lookupPublic } from './privateAddress';

const mostRedirects = 5;
/** So long a server may be silent, in ms. */
const usualPatience = 30_000;
const usual = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'throughline' };

interface Parts {
  ways: HttpWays;
  logins: HttpLogins;
  /** See `usualPatience`. */
  patience?: number | undefined;
}

/** Asks servers. Certificates are always checked (SEC-19). */
export class HttpClient {
  /** Emits the origin of a server that was named, when it has answered. */
  readonly answers = new EventEmitter().setMaxListeners(0);
  private readonly parts: Parts;
  private readonly patience: number;
  /** Servers that have answered: what goes wrong with them may pass. */
  private readonly met = new Set<string>();

  constructor(parts: Parts) {
    this.parts = parts;
    this.patience = parts.patience ?? usualPatience;
  }

  /**
   * A GET request. Redirects are followed one by one: never from https to http, and to an address that is not public only
   * where the user named that very host. Who asks is told to nobody but the server that was named (SEC-18).
   * @param isLong whether much is asked for, see `StraightConnection`
   * @returns what is there, or that nothing of it is (304, 416)
   * @throws RemoteError, AbortError
   */
  async get(
    named: URL,
    headers: Record<string, string>,
    signal: AbortSignal,
    { isLong = false } = {},
  ): Promise<HttpAnswer> {
    // One signal ends many requests.
    setMaxListeners(0, signal);
    let url = named;
    for (let hop = 0; ; ) {
      const isNamed = url.origin === named.origin;
      const login = isNamed ? this.parts.logins.headerFor(named) : null;
      const isForeign = url.hostname !== named.hostname;
      const sent = { ...usual, ...headers, ...(login ? { authorization: login } : {}) };
      const answer = await this.ask(url, sent, { isForeign, isLong }, signal);
      if (answer.status < 500) this.met.add(url.origin);
      const { status } = answer;
      const target = redirectOf(answer);
      if (target === null && (status === 401 || status === 403) && isNamed) {
        answer.drop();
        const challenge = answer.headers['www-authenticate'] ?? '';
        const next = await this.parts.logins.after({ url: named, status, sent: login, challenge });
        if (signal.aborted) throw new AbortError();
        if (next !== null) continue;
      }
      if (target === null) return this.taken(answer, named, login);
      answer.drop();
      if (hop++ === mostRedirects)
        throw new RemoteError(`more than ${mostRedirects} redirects: give the address they lead to`);
      url = await redirected(named, url, target);
    }
  }

  private taken(answer: HttpAnswer, named: URL, login: string | null): HttpAnswer {
    const problem = refusal(answer, named, login !== null);
    if (problem === null) {
      if (answer.url.origin === named.origin) this.parts.logins.worked(named, login);
      this.answers.emit(named.origin);
      return answer;
    }
    answer.drop();
    throw new RemoteError(problem.message, { passing: problem.mayPass && this.met.has(answer.url.origin) });
  }

  private async ask(
    url: URL,
    headers: Record<string, string>,
    { isForeign, isLong }: { isForeign: boolean; isLong: boolean },
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const { request, options: way, straight } = this.parts.ways.to(url);
    const guard = isForeign && isIP(way.hostname ?? '') === 0 ? { lookup: lookupPublic } : {};
    const told = (error: unknown, watch: Awaited) => this.problem(url, error, watch, signal);
    const { patience } = this;
    if (isLong && straight) {
      const options = { ...straight.options, ...guard };
      const answer = await straight.ways.ask({ url, options, headers, signal, patience, told });
      if (answer) return answer;
    }
    const options = { ...way, ...guard, headers: { ...way.headers, ...headers }, signal };
    for (;;) {
      if (signal.aborted) throw new AbortError();
      const asked = request(options);
      const watch = new Awaited(patience, () => asked.destroy(new Error('silent')));
      try {
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          asked.on('response', resolve).on('error', reject).end();
        });
        watch.pause();
        return answerOf(url, response, watch, error => told(error, watch));
      } catch (error) {
        watch.end();
        // The server may close a connection that was kept just when it is used again.
        if (asked.reusedSocket && !watch.isOver && !signal.aborted && isReset(error)) continue;
        throw told(error, watch);
      }
    }
  }

  private problem(url: URL, error: unknown, { isOver }: Awaited, signal: AbortSignal): Error {
    if (signal.aborted) return new AbortError();
    if (error instanceof RemoteError) return error;
    const { message, mayPass } = unreachable(url, error, isOver ? this.patience : null);
    return new RemoteError(message, { passing: mayPass === 'surely' || (mayPass && this.met.has(url.origin)) });
  }
}

const isReset = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');

const redirectOf = ({ status, headers }: HttpAnswer): string | null =>
  [301, 302, 303, 307, 308].includes(status) ? (headers.location ?? null) : null;

async function redirected(named: URL, from: URL, target: string): Promise<URL> {
  if (!URL.canParse(target, from.href)) throw new RemoteError('redirects to what is no URL');
  const url = new URL(target, from);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RemoteError('redirects to what is neither http nor https, which is refused');
  if (url.username || url.password)
    throw new RemoteError('redirects to an address with a name or password in it, which is refused');
  if (from.protocol === 'https:' && url.protocol === 'http:')
    throw new RemoteError(`redirects from https to ${url.origin}, which is refused: ask for an https address`);
  if (url.hostname !== named.hostname && (await isPrivateHost(url.hostname))) {
    const why = 'an address that is not public, which is refused: name that address yourself if it is meant';
    throw new RemoteError(`redirects to ${url.origin}, ${why}`);
  }
  return url;
}
