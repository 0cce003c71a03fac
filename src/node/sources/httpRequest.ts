import { isPrivateHost } from './privateAddress';

/** What is wrong with a URL or an answer, and what to do; for the user. */
export class HttpError extends Error {}

const mostRedirects = 5;
/** So long a server may be silent. */
const patienceMs = 30_000;

export interface HttpAnswer {
  status: number;
  headers: Headers;
  /** The body piece by piece; to end it early lets the connection go. @throws HttpError where it breaks off */
  body: AsyncGenerator<Uint8Array, null, void>;
  /** Lets go of an answer whose body is not wanted. */
  drop(): Promise<void>;
}

/**
 * A GET request. Redirects are followed one by one: never from https to http, never with credentials, and to an address
 * that is not public only where the user named that very host (SEC-18). Certificates are always checked (SEC-19).
 * @throws HttpError
 */
export async function httpGet(named: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  let url = parsed(named);
  for (let hop = 0; ; hop++) {
    const watch = new Watch();
    const response = await fetch(url, {
      redirect: 'manual',
      signal: watch.signal,
      headers: { accept: '*/*', 'accept-encoding': 'identity', ...headers },
    }).catch(error => {
      watch.pause();
      throw new HttpError(unreachable(url, error));
    });
    const target = redirectOf(response);
    if (target === null) return answer(url, response, watch);
    watch.pause();
    await response.body?.cancel();
    if (hop === mostRedirects)
      throw new HttpError(`more than ${mostRedirects} redirects: give the address they lead to`);
    url = await redirected(named, url, target);
  }
}

function parsed(named: string): URL {
  if (!URL.canParse(named)) throw new HttpError('no valid URL');
  const url = new URL(named);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new HttpError('neither http nor https');
  if (url.username || url.password) {
    throw new HttpError(
      'a name or password in the URL, which is refused: use a link that needs none (a pre-signed one)',
    );
  }
  return url;
}

const redirectOf = ({ status, headers }: Response): string | null =>
  [301, 302, 303, 307, 308].includes(status) ? headers.get('location') : null;

async function redirected(named: string, from: URL, target: string): Promise<URL> {
  if (!URL.canParse(target, from.href)) throw new HttpError('redirects to what is no URL');
  const url = parsed(new URL(target, from).href);
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new HttpError(`redirects from https to ${url.origin}, which is refused: ask for an https address`);
  }
  if (url.hostname !== new URL(named).hostname && (await isPrivateHost(url.hostname))) {
    const why = 'an address that is not public, which is refused: name that address yourself if it is meant';
    throw new HttpError(`redirects to ${url.origin}, ${why}`);
  }
  return url;
}

function answer(url: URL, response: Response, watch: Watch): HttpAnswer {
  const reader = response.body?.getReader();
  const drop = async () => {
    watch.pause();
    await reader?.cancel().catch(() => {});
  };
  async function* body(): AsyncGenerator<Uint8Array, null, void> {
    try {
      for (;;) {
        watch.again();
        const next = await reader?.read();
        if (!next || next.done) return null;
        watch.pause();
        yield next.value;
      }
    } catch (error) {
      throw new HttpError(unreachable(url, error));
    } finally {
      await drop();
    }
  }
  watch.pause();
  return { status: response.status, headers: response.headers, body: body(), drop };
}

/** Gives up on a server that is silent for too long; whoever reads may take as long as it likes. */
class Watch {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.again();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  again(): void {
    this.pause();
    this.timer = setTimeout(() => this.controller.abort(), patienceMs);
  }

  pause(): void {
    clearTimeout(this.timer);
  }
}

/** Why there is no answer, from the error of `fetch`, which hides the reason in its cause. */
function unreachable({ host }: URL, error: unknown): string {
  if (error instanceof HttpError) return error.message;
  if (error instanceof Error && error.name === 'AbortError') {
    return `${host} does not answer within ${patienceMs / 1000} s: check the connection and try again`;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `no host ${host} is known: check the address and the network`;
  if (code === 'ECONNREFUSED') return `${host} refuses the connection: check the address and whether the server runs`;
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    return `the certificate of ${host} is not trusted (${code}): have its authority trusted (NODE_EXTRA_CA_CERTS)`;
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return `the connection to ${host} broke off (${code || message}): try again`;
}

/** What is wrong with an answer and what to do; `null` for a good one. */
export function refusal(status: number): string | null {
  if (status === 200 || status === 206) return null;
  const told = `HTTP ${status}`;
  if (status === 401 || status === 403 || status === 407) {
    return `${told}: the server wants to know who asks: use a link that needs no log-in (a pre-signed one)`;
  }
  if (status === 404 || status === 410) return `${told}: not there: check the address`;
  if (status === 429 || status >= 500) return `${told}: the server cannot answer now: try again later`;
  return `${told}: the server does not hand it out: check the address`;
}
