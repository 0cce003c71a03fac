import type { HttpAnswer } from './httpAnswer';
import { notPublicCode } from './privateAddress';

interface Problem {
  /** A sentence for the user, with the remedy. */
  message: string;
  /** Whether the same may work a little later, if the server is one that works otherwise. */
  mayPass: boolean | 'surely';
}

/** Why there is no answer. @param patience how long was waited for one that did not come, in ms; `null` where it failed */
export function unreachable({ host }: URL, error: unknown, patience: number | null): Problem {
  if (patience !== null) {
    const message = `${host} does not answer within ${patience / 1000} s: check the connection and try again`;
    return { message, mayPass: true };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { message: `no host ${host} is known: check the address and the network`, mayPass: true };
  if (code === 'ECONNREFUSED') {
    const message = `${host} refuses the connection: check the address and whether the server runs`;
    return { message, mayPass: true };
  }
  if (code === notPublicCode) {
    const message = `redirects to ${host}, an address that is not public, which is refused: name that address yourself if it is meant`;
    return { message, mayPass: false };
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    const message = `the certificate of ${host} is not trusted (${code}): have its authority trusted (NODE_EXTRA_CA_CERTS)`;
    return { message, mayPass: false };
  }
  const why = code || (error instanceof Error ? error.message : String(error));
  return { message: `the connection to ${host} broke off (${why}): try again`, mayPass: 'surely' };
}

/** What is wrong with an answer and what to do; `null` for a good one. @param isKnown whether it was told who asks */
export function refusal({ status, url, headers }: HttpAnswer, named: URL, isKnown: boolean): Problem | null {
  if (status === 200 || status === 206 || status === 304 || status === 416) {
    const packed = headers['content-encoding'] ?? 'identity';
    // What is packed in one of these ways is seen by its first bytes, and unpacked as a file is.
    if (status >= 300 || ['identity', 'gzip', 'x-gzip', 'zstd'].includes(packed)) return null;
    return { message: `it is sent packed (${packed}), as nobody asked for: check the server`, mayPass: false };
  }
  const told = `HTTP ${status}`;
  if (status === 401 || status === 403 || status === 407)
    return { message: `${told}: ${whoAsks(url, named, isKnown)}`, mayPass: false };
  if (status === 404 || status === 410) return { message: `${told}: not there: check the address`, mayPass: false };
  if (status === 429 || status >= 500)
    return { message: `${told}: the server cannot answer now: try again later`, mayPass: true };
  return { message: `${told}: the server does not hand it out: check the address`, mayPass: false };
}

function whoAsks(url: URL, named: URL, isKnown: boolean): string {
  if (url.origin !== named.origin)
    return `${url.origin}, which ${named.origin} redirects to, wants to know who asks, and is told nothing: name that address yourself if it is meant`;
  if (isKnown) return `${url.origin} does not take who asks: give another token or password`;
  return `${url.origin} wants to know who asks: give a token or password, or use a link that needs no log-in (a pre-signed one)`;
}
