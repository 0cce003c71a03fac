import type { SourcePlace } from '../logEngine';
import { containerScheme } from './containerPlace';
import { httpScheme } from './httpPlace';
import { farJournalScheme, journalScheme } from './journalPlace';
import { kubectlScheme } from './kubectlPlace';
import { sshScheme } from './sshPlace';

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

/** One row per kind; what reads it stands in `src/node/remote/transports.ts` under the same name. */
export const schemes = {
  http: httpScheme('http'),
  https: httpScheme('https'),
  ssh: sshScheme,
  docker: containerScheme('docker'),
  podman: containerScheme('podman'),
  kubectl: kubectlScheme,
  journal: journalScheme,
  farJournal: farJournalScheme,
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
