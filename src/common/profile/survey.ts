import type { FieldRole } from '../model/fieldRole';
import type { DurationUnit, RoleBinding, SourceProfile } from '../model/sourceProfile';
import { byteOffset, lineNumber, sourceId } from '../model/units';
import type { FramedRecord } from '../scan/recordFramer';
import { compileReader } from './compileReader';
import { NameCensus } from './nameCensus';
import type { ReadField } from './recordReader';
import { isSlot } from './roles/embeddedIds';
import { learnRoles } from './roles/learnRoles';
import { LifeCensus, type SampleLives } from './roles/lifeCensus';
import { introduction } from './roles/sourceGroup';
import { framesOf, spread } from './sampleFrames';
import { DurationSurvey } from './time/durationSurvey';
import type { StampSurvey } from './time/stampSurvey';

/** What the records of a sample show. */
export interface Survey {
  found: Partial<Record<FieldRole, RoleBinding>>;
  names: NameCensus;
  /** Records per format. */
  formats: Map<string, number>;
  /** Frames one after the other, for what several records show together. */
  followed: readonly FramedRecord[];
  /** Fields of the first records. */
  heads: ReadField[][];
}

/** Stretches of a sample, in records, in which values are followed: they show how long those live. */
const head = 700;
const tail = 300;

/** Signs between a name and its value: `="`, ` = `. */
const furthest = 8;

const decoder = new TextDecoder();
const location = {
  source: sourceId(''),
  line: lineNumber(1),
  byteStart: byteOffset(0),
  byteEnd: byteOffset(0),
};

/**
 * Looks at some records, evenly over the sample, for their names and stamps, and only where no name tells the group at
 * records one after the other. `complete`: the sample is the whole source, of which all is followed.
 */
export function survey(text: string, profile: SourceProfile, stamps: StampSurvey, complete: boolean): Survey {
  const reader = compileReader(profile);
  const { frames } = framesOf(profile, reader, new TextEncoder().encode(text));
  const names = new NameCensus();
  const formats = new Map<string, number>();
  const heads: ReadField[][] = [];
  for (const { bytes } of new Set([...frames.slice(0, introduction), ...spread(frames)])) {
    const text = decoder.decode(bytes);
    for (const { record, fields } of reader.read(text, location)) {
      if (heads.length < introduction) heads.push(fields);
      stamps.take(fields);
      names.records++;
      formats.set(record.format, (formats.get(record.format) ?? 0) + 1);
      const mayBeUnsaid = record.format !== 'json' && profile.table === null;
      for (const field of fields)
        if (!isSlot(field.name)) names.add(field.name, field.value, mayBeUnsaid && isUnsaid(text, field));
    }
  }
  const followed =
    complete || frames.length <= head + tail ? frames : [...frames.slice(0, head), ...frames.slice(-tail)];
  return { found: learnRoles(names, () => livesIn(followed, profile)), names, formats, followed, heads };
}

/** Whether a field's name does not stand right before its value. */
function isUnsaid(text: string, { name, start }: ReadField): boolean {
  if (start === null) return false;
  const own = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return !text
    .slice(Math.max(0, start - own.length - furthest), start)
    .toLowerCase()
    .includes(own);
}

function livesIn(frames: readonly FramedRecord[], profile: SourceProfile): SampleLives {
  const reader = compileReader(profile, { everySlot: true });
  const census = new LifeCensus();
  let records = 0;
  for (const { bytes } of frames) {
    const text = decoder.decode(bytes);
    for (const read of reader.read(text, location)) census.take(read, text, records++);
  }
  return { lives: census.all(), records };
}

/** The unit of durations that name none, by a profile with all roles; `null` where the frames do not tell. */
export function unitIn(frames: readonly FramedRecord[], profile: SourceProfile): DurationUnit | null {
  const reader = compileReader(profile);
  const durations = new DurationSurvey();
  for (const { bytes } of frames) for (const read of reader.read(decoder.decode(bytes), location)) durations.take(read);
  return durations.unit();
}
