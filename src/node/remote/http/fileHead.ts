import { createHash } from 'node:crypto';

/** What tells one file from another, in bytes: a log begins with a time of its own. */
export const headLength = 1024;

/** Names a file by its beginning, as nothing else does over HTTP; `null` of one that is too short: it may still grow. */
export const identityOf = (head: Buffer): string | null =>
  head.length < headLength ? null : createHash('sha1').update(head.subarray(0, headLength)).digest('hex');
