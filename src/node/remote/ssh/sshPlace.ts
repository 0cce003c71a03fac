/** A place on a host that speaks SSH, as it was written. */
export interface SshPlace {
  /** `ssh://user@host:port`: what of the place names the host. */
  base: string;
  user: string | null;
  /** A name of `~/.ssh/config`, a host name, or an address, without the brackets of IPv6. */
  host: string;
  port: number | null;
  /** Absolute, or below `~`. As it is: nothing in it is escaped. */
  path: string;
}

const shape = /^(ssh:\/\/(?:([^@/:]*)@)?(?:\[([0-9a-f:.%]+)\]|([^:@[\]/\s]+))(?::(\d{1,5}))?)(\/.+)$/is;

/** `null` for what is no such place; see `checkRemote`. */
export function sshPlaceOf(place: string): SshPlace | null {
  const [, base, user, address, name, port, path] = shape.exec(place) ?? [];
  const host = address ?? name;
  if (base === undefined || host === undefined || path === undefined || host.startsWith('-')) return null;
  return {
    base,
    user: user || null,
    host,
    port: port === undefined ? null : Number(port),
    path: path.replace(/^\/~(?=\/|$)/, '~'),
  };
}

/** The URL of a file that was found at an absolute path. */
export const sshUrl = ({ base }: SshPlace, path: string): string => base + path;
