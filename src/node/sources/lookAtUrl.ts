import { createHash } from 'node:crypto';
import { sourceId } from '../../common/model/units';
import type { SourceRef } from './byteSource';
import { HttpError, httpGet, refusal } from './httpRequest';
import { sizeOf, versionOf } from './httpSource';
import { none, type Recognised, recognise } from './recognise';
import { sniffSize } from './sniff';

/** Looks at the first 8 KiB behind a URL. Whatever goes wrong is told as the reason why it is not read. */
export async function lookAtUrl(url: string): Promise<Recognised> {
  try {
    const answer = await httpGet(url, { range: `bytes=0-${sniffSize - 1}` });
    try {
      const { status, headers } = answer;
      // No range of an empty file can be had.
      const problem = status === 416 ? 'empty' : (refusal(status) ?? notALog(headers));
      if (problem !== null) return none(url, problem);
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of answer.body) {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= sniffSize) break;
      }
      const head = Buffer.concat(chunks).subarray(0, sniffSize);
      return await recognise(refOf(url, headers, sizeOf(answer), head), head);
    } finally {
      await answer.drop();
    }
  } catch (error) {
    if (error instanceof HttpError) return none(url, error.message);
    return none(url, error instanceof Error ? error.message : String(error));
  }
}

/** What a server sends instead of a log where one has to log in first. */
function notALog(headers: Headers): string | null {
  if (!/^text\/html\b/i.test(headers.get('content-type') ?? '')) return null;
  return 'a web page, no log: use a link to the file itself';
}

function refOf(url: string, headers: Headers, size: number | null, head: Uint8Array): SourceRef {
  const changed = Date.parse(headers.get('last-modified') ?? '');
  const modified = Number.isNaN(changed) ? Date.now() : changed;
  const version = versionOf(headers);
  return {
    id: sourceId(url),
    kind: 'http',
    packing: 'none',
    encoding: 'utf-8',
    storedSize: size ?? 0,
    start: 0,
    file: version,
    identity: `${url}:${version}:${size}:${createHash('sha1').update(head).digest('hex').slice(0, 16)}`,
    modified,
    written: null,
    text: null,
    member: null,
    mirror: null,
    set: null,
  };
}
