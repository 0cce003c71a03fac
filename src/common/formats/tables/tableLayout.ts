import type { TableLayout } from '../../model/sourceProfile';
import { knownName } from '../../profile/fieldNames';
import { TableFramer, type TableFraming } from '../../scan/tableFramer';
import { postgresColumns } from './postgresColumns';
import { cellsOf } from './tableCells';
import { columnNames, isTyped, isWholeStamp, stepColumns } from './tableColumns';
import { directiveLayout } from './tableDirectives';

/** As much of a sample as is looked at, in characters. */
const reach = 256 * 1024;
const step = 16 * 1024;
const rowsCap = 100;
/** Wider is no table of a log. */
const widest = 500;
const separators = [',', '\t', ';', '|'];

/**
 * The layout of a table, `null` where a sample is none: by its directives (Zeek, W3C), by a row of titles, or, without
 * titles, only if it is unmistakable.
 */
export function tableLayoutOf(sample: string): TableLayout | null {
  const text = sample.replace(/^\ufeff/, '').slice(0, reach);
  // Documents, and lines with a bracket at the head.
  if (/^\s*[{[<(]/.test(text)) return null;
  const isCut = sample.length > reach;
  const directives = directiveLayout(text);
  if (directives) return directives;
  const comment = /^(?:#|sep=(?=.\r?\n))/.exec(text)?.[0] ?? null;
  for (const separator of separators) {
    if (!mayBeTable(text, separator, comment)) continue;
    for (const quoted of [true, false]) {
      const layout = csvLayout(text, { dialect: 'csv', separator, quoted, comment, header: false }, isCut);
      if (layout) return layout;
    }
  }
  return null;
}

/** Whether the first line that is no comment has the separator: most logs are told from tables by this. */
const mayBeTable = (text: string, separator: string, comment: string | null): boolean =>
  text
    .split('\n', 1000)
    .find(line => line.trim() !== '' && !(comment !== null && line.startsWith(comment)))
    ?.includes(separator) ?? false;

type Rows = string[][];

function csvLayout(text: string, framing: TableFraming, isCut: boolean): TableLayout | null {
  const all = rowsOf(text, framing, isCut).map(row => ({ row, cells: cellsOf(row, framing, widest + 1) }));
  const rows = all.map(({ row, cells }) => cells.map(({ start, end }) => row.slice(start, end).replaceAll('""', '"')));
  const [titles = []] = rows;
  const layout = (columns: string[], header: boolean): TableLayout => ({
    ...framing,
    columns,
    others: [],
    header,
    empty: [],
  });
  if (titles.length < 2 || titles.length > widest) return null;
  if (areTitles(titles) && isTitled(titles, rows.slice(1))) return layout(titles, true);
  const commented = commentedTitles(text, framing);
  if (commented && isTitled(commented, rows)) return layout(commented, false);
  const known = postgresColumns(rows);
  if (known) return layout(known, false);
  const isQuoted = all.some(({ cells }) => cells.some(({ quoted }) => quoted));
  return isUnmistakable(rows, isQuoted, framing) ? layout(columnNames(rows), false) : null;
}

/** The first rows; not that one which the sample's end tears. */
function rowsOf(text: string, framing: TableFraming, isCut: boolean): string[] {
  const rows: string[] = [];
  const decoder = new TextDecoder();
  const framer = new TableFramer(framing, {}, ({ bytes }) => {
    if (rows.length < rowsCap) rows.push(decoder.decode(bytes));
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length && rows.length < rowsCap; at += step) framer.push(bytes.subarray(at, at + step));
  if (!isCut) framer.finish();
  return rows;
}

/** Titles in the last comment before the rows: `# time,level,message`. */
function commentedTitles(text: string, { comment, separator, quoted }: TableFraming): string[] | null {
  if (comment !== '#') return null;
  const line = /^(?:#.*\n)*?#[ \t]*(.*)\n(?!#)/.exec(text)?.[1]?.trimEnd();
  if (!line) return null;
  const titles = cellsOf(line, { separator, quoted }, widest + 1).map(({ start, end }) => line.slice(start, end));
  return areTitles(titles) ? titles : null;
}

const title = /^[\p{L}_@#$*][\p{L}\p{N} _.:\-@/()#%$[\]{}*+]{0,79}$/u;

/** Names, each once. The first may be missing: a row's number, as data tools write it. */
function areTitles(cells: readonly string[]): boolean {
  if (new Set(cells).size < cells.length) return false;
  return cells.every((cell, index) =>
    cell === '' ? index === 0 && cells.length > 2 : title.test(cell) && cell.split(' ').length <= 4 && !isTyped(cell),
  );
}

/** Least share of rows with as many cells as there are titles. */
const sameShare = 0.9;

/** Whether titles fit what is below them: as many cells, of other types than words or under names that are known. */
function isTitled(titles: readonly string[], rows: Rows): boolean {
  const { length } = titles;
  const share = (width: number) => rows.filter(cells => cells.length === width).length / rows.length;
  const known = titles.map(name => knownName(name)?.role ?? null).filter(role => role !== null);
  const typed = titles.some((_, index) => isTypedColumn(rows, index));
  if (share(length) >= sameShare) return length === 2 ? typed && known.length > 0 : typed || known.length >= 2;
  // A column that has no title, or separators in a message that nobody quoted.
  if (typed && known.length >= 2 && share(length + 1) >= sameShare) return true;
  return (
    known.includes('message') && known.length >= 3 && rows.length > 0 && rows.every(cells => cells.length >= length)
  );
}

function isTypedColumn(rows: Rows, index: number): boolean {
  const values = rows.map(cells => cells[index] ?? '').filter(value => value !== '' && value !== '-');
  return values.length > 0 && values.filter(isTyped).length >= sameShare * values.length;
}

const leastRows = 5;
const leastCells = 4;

/**
 * A table without titles: every row has the same number of cells, one column holds stamps, and one column points to
 * another, or cells are quoted, or most columns have a type. A fraction behind the stamp is a log's own comma.
 */
function isUnmistakable(rows: Rows, isQuoted: boolean, { separator }: TableFraming): boolean {
  const width = rows[0]?.length ?? 0;
  if (rows.length < leastRows || width < leastCells) return false;
  if (rows.some(({ length }) => length !== width)) return false;
  const columns = Array.from({ length: width }, (_, index) => index);
  const stamp = columns.find(index => rows.every(cells => isWholeStamp(cells[index] ?? '')));
  if (stamp === undefined) return false;
  if (stepColumns(rows)) return true;
  if (separator === '|') return false;
  if (!isQuoted && rows.every(cells => /^\d{3,9}\b/.test(cells[stamp + 1] ?? ''))) return false;
  return isQuoted || columns.filter(index => isTypedColumn(rows, index)).length * 2 >= width;
}
