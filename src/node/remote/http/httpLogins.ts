import type { SourceHost } from '../../../common/protocol/sourceHost';
import { RemoteError } from '../transport';

/** What was not given is not asked for again for so long, in ms: several ask at about the same time. */
const quietFor = 5_000;
/** So long where what was given was refused, twice. */
const quietForLong = 60_000;

interface Login {
  /** The header that is sent; `null` for none. */
  header: string | null;
  /** Whether the server took it. */
  isGood: boolean;
  /** Before this time nobody is asked. */
  quietUntil: number;
  asking: Promise<void> | null;
}

/** A request that a server did not answer because of who asks. */
export interface Denied {
  url: URL;
  status: number;
  /** The header that was sent. */
  sent: string | null;
  /** What the server said of the ways to log in. */
  challenge: string;
}

/** What is told to servers of who asks: a token, or name and password. Asked for when a server wants it, once per server and user. */
export class HttpLogins {
  private readonly host: SourceHost;
  private readonly logins = new Map<string, Login>();

  constructor(host: SourceHost) {
    this.host = host;
  }

  /** The `Authorization` for the server of a URL, as far as it was asked for. */
  headerFor(url: URL): string | null {
    return this.of(url).header;
  }

  /** The server takes what it was sent. */
  worked(url: URL, sent: string | null): void {
    const login = this.of(url);
    if (login.header === sent) login.isGood = true;
  }

  /**
   * What to send next; `null` where there is nothing else to be had.
   * @throws RemoteError
   */
  async after({ url, status, sent, challenge }: Denied): Promise<string | null> {
    const login = this.of(url);
    if (login.asking) await login.asking;
    if (login.header !== sent) return login.header;
    // Who is known and may not see this one is not another one by another token.
    if (status === 403 && login.isGood) return null;
    if (performance.now() < login.quietUntil) return null;
    login.asking = this.ask(login, url, challenge);
    try {
      await login.asking;
    } finally {
      login.asking = null;
    }
    return login.header === sent ? null : login.header;
  }

  private async ask(login: Login, url: URL, challenge: string): Promise<void> {
    const { origin, protocol, username } = url;
    const user = decodeURIComponent(username);
    const isBasic = user !== '' || (/\bbasic\b/i.test(challenge) && !/\bbearer\b/i.test(challenge));
    const who = isBasic && user === '' ? `${origin} (as name:password)` : `${user && `${user} at `}${origin}`;
    const of = protocol === 'http:' ? `${who}, to be sent unencrypted` : who;
    const key = `http ${user && `${user} at `}${origin}`;
    const refused = login.header !== null;
    const server = new URL('/', url).href;
    const given =
      (await this.host.secret({ kind: isBasic ? 'password' : 'token', key, of, refused, server }))?.trim() ?? '';
    // One that was just given and is refused is not asked for a third time.
    if (given === '') login.quietUntil = performance.now() + quietFor;
    else if (refused && !login.isGood) login.quietUntil = performance.now() + quietForLong;
    login.isGood = false;
    if (given === '') return;
    if (/[^ -~]/.test(given) && !isBasic)
      throw new RemoteError(`the token for ${origin} has characters that no token has: give it again`);
    if (isBasic) login.header = `Basic ${Buffer.from(user === '' ? given : `${user}:${given}`).toString('base64')}`;
    else login.header = /^[a-z]+ \S/i.test(given) ? given : `Bearer ${given}`;
  }

  private of({ origin, username }: URL): Login {
    const key = `${username}@${origin}`;
    const known = this.logins.get(key);
    if (known) return known;
    const login: Login = { header: null, isGood: false, quietUntil: 0, asking: null };
    this.logins.set(key, login);
    return login;
  }
}
