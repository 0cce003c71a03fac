import { sshScheme } from './sshPlace';

/** What `journalctl` is asked for: options and matches as it takes them. */
export interface JournalPlace {
  options: string[];
  /** Only for what is not here yet: it does not go together with a cursor. */
  since: string | null;
  /** `FIELD=value`, all of which have to fit (those of one field: one of them). */
  matches: string[];
}

/** `journal+ssh://user@host/?unit=…` */
const farShape = /^journal\+ssh:(\/\/[^/?]+)(?:\/(?:\?(.*))?)?$/is;

/** The host of a journal behind SSH, as a place of that. */
export const hostOfJournal = (place: string): string => `ssh:${farShape.exec(place)?.[1] ?? ''}/-`;

const options = /^(?:unit|user-unit|identifier|priority|facility|boot|directory|until)$/;
const field = /^[A-Z_][A-Z0-9_]{0,63}$/;

/**
 * `journal:`, `journal:unit=nginx.service`, `journal:identifier=orders&since=-2h&_UID=1000`; `null` for what is no such
 * place. Values may be written as in a URL (`%26` for `&`).
 */
export function journalPlace(place: string): JournalPlace | null {
  const found: JournalPlace = { options: [], since: null, matches: [] };
  const far = farShape.exec(place);
  const pairs = far ? (far[2] ?? '') : place.slice(place.indexOf(':') + 1);
  for (const pair of pairs === '' ? [] : pairs.split('&')) {
    const [, key = '', raw = ''] = /^([\w-]+)=(.+)$/.exec(pair) ?? [];
    const value = decoded(raw);
    if (value === null || value === '' || /\p{Cc}/u.test(value)) return null;
    if (key === 'since') found.since = value;
    else if (options.test(key)) found.options.push(`--${key}=${value}`);
    else if (field.test(key)) found.matches.push(`${key}=${value}`);
    else return null;
  }
  return found;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const example = 'journal:unit=nginx.service';
const farExample = 'journal+ssh://user@host/?unit=nginx.service';

const wrongParts = (place: string, like: string): string | null =>
  journalPlace(place)
    ? null
    : `Say which part of the journal by unit, user-unit, identifier, since, until, boot, priority, facility, directory or FIELD=value, with & between them: ${like}`;

/** The row of `remotePlaces`. */
export const journalScheme = {
  label: 'systemd journal',
  prefix: 'journal:',
  example,
  check: (place: string): string | null => wrongParts(place, example),
};

/** The row of `remotePlaces` for that of another host. */
export const farJournalScheme = {
  label: 'systemd journal over SSH',
  prefix: 'journal+ssh://',
  example: farExample,
  check: (place: string): string | null =>
    sshScheme.check(hostOfJournal(place))?.replace(sshScheme.example, farExample) ?? wrongParts(place, farExample),
};
