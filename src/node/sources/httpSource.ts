import { type Chunks, changedNote, type SourceRef, type StreamEnd, StreamedSource } from './byteSource';
import { type HttpAnswer, HttpError, httpGet, refusal } from './httpRequest';

const rangeSize = 4 * 1024 * 1024;
const mostBytes = 4 * 2 ** 30;
/** So often an answer may break off without a new byte. */
const mostFailures = 3;

/** A file behind a URL, read by ranges of 4 MiB, or in one go where the server knows none. */
export class HttpSource extends StreamedSource {
  readonly ref: SourceRef;
  readonly shrunk = false;

  private readonly most: number;

  /** @param most bytes that are read at most */
  constructor(ref: SourceRef, most = mostBytes) {
    super();
    this.ref = ref;
    this.most = most;
  }

  /** @throws HttpError where not even the first bytes can be had */
  async *chunks(): Chunks {
    let version: string | null = null;
    let total: number | null = null;
    let ranged = true;
    let failures = 0;
    for (let at = 0; total === null || at < total; ) {
      let answer: HttpAnswer | null = null;
      let pass = 0;
      const before = at;
      try {
        answer = await httpGet(this.ref.id, ranged ? rangeHeaders(at, version) : {});
        const { status, headers } = answer;
        if (status === 416 && at > 0) return this.ended(at);
        const problem = refusal(status);
        if (problem !== null) throw new HttpError(problem);
        if (isEncoded(headers) && status === 206) {
          // Ranges are of what was sent, which `fetch` decodes.
          ranged = false;
          continue;
        }
        if (at > 0 && version !== versionOf(headers)) return changedNote(this.ref);
        version = versionOf(headers);
        total = sizeOf(answer) ?? total;
        if (status === 206 && rangeStart(headers) !== at) throw new HttpError('the server sends another range');
        // From a server without ranges everything comes again.
        pass = status === 206 ? 0 : at;
        for await (const bytes of answer.body) {
          const chunk = bytes.subarray(Math.min(pass, bytes.length));
          pass -= bytes.length - chunk.length;
          if (at + chunk.length > this.most) return this.tooLong(at);
          at += chunk.length;
          if (chunk.length > 0) yield chunk;
        }
        if (status === 200 || (total === null && at - before < rangeSize)) return this.ended(at);
        if (at === before) failures++;
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        failures = at > before ? 1 : failures + 1;
        if (at === 0 && (answer === null || refusal(answer.status) !== null)) throw error;
        if (failures > mostFailures || (answer && refusal(answer.status))) return this.brokenOff(at, error.message);
      } finally {
        await answer?.drop();
      }
      if (failures > mostFailures) return this.brokenOff(at, 'the server sends nothing more');
    }
    return this.ended(total ?? 0);
  }

  close(): void {}

  private ended(at: number): StreamEnd['note'] {
    return at < this.ref.storedSize ? changedNote(this.ref) : null;
  }

  private brokenOff(at: number, problem: string): StreamEnd['note'] {
    const text = `${this.ref.id} broke off: ${problem}. Only the ${at} bytes before that were read.`;
    return { kind: 'truncatedSource', text };
  }

  private tooLong(at: number): StreamEnd['note'] {
    const text = `${this.ref.id} has more than ${this.most} bytes: reading stopped after ${at} bytes. Save it and name the file to read all of it.`;
    return { kind: 'cut', text };
  }
}

/** `If-Range` (RFC 9110 §13.1.5): part of the file only if it is still the same one. It takes strong validators alone. */
function rangeHeaders(at: number, version: string | null): Record<string, string> {
  const range = { range: `bytes=${at}-${at + rangeSize - 1}` };
  return version === null || version.startsWith('W/') ? range : { ...range, 'if-range': version };
}

/** What tells one state of the file from another: its entity tag, else the time of its last change. */
export const versionOf = (headers: Headers): string | null => headers.get('etag') ?? headers.get('last-modified');

/** Bytes of the whole file, `null` where the server does not say. */
export function sizeOf({ status, headers }: Pick<HttpAnswer, 'status' | 'headers'>): number | null {
  if (isEncoded(headers)) return null;
  const stated =
    status === 206 ? /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] : headers.get('content-length');
  return stated == null ? null : Number(stated);
}

const rangeStart = (headers: Headers): number => Number(/^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1]);

/** Whether the bytes on their way are not those of the file. */
const isEncoded = (headers: Headers): boolean => (headers.get('content-encoding') ?? 'identity') !== 'identity';
