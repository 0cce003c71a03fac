import type { SourceProfile } from '../../../common/model/sourceProfile';
import { compileReader } from '../../../common/profile/compileReader';
import type { RecordReader } from '../../../common/profile/recordReader';
import type { OfLine } from '../../../common/scan/recordRule';
import type { SourceRef } from '../../sources/byteSource';

/** Readers cache what they learn of a source, so each thread keeps the ones of the sources it read last. */
const readers = new Map<string, RecordReader>();
const most = 256;

export function readerOf(source: SourceRef, profile: SourceProfile): RecordReader {
  const key = `${source.id}\n${source.modified}\n${textOf(profile)}`;
  const known = readers.get(key);
  if (known) return known;
  const [oldest] = readers.keys();
  if (readers.size >= most && oldest !== undefined) readers.delete(oldest);
  const reader = withoutHoles(compileReader(profile, { modified: source.modified }));
  readers.set(key, reader);
  return reader;
}

const texts = new WeakMap<SourceProfile, string>();

function textOf(profile: SourceProfile): string {
  const text = texts.get(profile) ?? JSON.stringify(profile);
  texts.set(profile, text);
  return text;
}

/** NULs at the beginning of a line are a hole in the file that its writer left: the record begins behind them. */
function withoutHoles(reader: RecordReader): RecordReader {
  const { profile, startsRecord, leavesOpen, streamOf } = reader;
  return {
    profile,
    startsRecord: behindHole(startsRecord),
    leavesOpen: leavesOpen && behindHole(leavesOpen),
    streamOf: streamOf && behindHole(streamOf),
    read: (text, location) => {
      let from = 0;
      while (text.charCodeAt(from) === 0) from++;
      return reader.read(from === 0 ? text : text.slice(from), location);
    },
  };
}

const behindHole =
  <Result>(ofLine: OfLine<Result>): OfLine<Result> =>
  (bytes, start, end) => {
    let from = start;
    while (bytes[from] === 0 && from < end) from++;
    return ofLine(bytes, from, end);
  };
