import { createHash } from 'node:crypto';
import { type FarFile, RemoteError } from '../transport';
import { headLength, identityOf } from './fileHead';
import type { HttpAnswer } from './httpAnswer';
import type { HttpClient } from './httpClient';
import { partIn, sizeIn, tagOf, versionOf } from './httpHeaders';
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
      // No part of an empty file can be had.
      const isEmpty = status === 416;
      const size = isEmpty ? 0 : sizeIn(answer);
      if (!isEmpty && /^text\/html\b/i.test(headers['content-type'] ?? '')) throw new WebPageError(answer.url);
      const changed = Date.parse(headers['last-modified'] ?? '');
      const modified = Number.isNaN(changed) ? null : changed;
      const identity = size ? identityOf(await headIn(answer, size)) : null;
      const far = { url: url.href, size: size ?? 0, modified, version: versionOf(headers), identity };
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

/** Asks for the beginning, since not every server knows `HEAD`; and not even that, where nothing has changed (RFC 9110 §13). */
const question = (seen: Seen | undefined): Record<string, string> => ({
  range: `bytes=0-${headLength - 1}`,
  ...(seen && seen.tag !== null ? { 'if-none-match': seen.tag } : {}),
});

async function headIn(answer: HttpAnswer, size: number): Promise<Buffer> {
  const part = answer.status === 200 ? { from: 0, to: size } : partIn(answer);
  const length = Math.min(size, headLength);
  if (part?.from !== 0 || part.to < length)
    throw new RemoteError(`${answer.url.host} sends something else than the part that was asked for`);
  const chunks: Buffer[] = [];
  let left = length;
  for await (const chunk of answer.body) {
    chunks.push(Buffer.from(chunk.subarray(0, left)));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return Buffer.concat(chunks);
}
