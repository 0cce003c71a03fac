import { formatNamed, formats } from '../formats/formats';
import { readJsonRow } from '../formats/json/jsonRows';
import { moveFields, withoutColours, withoutHoles } from '../formats/json/offsets';
import { type DocumentPart, unfold } from '../formats/json/unfold';
import type { LogFormat } from '../formats/logFormat';
import { tableFormat } from '../formats/tables/table';
import { stackTraceIn } from '../formats/text/stackTrace';
import { userFormat } from '../formats/userFormat';
import { unwrap } from '../formats/wrappers';
import type { Field } from '../model/fieldRole';
import type { RecordLocation } from '../model/logRecord';
import type { SourceProfile } from '../model/sourceProfile';
import { compileBindings } from './bindings';
import { partLocations } from './partLocations';
import { recordOf } from './recordOf';
import type { ReadField, ReadRecord, RecordReader } from './recordReader';
import { recordStart } from './recordStart';
import { slotsOf } from './roleSlots';
import { boundSlots, keylessIds, type SlotsWanted } from './roles/keylessIds';
import type { StampContext } from './time/stamp';
import { type ZoneOffset, zoneOffset } from './time/zone';
import { userStart } from './userShape';

export interface ReaderOptions {
  /**
   * Minutes east of UTC of the profile's zone at an instant given in epoch milliseconds. Left out: found through `Intl`
   * by the profile's zone.
   */
  zoneOffset?: ZoneOffset;
  /**
   * Epoch milliseconds of the source's last change, which tells the year or day of stamps without one (see
   * {@link StampContext}).
   */
  modified?: number;
  /** Also what stands in slots that the profile does not bind, for a survey. */
  everySlot?: boolean;
}

/**
 * Turns a profile into a reader. Compile once per source and keep it: the reader remembers what names mean. Every text
 * is read: what fits no other format is free text.
 */
export function compileReader(profile: SourceProfile, options: ReaderOptions = {}): RecordReader {
  const builtIn = readersOf(profile);
  const candidates = [...profile.userFormats.map(format => userFormat(format, builtIn)), ...builtIn];
  const bindingsOf = compileBindings(profile);
  const slotsWanted = options.everySlot ? 'all' : boundSlots(profile);
  const isProse = ({ name, value }: Field) =>
    bindingsOf(name).some(
      ({ role }) => role === 'message' || role === 'exception' || (role === 'phase' && value.includes(' ')),
    );
  const context: StampContext = {
    zoneOffset: options.zoneOffset ?? zoneOffset(profile.timezone.value),
    modified: options.modified,
    dateOrder: profile.dateOrder,
    dated: profile.dated,
  };
  const one = (text: string, location: RecordLocation, part: DocumentPart | null): ReadRecord => {
    const cut = part && withoutHoles(text, part);
    const plain = cut?.text ?? text;
    const { format, fields: found } = part?.row
      ? { format: profile.format, fields: readJsonRow(plain, part.row) }
      : readFields(plain, candidates, profile, slotsWanted, isProse);
    if (cut?.map) moveFields(found, cut.map);
    const fields = (part ? [...part.told, ...withoutTold(found, part.told), ...part.inherited] : found).map(readField);
    const slots = slotsOf(fields, bindingsOf);
    return { record: recordOf(plain, location, format, slots, fields, profile, context), fields };
  };
  return {
    profile,
    ...userStart(profile, recordStart(profile)),
    read(text, location) {
      const parts = profile.format === 'json' ? unfold(text) : null;
      if (!parts) return [one(text, location, null)];
      const places = partLocations(text, parts, location);
      return parts.map((part, index) => one(text.slice(part.start, part.end), places[index] ?? location, part));
    },
  };
}

/** A field of the record's own that the document tells otherwise is kept under another name. */
const withoutTold = (fields: Field[], told: readonly Field[]): Field[] =>
  told.length === 0
    ? fields
    : fields.map(field =>
        told.some(({ name }) => name === field.name) ? { ...field, name: `${field.name} (as logged)` } : field,
      );

/** A field whose role is not known yet. Written out, so that all have one shape: what reads them is compiled once. */
const readField = ({ name, value, start, end }: Field): ReadField => ({
  name,
  value,
  start,
  end,
  role: null,
  evidence: null,
});

/** The built-in formats that are tried on a record, in turn: those of the sample, JSON (it is unmistakable), and free text. */
function readersOf({ format, formats: shares, table }: SourceProfile): LogFormat[] {
  if (table) return [tableFormat(table), formatNamed('text')];
  const usual = formats.filter(
    ({ name }) => name === 'json' || name === 'text' || shares.some(share => share.name === name),
  );
  const main = formatNamed(format);
  return main.name === 'text' ? usual : [main, ...usual.filter(({ name }) => name !== main.name)];
}

function readFields(
  text: string,
  candidates: readonly LogFormat[],
  { wrapper }: SourceProfile,
  slots: SlotsWanted,
  isProse: (field: Field) => boolean,
): { format: string; fields: Field[] } {
  const inside = wrapper && unwrap(wrapper, text);
  const { text: plain, map } = withoutColours(inside ? inside.text : text);
  for (const format of candidates) {
    const { name } = format;
    const fields = format.read(plain) ?? readFirstLine(plain, format);
    if (!fields) continue;
    if (slots !== 'none') fields.push(...keylessIds(plain, name, fields, slots, isProse));
    if (map) moveFields(fields, map);
    if (inside) moveFields(fields, inside.map).push(...inside.fields);
    return { format: name, fields };
  }
  return { format: 'text', fields: [] };
}

/** A record of a format that has one line each, with what a crash printed behind it. */
function readFirstLine(text: string, { framing, read }: LogFormat): Field[] | null {
  const lineEnd = text.indexOf('\n');
  if (framing !== 'line' || lineEnd < 0) return null;
  const fields = read(text.slice(0, lineEnd));
  return fields && [...fields, ...stackTraceIn(text)];
}
