import type { SourceProfile } from '../model/sourceProfile';
import { documentCap, JsonFramer } from './jsonFramer';
import { type FramedRecord, type Framer, type FramerOptions, RecordFramer, recordCap } from './recordFramer';
import { TableFramer } from './tableFramer';

/** Whether a frame can be found from any place within it, so that a source need not be read from its start. */
export const isAnchored = ({ framing }: Pick<SourceProfile, 'framing'>): boolean =>
  framing === 'line' || framing === 'stamp' || framing === 'head';

/** Whether what belongs to an ID can be found by it: not so in a source that names the group of its records but once. */
export const isSearchable = (profile: Pick<SourceProfile, 'framing' | 'sourceGroup'>): boolean =>
  isAnchored(profile) && !profile.sourceGroup;

/** The framer that a source's profile asks for. The frames are the same however the bytes are cut into chunks. */
export function framerOf(
  profile: Pick<SourceProfile, 'framing' | 'table'>,
  options: FramerOptions,
  emit: (frame: FramedRecord) => void,
): Framer {
  if (profile.framing === 'json') return new JsonFramer(options, emit);
  if (profile.framing === 'table' && profile.table) return new TableFramer(profile.table, options, emit);
  return new RecordFramer(options, emit);
}

/** Longest frame that is kept, in bytes. */
export const frameCap = ({ framing }: Pick<SourceProfile, 'framing'>): number =>
  framing === 'json' ? documentCap : recordCap;
