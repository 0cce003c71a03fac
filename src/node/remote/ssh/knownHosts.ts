import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** A key that a file of known hosts has of a host. */
interface KnownKey {
  type: string;
  key: Buffer;
  revoked: boolean;
}

/** `revoked` and `changed` are never to be trusted; `unknown` may be, by who knows the host. */
export type HostVerdict = 'known' | 'unknown' | 'changed' | 'revoked';

/** What files in the format of known_hosts (sshd(8)) say of a host. */
export class KnownHosts {
  private readonly keys: KnownKey[];

  private constructor(keys: KnownKey[]) {
    this.keys = keys;
  }

  /** @param name `host`, or `[host]:port` where that is not 22; files that are not there say nothing */
  static async of(name: string, files: readonly string[]): Promise<KnownHosts> {
    const texts = await Promise.all(files.map(file => readFile(file, 'utf8').catch(() => '')));
    return new KnownHosts(texts.flatMap(text => text.split('\n')).flatMap(line => keyIn(line, name) ?? []));
  }

  /** The kinds of keys that are known of the host: it is to show one of these, and no other. */
  get types(): string[] {
    return [...new Set(this.keys.filter(({ revoked }) => !revoked).map(({ type }) => type))];
  }

  verdict(key: Buffer): HostVerdict {
    const same = this.keys.filter(known => known.key.equals(key));
    if (same.some(({ revoked }) => revoked)) return 'revoked';
    if (same.length > 0) return 'known';
    return this.keys.some(({ revoked }) => !revoked) ? 'changed' : 'unknown';
  }
}

/** As files of known hosts and OpenSSH name a host. */
export const hostName = (host: string, port: number): string => (port === 22 ? host : `[${host}]:${port}`);

/** As `ssh-keygen -l` shows it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** The kind of a key in the format of SSH (RFC 4253 §6.6). */
export const keyTypeOf = (key: Buffer): string =>
  key.length < 4 ? '' : key.toString('latin1', 4, 4 + Math.min(key.readUInt32BE(0), 64));

function keyIn(line: string, name: string): KnownKey | null {
  const words = line.trim().split(/\s+/);
  if (line.startsWith('#') || words.length < 3) return null;
  const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
  const [names = '', type = '', key = ''] = words;
  // A certificate is never asked for, so no authority is needed.
  if (marker !== undefined && marker !== '@revoked') return null;
  if (!namesHost(names, name)) return null;
  return { type, key: Buffer.from(key, 'base64'), revoked: marker === '@revoked' };
}

function namesHost(names: string, name: string): boolean {
  if (names.startsWith('|1|')) {
    const [, , salt = '', hash = ''] = names.split('|');
    return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
  }
  let found = false;
  for (const pattern of names.toLowerCase().split(',')) {
    const not = pattern.startsWith('!');
    if (!fits(not ? pattern.slice(1) : pattern, name.toLowerCase())) continue;
    if (not) return false;
    found = true;
  }
  return found;
}

/** `*` and `?`, in time that grows with the product of the lengths at most. */
function fits(pattern: string, name: string): boolean {
  let at = 0;
  let from = -1;
  let resume = 0;
  let of = 0;
  while (of < name.length) {
    if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[of])) {
      at++;
      of++;
    } else if (pattern[at] === '*') {
      from = at++;
      resume = of;
    } else if (from >= 0) {
      at = from + 1;
      of = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
