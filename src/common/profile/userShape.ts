import { withoutColours } from '../formats/json/offsets';
import { fitsPattern, groupsOf } from '../formats/userFormat';
import { unwrap } from '../formats/wrappers';
import type { SourceProfile, WrapperName } from '../model/sourceProfile';
import { isAnchored } from '../scan/framer';
import type { RecordRule } from '../scan/recordRule';
import type { ProfileOverrides } from './profileOverrides';

/** Lines that are tried, evenly over the sample. */
const lineCap = 300;

type Shape = Pick<SourceProfile, 'format' | 'formats' | 'framing' | 'table' | 'wrapper'>;

/**
 * The shape of a source by the user's formats: those that a line of the sample fits, and those that the user meant for
 * this very source. One with a `timestamp` group says where records begin; in what seems to be a table or a document
 * only if most lines fit it.
 */
export function userShape(
  shape: Shape,
  sample: string,
  { format: forced, formats = [] }: ProfileOverrides,
): Shape & Pick<SourceProfile, 'userFormats'> {
  if (formats.length === 0) return { ...shape, userFormats: [] };
  const lines = sampledLines(sample, shape.wrapper);
  const counts = formats.map(() => 0);
  for (const line of lines) {
    const fitting = formats.findIndex(format => fitsPattern(format, line));
    if (fitting >= 0) counts[fitting] = (counts[fitting] ?? 0) + 1;
  }
  const kept = formats
    .map(({ name, pattern, meant }, at) => ({ name, pattern, meant: meant || name === forced, count: counts[at] ?? 0 }))
    .filter(({ meant, count }) => meant || count > 0)
    // The one that the user demands is tried first.
    .sort((a, b) => Number(b.name === forced) - Number(a.name === forced));
  const userFormats = kept.map(({ name, pattern }) => ({ name, pattern }));
  const share = (count: number) => count / Math.max(1, lines.length);
  const stamped = kept.filter(format => groupsOf(format).includes('timestamp'));
  const stampedShare = share(stamped.reduce((sum, { count }) => sum + count, 0));
  const frames = stampedShare > (isAnchored(shape) ? 0 : 0.5);
  // Without a main format until the records have been counted; those of the sample stay, for what the user's leave out.
  const known = [...kept.map(({ name }) => ({ name, share: 0 })), ...shape.formats];
  if (!frames) return { ...shape, formats: known, userFormats };
  const format = isAnchored(shape) ? shape.format : 'text';
  return { ...shape, format, formats: known, framing: 'stamp', table: null, userFormats };
}

/** The formats of a source with formats of the user's, by how many records of the sample each one read. */
export function countedShape(
  { format, formats, userFormats }: SourceProfile,
  counts: ReadonlyMap<string, number>,
  { format: forced }: ProfileOverrides,
): Pick<SourceProfile, 'format' | 'formats'> {
  if (userFormats.length === 0) return { format, formats };
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0) || 1;
  const names = new Set([...formats.map(({ name }) => name), ...counts.keys()]);
  const shares = [...names]
    .map(name => ({ name, share: (counts.get(name) ?? 0) / all }))
    .sort((a, b) => b.share - a.share);
  const demanded = userFormats.find(({ name }) => name === forced)?.name;
  // What is unfolded or cut into cells stays what it is, whatever else is found in it.
  const stays = forced !== undefined || format === 'json' || format === 'table';
  return { format: demanded ?? (stays ? format : (shares[0]?.name ?? format)), formats: shares };
}

/** Where records begin if the user's formats have a say: at a line that fits one with a stamp, and where others begin. */
export function userStart({ userFormats, framing, wrapper }: SourceProfile, rule: RecordRule): RecordRule {
  if (framing !== 'stamp') return rule;
  const stamped = userFormats.filter(format => groupsOf(format).includes('timestamp'));
  if (stamped.length === 0) return rule;
  const decoder = new TextDecoder();
  return {
    ...rule,
    startsRecord: (bytes, start, end) => {
      if (rule.startsRecord(bytes, start, end)) return true;
      const line = insideOf(decoder.decode(bytes.subarray(start, end)), wrapper);
      return stamped.some(format => fitsPattern(format, line));
    },
  };
}

function sampledLines(sample: string, wrapper: WrapperName | null): string[] {
  const lines = sample.split('\n').filter(line => line.trim() !== '');
  const step = Math.max(1, Math.ceil(lines.length / lineCap));
  return lines.filter((_, at) => at % step === 0).map(line => insideOf(line.replace(/\r$/, ''), wrapper));
}

const insideOf = (line: string, wrapper: WrapperName | null): string =>
  withoutColours((wrapper && unwrap(wrapper, line)?.text) ?? line).text;
