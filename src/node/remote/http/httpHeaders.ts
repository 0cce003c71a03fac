import type { IncomingHttpHeaders } from 'node:http';
import type { Stretch } from '../../sources/heldBlocks';

/** What an answer says of the file, RFC 9110. */
interface Told {
  status: number;
  headers: IncomingHttpHeaders;
}

/** The entity tag, weak or strong. */
export const tagOf = (headers: IncomingHttpHeaders): string | null => headers.etag ?? null;

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

/** Names one state of the file, as well as the answer tells; `null` where it does not. */
export function stateOf(told: Told): string | null {
  const changed = told.headers['last-modified'];
  return versionOf(told.headers) ?? (changed === undefined ? null : `${changed} ${sizeIn(told)}`);
}
