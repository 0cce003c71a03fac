import { counted } from '../../../common/base/counted';
import type { LogRecord } from '../../../common/model/logRecord';
import type { Note, NoteKind } from '../../../common/model/note';
import { joinKey } from '../../../common/profile/ids';
import { fileName } from '../../../common/profile/roles/sourceGroup';
import type { Found } from '../search/findings';
import type { SearchTarget } from '../search/membership';

const note = (kind: NoteKind, count: number, text: string, records: readonly LogRecord[] = []): Note => ({
  kind,
  count,
  text,
  steps: [],
  records: records.slice(0, 20).map(({ location: { source, line } }) => ({ source, line })),
});

/** What a reader must know of how a trace's records were found. */
export function lookupNotes(found: Found, target: SearchTarget, records: readonly LogRecord[]): Note[] {
  const notes: Note[] = [];
  const alias = aliasNote(target, records);
  if (alias) notes.push(alias);
  const ofSource = ofSourceNote(target, records);
  if (ofSource) notes.push(ofSource);
  if (found.weak > 0) {
    const text = `“${target.id}” is short or a number: ${counted(found.weak, 'record', { one: 'that holds', many: 'that hold' })} it outside of an ID field ${found.weak === 1 ? 'was' : 'were'} not counted.`;
    notes.push(note('countedNot', found.weak, text));
  }
  if (found.cut > 0) {
    notes.push(
      note(
        'cut',
        found.cut,
        `${counted(found.cut, 'record', { one: 'is', many: 'are' })} longer than 1 MiB: only a part was read.`,
      ),
    );
  }
  if (found.dropped > 0) {
    const text = `${counted(found.dropped, 'more record', { one: 'was', many: 'were' })} found but cannot be kept, there are too many: use a narrower ID or fewer sources.`;
    notes.push(note('cut', found.dropped, text));
  }
  return notes;
}

/** Records that carry another group ID too: `requestId` beside `traceId`. */
function aliasNote(target: SearchTarget, records: readonly LogRecord[]): Note | null {
  const others = new Map<string, { id: string; field: string }>();
  // By ID; `null` for what is a spelling of the target.
  const keys = new Map<string, string | null>();
  const keyOf = (id: string): string | null => {
    const known = keys.get(id);
    if (known !== undefined) return known;
    const key = joinKey(id);
    keys.set(id, target.keys.includes(key) ? null : key);
    return keyOf(id);
  };
  const carriers = records.filter(({ correlationIds }) => {
    let isOther = false;
    for (const { id, field } of correlationIds) {
      const key = keyOf(id);
      if (key === null) continue;
      others.set(key, { id, field });
      isOther = true;
    }
    return isOther;
  });
  const [first] = others.values();
  if (!first) return null;
  const example =
    others.size === 1 ? `${first.field} ${first.id}` : `${first.field} ${first.id} and ${others.size - 1} more`;
  const text = `${carriers.length} of these records ${carriers.length === 1 ? 'carries' : 'carry'} another correlation ID too: ${example}. Look it up to see all it holds.`;
  return note('alias', others.size, text, carriers);
}

/** Records that do not name the ID, as their source does so for all. */
function ofSourceNote(target: SearchTarget, records: readonly LogRecord[]): Note | null {
  const isOf = ({ correlationIds }: LogRecord) =>
    correlationIds.some(({ id, ofSource }) => ofSource && target.keys.includes(joinKey(id)));
  const silent = records.filter(isOf);
  const [first] = silent;
  if (!first) return null;
  const field = first.correlationIds.find(({ ofSource }) => ofSource)?.field;
  const by = field === fileName ? "the log's name has it" : `the beginning of the log names it in ${field}`;
  const text = `${counted(silent.length, 'record', { one: 'does', many: 'do' })} not name this ID: ${by}, taken to be that of all records there.`;
  return note('ofSource', silent.length, text, silent);
}

export const fallbackNote = (id: string, records: readonly LogRecord[]): Note =>
  note(
    'fallbackSpelling',
    records.length,
    `“${id}” was only found in a spelling that IDs do not have elsewhere in these sources.`,
    records,
  );
