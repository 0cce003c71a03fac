import type { ByteSource, SourceRef } from './byteSource';
import { FileSource } from './fileSource';
import { GzipSource } from './gzipSource';
import { TextSource } from './textSource';

/** One row per kind of source. */
const kinds: Record<SourceRef['kind'], (ref: SourceRef) => ByteSource> = {
  file: ref => new FileSource(ref),
  gzip: ref => new GzipSource(ref),
  text: ref => new TextSource(ref),
};

/** @throws Error of the file system where the source is gone or must not be read */
export const openSource = (ref: SourceRef): ByteSource => kinds[ref.kind](ref);
