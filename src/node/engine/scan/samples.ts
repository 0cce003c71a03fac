import type { ReadRecord, RecordReader } from '../../../common/profile/recordReader';
import type { DetectedSource } from '../../../common/protocol/documents';
import type { FramedRecord } from '../../../common/scan/recordFramer';
import { decode } from './frameText';

/** Records without a format that are shown of a source. */
export const mostExamples = 5;
const exampleLength = 200;
const sampleBytes = 2048;
/** First records that are shown, and as many of those that follow, evenly. */
const half = 4;

type Sample = NonNullable<DetectedSource['samples']>[number];

/** The beginning of a record's text. */
export const exampleOf = (bytes: Uint8Array, reader: RecordReader): string =>
  decode(bytes.subarray(0, 4 * exampleLength), reader).slice(0, exampleLength);

/** Picks the first records that it is shown and some of the later ones, evenly, however many there are. */
export class SamplePicker {
  private readonly first: Sample[] = [];
  private later: Sample[] = [];
  private stride = 1;
  private seen = 0;

  /** `line` is `null` where nobody knows it. */
  take({ record, fields }: ReadRecord, { bytes, byteStart }: FramedRecord, reader: RecordReader, line: number | null) {
    const at = this.seen++;
    if (at >= half && (at - half) % this.stride !== 0) return;
    const from = record.location.byteStart - byteStart;
    const to = Math.min(record.location.byteEnd - byteStart, from + sampleBytes);
    const text = decode(bytes.subarray(from, to), reader);
    const shown = fields.filter(({ end }) => end <= text.length).map(field => ({ ...field }));
    const list = at < half ? this.first : this.later;
    list.push({ line, text, fields: shown });
    if (this.later.length < 2 * half) return;
    this.later = this.later.filter((_, index) => index % 2 === 0);
    this.stride *= 2;
  }

  get picked(): Sample[] {
    const step = Math.max(1, Math.ceil(this.later.length / half));
    return [...this.first, ...this.later.filter((_, index) => index % step === 0)];
  }
}
