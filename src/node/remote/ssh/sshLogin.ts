import type { Duplex } from 'node:stream';
import { Client, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import { AbortError } from '../../../common/protocol/rpcChannel';
import { RemoteError } from '../transport';
import { HostKey } from './hostKey';
import { type Login, SshAuth } from './sshAuth';

/** So long a host may take until it asks who comes, in ms. The user may take as long as they like. */
const patience = 20_000;
/** A host that is silent is asked whether it is still there; after so many questions without an answer it is not. */
const keepAlive = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };

/**
 * Logs in to a host.
 * @param sock what leads there; `null`: a connection of its own
 * @throws RemoteError, AbortError
 */
export async function logIn(login: Login, sock: Duplex | null, signal: AbortSignal): Promise<Client> {
  const { of, user, config } = login;
  const hostKey = await HostKey.of(login);
  const auth = new SshAuth(login);
  const client = new Client();
  let problem: RemoteError | null = null;
  let settled = false;
  let silent: NodeJS.Timeout | undefined;
  let abort = () => {};
  const connected = new Promise<void>((resolve, reject) => {
    silent = setTimeout(
      () =>
        reject(
          new RemoteError(`${of} does not answer within ${patience / 1000} s: check the address`, { passing: true }),
        ),
      patience,
    );
    abort = () => reject(new AbortError());
    signal.addEventListener('abort', abort, { once: true });
    client.on('ready', () => resolve());
    client.on('error', error => {
      // Without an agent there are still other ways.
      if ('level' in error && error.level === 'agent') return;
      reject(hostKey.refusal ?? problem ?? whyNot(of, error, auth.tried));
    });
    client.on('close', () => reject(hostKey.refusal ?? problem ?? brokenOff(of)));
    client.connect({
      ...keepAlive,
      host: config.hostName,
      port: config.port,
      username: user,
      readyTimeout: 0,
      ...(sock ? { sock } : {}),
      ...(hostKey.algorithms ? { algorithms: { serverHostKey: hostKey.algorithms as ServerHostKeyAlgorithm[] } } : {}),
      hostVerifier: (key: Buffer, verify: (accepted: boolean) => void) => {
        clearTimeout(silent);
        hostKey.accepts(key).then(verify, () => verify(false));
      },
      authHandler: (left, _partial, next) => {
        const give = (way: unknown) => !settled && next(way as Parameters<typeof next>[0]);
        auth.next(left).then(
          way => give(way ?? false),
          error => {
            if (error instanceof RemoteError) problem = error;
            give(false);
          },
        );
      },
    } satisfies ConnectConfig);
  });
  try {
    await connected;
    client.setNoDelay(true);
    return client;
  } catch (error) {
    client.destroy();
    throw error;
  } finally {
    settled = true;
    clearTimeout(silent);
    signal.removeEventListener('abort', abort);
  }
}

const brokenOff = (of: string) => new RemoteError(`${of} closed the connection: try again`, { passing: true });

function whyNot(of: string, error: Error & { code?: string; level?: string }, tried: readonly string[]): RemoteError {
  const { code = '', level, message } = error;
  if (level === 'client-authentication') {
    const ways =
      tried.length > 0 ? `tried were ${tried.join(', ')}` : 'there is neither an agent nor a key nor a password';
    return new RemoteError(`${of} does not let us in (${ways}): check the user, or add a key`);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new RemoteError(`no host of ${of} is known: check the name and the network`);
  if (code === 'ECONNREFUSED')
    return new RemoteError(`${of} refuses the connection: check the port, and whether SSH runs there`);
  if (level === 'handshake' && /no matching|no (?:mutual|common)/i.test(message)) {
    return new RemoteError(`${of} and this machine have no way of talking in common (${message})`);
  }
  return new RemoteError(`the connection to ${of} broke off (${code || message}): try again`, { passing: true });
}
