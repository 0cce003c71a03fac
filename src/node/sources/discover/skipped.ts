/** Something that was named or found and is not read. */
export interface Skipped {
  source: string;
  reason: string;
}

export const gone = 'not there (any more)';

/** Why a file cannot be read, for a person. An error from a worker has lost its code, but its message begins with it. */
export function unreadable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = /^[A-Z]{4,}(?=:)/.exec(message)?.[0];
  if (code === 'ENOENT' || code === 'ENOTDIR') return gone;
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'a loop of symbolic links';
  return message;
}
