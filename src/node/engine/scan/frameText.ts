import type { RecordReader } from '../../../common/profile/recordReader';

const longestTorn = 512;

/** The beginning of a record that was cut, without the word that the cut may have torn: half an ID is another ID. */
export function withoutTornWord(bytes: Uint8Array): Uint8Array {
  for (let end = bytes.length; end > 0 && end > bytes.length - longestTorn; end--) {
    if (separators.has(bytes[end - 1] ?? 0)) return bytes.subarray(0, end);
  }
  return bytes;
}

const separators = new Set(Buffer.from(' \t\r\n"\'=,;&()[]{}<>|'));

/** The text of a record's bytes. UTF-16 sources are handed out as UTF-8 already. */
export const decode = (bytes: Uint8Array, { profile }: RecordReader): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    profile.encoding === 'latin1' ? 'latin1' : 'utf8',
  );
