import type { SourceProfile } from '../model/sourceProfile';
import { framerOf } from '../scan/framer';
import type { FramedRecord } from '../scan/recordFramer';
import type { RecordRule } from '../scan/recordRule';

/** Records of a sample that are looked at for what each one shows by itself. */
const enough = 400;

/** The frames of a whole sample, whose bytes stay, and its lines. */
export function framesOf(
  profile: Pick<SourceProfile, 'framing' | 'table'>,
  { startsRecord, leavesOpen, streamOf }: RecordRule,
  sample: Uint8Array,
): { frames: FramedRecord[]; lines: number } {
  const frames: FramedRecord[] = [];
  // What is handed out may be overwritten: the same bytes stand in the sample.
  const framer = framerOf(profile, { startsRecord, leavesOpen, streamOf }, frame =>
    frames.push({ ...frame, bytes: sample.subarray(frame.byteStart, frame.byteStart + frame.bytes.length) }),
  );
  framer.push(sample);
  framer.finish();
  return { frames, lines: framer.lines };
}

/** Some 400 frames, evenly over all, and the last one. */
export function spread<Frame>(frames: readonly Frame[]): Frame[] {
  const step = Math.ceil(frames.length / enough);
  return step < 2 ? [...frames] : frames.filter((_, at) => at % step === 0 || at === frames.length - 1);
}
