import type { Field } from '../../model/fieldRole';
import type { SourceProfile } from '../../model/sourceProfile';
import { embeddedIds, isSlot } from './embeddedIds';

/** Which IDs without a key are read: those in slots that have a role, or all of them, for a survey. */
export type SlotsWanted = 'none' | 'all' | ReadonlySet<string>;

/** The slots that a profile gives a role. */
export function boundSlots({ roles }: Pick<SourceProfile, 'roles'>): SlotsWanted {
  const slots = Object.values(roles).flatMap(({ fields }) => fields.filter(isSlot));
  return slots.length > 0 ? new Set(slots) : 'none';
}

/**
 * The IDs in a record's prose, and of a free text in whatever its layout does not name: what has a key or a place of its
 * own is left to that.
 */
export function keylessIds(
  text: string,
  format: string,
  fields: readonly Field[],
  wanted: Exclude<SlotsWanted, 'none'>,
  isProse: (field: Field) => boolean,
): Field[] {
  const prose = fields.filter(isProse);
  const within = (fields: readonly Field[], { start, end }: Field) =>
    fields.some(field => field.start < end && start < field.end);
  // The first word of a message may have been taken for its logger.
  const named = fields.filter(field => !prose.includes(field) && !(field.name === 'logger' && within(prose, field)));
  return embeddedIds(text, 0, text.length, prose[0]?.start).filter(
    id => (wanted === 'all' || wanted.has(id.name)) && !within(named, id) && (isFree(format) || within(prose, id)),
  );
}

/** Whether there is text outside of the fields that a format finds. */
const isFree = (format: string): boolean => format !== 'json' && format !== 'logfmt' && format !== 'table';
