import type { IncomingHttpHeaders } from 'node:http';
import type { Stretch } from '../../sources/heldBlocks';

/** What an answer says of the file, RFC 9110. */
interface Told {
  status: number;
  headers: IncomingHttpHeaders;
}

/** A tag may be made of the second of the last change: in that second it does not tell one file from another. */
const settledAfter = 2_000;

/** The entity tag, weak or strong; `null` where there is none, or the file was changed just now (RFC 9110 §8.8.2.2). */
export function tagOf(headers: IncomingHttpHeaders): string | null {
  const age = Date.parse(headers.date ?? '') - Date.parse(headers['last-modified'] ?? '');
  return age < settledAfter ? null : (headers.etag ?? null);
}

/** A strong entity tag, the same only as long as not one byte has changed; `null` where there is none. */
export function versionOf(headers: IncomingHttpHeaders): string | null {
  const tag = tagOf(headers);
  return tag === null || tag.startsWith('W/') ? null : tag;
}

/** Bytes of the whole file; `null` where the server does not say. */
export function sizeIn({ status, headers }: Told): number | null {
  const told = /\/(\d{1,15})$/.exec(headers['content-range'] ?? '')?.[1];
  const size = status === 206 || status === 416 ? told : headers['content-length'];
  return size !== undefined && /^\d{1,15}$/.test(size) ? Number(size) : null;
}

/** The part of the file that an answer holds; `null` where it is none. */
export function partIn({ status, headers }: Told): Stretch | null {
  const [, from, last] = /^bytes (\d{1,15})-(\d{1,15})\//.exec(headers['content-range'] ?? '') ?? [];
  return status === 206 && last !== undefined ? { from: Number(from), to: Number(last) + 1 } : null;
}
