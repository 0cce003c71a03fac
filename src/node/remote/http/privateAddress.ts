import { lookup as lookUp } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** What is not the public internet (IANA special-purpose registries), and the addresses that clouds keep secrets at. */
const notPublic = new BlockList();
const subnets: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 127],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];
for (const [net, prefix] of subnets) notPublic.addSubnet(net, prefix, net.includes(':') ? 'ipv6' : 'ipv4');

/** Whether a host of a URL is, or has, an address that is not public. A host without an address is none. */
export async function isPrivateHost(host: string): Promise<boolean> {
  const bare = host.replace(/^\[|\]$/g, '');
  const known =
    isIP(bare) > 0 ? [bare] : (await lookup(bare, { all: true }).catch(() => [])).map(found => found.address);
  return known.some(isPrivate);
}

const isPrivate = (address: string): boolean => notPublic.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** What a connection fails with whose host has an address that is not public. */
export const notPublicCode = 'ENOTPUBLIC';

/** Looks up the host of a connection, and refuses an address that is not public, whatever another look-up said before. */
export const lookupPublic: LookupFunction = (host, options, done) => {
  lookUp(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    if (found.some(({ address }) => isPrivate(address)))
      return done(Object.assign(new Error(`${host} is not public`), { code: notPublicCode }), []);
    const [first] = found;
    if (options.all || !first) done(null, found);
    else done(null, first.address, first.family);
  });
};

/** Whether a host of a URL is this very machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  (isIP(host) === 4 && host.startsWith('127.'));
