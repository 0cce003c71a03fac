import { joinKey } from '../../../common/profile/ids';
import type { RecordReader } from '../../../common/profile/recordReader';
import { framerOf } from '../../../common/scan/framer';
import type { FramedRecord } from '../../../common/scan/recordFramer';
import type { ByteSource } from '../../sources/byteSource';
import { checkCancelled } from '../scan/cancel';
import type { SearchEnd, SearchHit, SearchJob, SearchPart } from '../scan/scanJobs';
import { hitsIn } from './hitReader';
import { NearMisses, type Needle, needlesOf, standsAlone } from './needles';

/**
 * Searches a source whose records cannot be found from a place within it (JSON documents, tables): every frame is cut
 * out, only those that hold a needle are read, or all where the whole source belongs to what is looked for.
 * @throws AbortError, or an error of the file system
 */
export async function searchFrames(
  job: SearchJob,
  source: ByteSource,
  reader: RecordReader,
  post: (part: SearchPart) => void,
): Promise<SearchEnd> {
  const needles = needlesOf(job);
  const near = new NearMisses();
  let hits: SearchHit[] = [];
  const { sourceGroup } = job.profile;
  const ofSource = job.targets.flatMap(({ keys }, at) =>
    sourceGroup && keys.includes(joinKey(sourceGroup.id)) ? [at] : [],
  );
  const framer = framerOf(job.profile, reader, frame => {
    const held = needles.filter(needle => holds(frame, needle, near)).map(({ target }) => target);
    const targets = new Set([...ofSource, ...held]);
    for (const index of targets) {
      const target = job.targets[index];
      if (target) hits.push(...hitsIn(frame, job.source, reader, { index, target }, 0));
    }
  });
  const flush = () => {
    if (hits.length > 0) post({ hits });
    hits = [];
  };
  const { bytes, note } = await source.stream(chunk => {
    checkCancelled(job);
    framer.push(chunk);
    flush();
    return true;
  });
  framer.finish();
  flush();
  return { newlines: framer.lines, bytes, note, near: near.found };
}

function holds({ bytes }: FramedRecord, needle: Needle, near: NearMisses): boolean {
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = frame.indexOf(needle.bytes); at >= 0; at = frame.indexOf(needle.bytes, at + 1)) {
    if (standsAlone(frame, at, needle)) return true;
    near.add(frame, at, needle);
  }
  return false;
}
