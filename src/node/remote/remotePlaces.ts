import type { SourcePlace } from '../../common/protocol/logEngine';
import { containerScheme } from './commands/containerPlace';
import { journalScheme } from './commands/journalPlace';
import { kubectlScheme } from './commands/kubectlPlace';

/** A kind of remote place as people write it. */
export interface Scheme {
  /** What people call it. */
  label: string;
  /** What the place begins with. */
  prefix: string;
  example: string;
  /** What is wrong with a place, as a sentence; `null` for a good one. */
  check(place: string): string | null;
}

/** One row per kind; what reads it stands in `transports.ts` under the same name. */
export const schemes = {
  http: { label: 'HTTP', prefix: 'http://', example: 'http://host/logs/app*.log', check: checkHttp },
  https: { label: 'HTTPS', prefix: 'https://', example: 'https://host/logs/app.log', check: checkHttp },
  ssh: { label: 'SSH', prefix: 'ssh://', example: 'ssh://user@host/var/log/app/*.log', check: checkSsh },
  docker: containerScheme('docker'),
  podman: containerScheme('podman'),
  kubectl: kubectlScheme,
  journal: journalScheme,
} satisfies Record<string, Scheme>;

export type SchemeName = keyof typeof schemes;

const names = Object.keys(schemes) as SchemeName[];

/** The kind of a remote place; `null` for a place that is none. */
export const schemeOf = (place: string): SchemeName | null =>
  names.find(name => place.toLowerCase().startsWith(schemes[name].prefix)) ?? null;

export const isRemote = (place: string): boolean => schemeOf(place) !== null;

/** The places that are on other machines, each once. */
export const remotePlacesOf = (places: readonly SourcePlace[]): string[] => [
  ...new Set(places.flatMap(place => (place.kind === 'path' && isRemote(place.path) ? [place.path] : []))),
];

/** @returns what is wrong with a remote place and what to do; `null` for a good one */
export function checkRemote(place: string): string | null {
  const scheme = schemeOf(place);
  if (!scheme) return `No remote place: begin with ${names.map(name => schemes[name].prefix).join(', ')}.`;
  return schemes[scheme].check(place);
}

function checkHttp(place: string): string | null {
  if (!URL.canParse(place)) return `No valid URL: write it like ${schemes.https.example}`;
  if (new URL(place).password === '') return null;
  return 'A password in a URL is refused, since settings are no safe: leave it out, it is asked for.';
}

function checkSsh(place: string): string | null {
  const { example } = schemes.ssh;
  // What a glob may hold is not what a URL may.
  const [, authority = '', path = ''] = /^ssh:\/\/([^/]*)(\/.*)?$/is.exec(place) ?? [];
  const [, user = '', host = ''] =
    /^(?:([^@]*)@)?((?:\[[0-9a-f:.%]+\]|[^:@[\]\s]+)(?::\d{1,5})?)$/i.exec(authority) ?? [];
  if (user.includes(':'))
    return 'A password in a place is refused, since settings are no safe: leave it out, it is asked for.';
  if (host === '' || host.startsWith('-')) return `Name the host: ${example}`;
  return path.length > 1 ? null : `Name the path on the host: ${example}`;
}
