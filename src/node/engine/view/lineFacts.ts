import type { FieldRole } from '../../../common/model/fieldRole';
import type { Severity } from '../../../common/model/logRecord';
import { byteOffset, lineNumber } from '../../../common/model/units';
import type { RecordReader } from '../../../common/profile/recordReader';
import type { ShownId } from '../../../common/protocol/logReader';
import { isAnchored } from '../../../common/scan/framer';
import { isBlank, lengthOfBom, withoutReturn } from '../../../common/scan/lines';
import { recordCap } from '../../../common/scan/recordFramer';
import type { LineCut, ReadBytes } from '../../../common/view/lineCuts';
import type { SourceRef } from '../../sources/byteSource';
import { decode } from '../scan/frameText';
import { placeOf } from '../scan/readFrame';
import { findRecord } from '../search/hitReader';
import { startOf } from './viewedLogs';

/** What the record says that a line belongs to. */
export interface LineFacts {
  severity: Severity | null;
  ids: ShownId[];
}

const nothing: LineFacts = { severity: null, ids: [] };
/** So far the beginning of a record is looked for before the first line. */
const lookBack = 64 * 1024;
/** Of a longer record only the beginning is read: there it says how severe it is. */
const mostRead = 16 * 1024;
const newline = 0x0a;
const tracedRoles: ReadonlySet<FieldRole | null> = new Set(['correlationId', 'messageId', 'toolCallId'] as const);

/** What the records say that some lines are of; nothing in formats whose records cannot be told by their lines. */
export async function factsOfLines(
  cuts: readonly LineCut[],
  reader: RecordReader,
  read: ReadBytes,
  source: SourceRef,
): Promise<LineFacts[]> {
  if (!isAnchored(reader.profile)) return cuts.map(() => nothing);
  const records = recordsOf(cuts, reader);
  const facts: LineFacts[] = [];
  for (const [index, record] of records.entries()) {
    const isWhole = index > 0 || begins(record[0]!, null, reader);
    facts.push(...(isWhole ? factsOf(record, reader, source) : await factsOfRest(record, reader, read, source)));
  }
  return facts;
}

/** The lines of each record; those of the first may begin within it. */
function recordsOf(cuts: readonly LineCut[], reader: RecordReader): LineCut[][] {
  const records: LineCut[][] = [];
  let last: LineCut | null = null;
  for (const cut of cuts) {
    const open = records.at(-1);
    if (!open || begins(cut, last, reader)) records.push([cut]);
    else open.push(cut);
    if (!isBlankLine(cut)) last = cut;
  }
  return records;
}

function begins(cut: LineCut, before: LineCut | null, { startsRecord, leavesOpen, streamOf }: RecordReader): boolean {
  if (cut.continues || isBlankLine(cut)) return false;
  const end = textEnd(cut);
  if (before && streamOf && streamOf(cut.bytes, 0, end) !== streamOf(before.bytes, 0, textEnd(before))) return true;
  if (!startsRecord(cut.bytes, 0, end)) return false;
  // The last piece of a long line does not tell what the whole line leaves open.
  return !before || before.continues || !leavesOpen?.(before.bytes, 0, textEnd(before));
}

const isBlankLine = (cut: LineCut): boolean => isBlank(cut.bytes, 0, textEnd(cut));

/** As the framer asks: by the beginning of a line that is too long. */
function textEnd({ bytes }: LineCut): number {
  const end = bytes.at(-1) === newline ? withoutReturn(bytes, 0, bytes.length - 1) : bytes.length;
  return Math.min(end, recordCap);
}

/** Of the lines of one record, which begin with it. */
function factsOf(record: readonly LineCut[], reader: RecordReader, source: SourceRef): LineFacts[] {
  const texts = record.map(({ from, bytes }) =>
    decode(bytes.subarray(from === 0 ? lengthOfBom(bytes) : 0, mostRead), reader),
  );
  const found = readText(texts.join('').slice(0, mostRead).trimEnd(), record[0]!.from, reader, source);
  let start = 0;
  return texts.map(text => {
    const end = start + text.length;
    const ids = found.ids.flatMap(id =>
      id.start >= start && id.end <= end ? [{ ...id, start: id.start - start, end: id.end - start }] : [],
    );
    start = end;
    return { severity: found.severity, ids };
  });
}

/** Of lines whose record begins before them. */
async function factsOfRest(record: readonly LineCut[], reader: RecordReader, read: ReadBytes, source: SourceRef) {
  const { from, to } = record[0]!;
  const base = Math.max(startOf(source), from - lookBack);
  const bytes = Buffer.from(await read(base, Math.min(to, from + mostRead) - base));
  const window = { bytes, base, startsAtFileStart: base === startOf(source), endsAtFileEnd: true };
  const found = from > base ? findRecord(window, from - base, reader) : 'before';
  if (typeof found === 'string') return record.map(() => nothing);
  const text = decode(bytes.subarray(found.start, Math.min(found.end, found.start + mostRead)), reader);
  const { severity } = readText(text, base + found.start, reader, source);
  return record.map(() => ({ severity, ids: [] }));
}

function readText(text: string, at: number, reader: RecordReader, source: SourceRef): LineFacts {
  const place = { ...placeOf(source), line: lineNumber(1), byteStart: byteOffset(at), byteEnd: byteOffset(at) };
  const all = reader.read(text, place);
  const ids = all.flatMap(({ fields }) =>
    fields.flatMap(({ role, value, start, end }) =>
      tracedRoles.has(role) && value !== '' && text.slice(start, end) === value ? [{ id: value, start, end }] : [],
    ),
  );
  return { severity: all[0]?.record.severity ?? null, ids: ids.sort((a, b) => a.start - b.start) };
}
