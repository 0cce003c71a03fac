import { TarMemberSource } from './archives/tarMemberSource';
import { ZipMemberSource } from './archives/zipMemberSource';
import type { ByteSource, Packing, SourceRef } from './byteSource';
import { FileSource } from './fileSource';
import { TextSource } from './textSource';
import { bunzip2 } from './unpack/bunzip2';
import type { Decoder } from './unpack/decoder';
import { gunzip } from './unpack/gunzip';
import { defaultLimits, UnpackedSource } from './unpack/unpackedSource';
import { unxz } from './unpack/unxz';
import { unzstd } from './unpack/unzstd';
import { Utf16Source } from './utf16Source';

/** One row per place that bytes come from. */
const kinds: Record<SourceRef['kind'], (ref: SourceRef) => ByteSource> = {
  file: ref => new FileSource(ref),
  text: ref => new TextSource(ref),
  zip: ref => new ZipMemberSource(ref),
  tar: ref => (ref.text ? new TextSource(ref) : new TarMemberSource(ref, openSource)),
};

/** One row per way to pack them. */
const decoders: Record<Exclude<Packing, 'none'>, Decoder> = { gzip: gunzip, zstd: unzstd, bzip2: bunzip2, xz: unxz };

/** @throws Error of the file system where the source is gone or must not be read */
export function openSource(ref: SourceRef, limits = defaultLimits): ByteSource {
  const stored = kinds[ref.kind](ref);
  const unpacked = ref.packing === 'none' ? stored : new UnpackedSource(stored, decoders[ref.packing], limits);
  return ref.encoding === 'utf-8' ? unpacked : new Utf16Source(unpacked);
}
