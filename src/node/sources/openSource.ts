import type { ByteSource, SourceRef } from './byteSource';
import { FileSource } from './fileSource';
import { GzipSource } from './gzipSource';
import { TextSource } from './textSource';
import { Utf16Source } from './utf16Source';

/** One row per kind of source. */
const kinds: Record<SourceRef['kind'], (ref: SourceRef) => ByteSource> = {
  file: ref => new FileSource(ref),
  gzip: ref => new GzipSource(ref),
  text: ref => new TextSource(ref),
};

/** @throws Error of the file system where the source is gone or must not be read */
export function openSource(ref: SourceRef): ByteSource {
  const stored = kinds[ref.kind](ref);
  return ref.encoding === 'utf-8' ? stored : new Utf16Source(stored);
}
