import { createHash } from 'node:crypto';
import { type FarFile, RemoteError } from '../transport';
import type { HttpAnswer, HttpClient } from './httpClient';
import { sizeIn, tagOf, versionOf } from './httpHeaders';
import type { Spools } from './spools';

/** What is known of a file from the last look at it. */
interface Seen {
  far: FarFile;
  /** Entity tag, weak or strong. */
  tag: string | null;
  /** Whether the server hands out parts of it. */
  hasRanges: boolean;
  /** Where it had to be fetched to know its size: not again before this time. */
  againAt: number;
}

/** There is a page instead of a log; a server may lead to one where one has to log in first. */
export class WebPageError extends RemoteError {
  readonly url: URL;

  constructor(url: URL) {
    super('a web page, no log: use a link to the file itself');
    this.url = url;
  }
}

/** Looks at files, as cheaply as it can be: of one that did not change not a byte is sent. */
export class HttpFiles {
  private readonly client: HttpClient;
  private readonly spools: Spools;
  private readonly seen = new Map<string, Seen>();

  constructor(client: HttpClient, spools: Spools) {
    this.client = client;
    this.spools = spools;
  }

  hasRanges(url: string): boolean {
    return this.seen.get(url)?.hasRanges ?? true;
  }

  /** What is known from the last look. */
  last(url: string): FarFile | null {
    return this.seen.get(url)?.far ?? null;
  }

  /**
   * The file at a URL as it is now.
   * @throws WebPageError, RemoteError, AbortError
   */
  async look(url: URL, signal: AbortSignal): Promise<FarFile> {
    const seen = this.seen.get(url.href);
    if (seen && performance.now() < seen.againAt) return seen.far;
    const answer = await this.client.get(url, question(seen), signal);
    try {
      const { status, headers } = answer;
      if (status === 304 && seen) return seen.far;
      const isNothing = status === 416;
      const size = sizeIn(answer) ?? (isNothing ? (seen?.far.size ?? 0) : null);
      // Nothing came behind what was there.
      if (isNothing && seen && size === seen.far.size) return seen.far;
      if (!isNothing && /^text\/html\b/i.test(headers['content-type'] ?? '')) throw new WebPageError(answer.url);
      const changed = Date.parse(headers['last-modified'] ?? '');
      const modified = Number.isNaN(changed) ? null : changed;
      const far = { url: url.href, size: size ?? 0, modified, version: versionOf(headers), identity: null };
      const next = { far, tag: tagOf(headers), hasRanges: status !== 200, againAt: 0 };
      const known = size === null ? await this.counted(next, answer) : next;
      this.seen.set(url.href, known);
      return known.far;
    } finally {
      answer.drop();
    }
  }

  /** Of what is sent without a length only all of it tells its size. */
  private async counted(seen: Seen, { status, body }: HttpAnswer): Promise<Seen> {
    const { far } = seen;
    if (status !== 200) throw new RemoteError('the server does not say how long it is: use another link to it');
    const started = performance.now();
    const hash = createHash('sha1');
    const size = await this.spools.take(far.url, body, bytes => hash.update(bytes));
    const took = performance.now() - started;
    // The hash is as good as a tag: the same bytes.
    const version = far.version ?? `sha1 ${hash.digest('hex')}`;
    return { ...seen, far: { ...far, size, version }, againAt: performance.now() + Math.max(5_000, 10 * took) };
  }
}

/** Asks for one byte, since not every server knows `HEAD`; and not even that, where nothing has changed (RFC 9110 §13, §15.5.17). */
function question(seen: Seen | undefined): Record<string, string> {
  const one = { range: 'bytes=0-0' };
  if (!seen) return one;
  if (seen.tag !== null) return { ...one, 'if-none-match': seen.tag };
  return seen.hasRanges && seen.far.size ? { range: `bytes=${seen.far.size}-` } : one;
}
