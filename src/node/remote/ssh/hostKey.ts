import { RemoteError } from '../transport';
import { fingerprintOf, hostName, KnownHosts, keyTypeOf } from './knownHosts';
import type { Login } from './sshAuth';
import type { HostConfig } from './sshConfig';

/** The kinds of keys that can be checked, and how each signs, the strongest first. */
const signatures: Record<string, string[]> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/** Whether a host is the one that is meant (SEC-17). */
export class HostKey {
  /** Why it was refused; `null` as long as it was not. */
  refusal: RemoteError | null = null;
  private readonly name: string;
  private readonly known: KnownHosts;
  private readonly config: HostConfig;
  private readonly login: Login;

  private constructor(name: string, known: KnownHosts, login: Login) {
    this.name = name;
    this.known = known;
    this.config = login.config;
    this.login = login;
  }

  static async of(login: Login): Promise<HostKey> {
    const { hostKeyAlias, hostName: host, port, knownHostsFiles } = login.config;
    const name = hostKeyAlias ?? hostName(host, port);
    return new HostKey(name, await KnownHosts.of(name, knownHostsFiles), login);
  }

  /** What to ask the host to sign with: of the kinds of keys that are known, so that it shows one of these; else any. */
  get algorithms(): string[] | null {
    const algorithms = this.known.types.flatMap(type => signatures[type] ?? []);
    return algorithms.length === 0 ? null : algorithms;
  }

  /** @returns whether to go on; if not, `refusal` tells why */
  async accepts(key: Buffer): Promise<boolean> {
    const { name } = this;
    const { host, server } = this.login;
    const fingerprint = fingerprintOf(key);
    const keyType = keyTypeOf(key);
    const [file = 'known_hosts'] = this.config.knownHostsFiles;
    const refuse = (why: string) => {
      this.refusal = new RemoteError(why);
      return false;
    };
    const changed = `${name} shows another key than before (${keyType} ${fingerprint}), which is refused: somebody may pretend to be it. If its key was changed on purpose, take the old one out`;
    switch (this.known.verdict(key)) {
      case 'known':
        return true;
      case 'revoked':
        return refuse(`${name} shows a key that ${file} marks as revoked: ask who runs the host`);
      case 'changed':
        return refuse(`${changed} of ${file}: ssh-keygen -R '${name}'`);
      case 'unknown': {
        const unknown = `${name} is an unknown host (${keyType} ${fingerprint})`;
        if (this.config.strict) return refuse(`${unknown}, and StrictHostKeyChecking is on: put its key into ${file}`);
        const answer = await host.trustsHost({ host: name, keyType, fingerprint, server });
        if (answer === 'changed') return refuse(`${changed} from the trusted hosts`);
        return answer === 'trusted' || refuse(`${unknown}, and was not trusted: search again to be asked again`);
      }
    }
  }
}
