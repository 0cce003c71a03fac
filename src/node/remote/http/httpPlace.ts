import { RemoteError } from '../transport';

/** What a place behind http or https names. */
export interface HttpPlace {
  /** Of a file or a folder; with the user's name, where the place holds one, without a fragment. */
  url: URL;
  /** Which files of the folder `url` are meant; `null` for what `url` itself names. */
  glob: string | null;
}

/** What a name in a URL may hold that makes it a glob; a `?` begins the query. */
const wild = /[*{}[\]]/;

/** @param place a good one, see `checkRemote` @throws RemoteError where its host or port cannot be any */
export function httpPlaceOf(place: string): HttpPlace {
  if (!URL.canParse(place)) throw new RemoteError(`${place} is no valid URL: check its host and port`);
  const url = new URL(place);
  url.hash = '';
  const [written = ''] = place.split(/[?#]/, 1);
  const last = written.slice(written.lastIndexOf('/') + 1);
  if (!wild.test(last)) return { url, glob: null };
  url.pathname = url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1);
  return { url, glob: decoded(last) ?? last };
}

/** A name out of a URL as a person reads it; `null` for what is no escaped UTF-8. */
export function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}
