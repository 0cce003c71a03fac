import type { TableDialect, TableLayout } from '../../model/sourceProfile';
import { type OffsetMap, shorteningMap } from '../json/offsets';

/** One cell of a row: its raw text `[start, end)`, without the quotes around it. */
export interface Cell {
  start: number;
  end: number;
  quoted: boolean;
}

/**
 * Divides a row into its cells, at most `most` of them: the last one has the rest. A quoted cell (RFC 4180) ends at a
 * quote that is not doubled; where something else than a separator follows, the quotes are part of the text. Blanks
 * around a cell are none of it.
 */
export function cellsOf(row: string, layout: Pick<TableLayout, 'separator' | 'quoted'>, most: number): Cell[] {
  const { separator, quoted } = layout;
  const cells: Cell[] = [];
  for (let at = 0; ; ) {
    if (cells.length + 1 === most) return [...cells, trimmed(row, at, row.length, separator)];
    const cell = (quoted && quotedCell(row, at, separator)) || bareCell(row, at, separator);
    cells.push(cell);
    const end = row.indexOf(separator, cell.end);
    if (end < 0) return cells;
    at = end + 1;
  }
}

function bareCell(row: string, at: number, separator: string): Cell {
  const next = row.indexOf(separator, at);
  return trimmed(row, at, next < 0 ? row.length : next, separator);
}

function quotedCell(row: string, at: number, separator: string): Cell | null {
  const open = skipBlanks(row, at, separator);
  if (row.charAt(open) !== '"') return null;
  let close = row.indexOf('"', open + 1);
  while (close >= 0 && row.charAt(close + 1) === '"') close = row.indexOf('"', close + 2);
  if (close < 0) return null;
  const next = skipBlanks(row, close + 1, separator);
  if (next === row.length || row.charAt(next) === separator) return { start: open + 1, end: close, quoted: true };
  // What the quotes hold stays together, as the rows were cut by it.
  const end = row.indexOf(separator, next);
  return trimmed(row, open, end < 0 ? row.length : end, separator);
}

function trimmed(row: string, from: number, to: number, separator: string): Cell {
  const start = Math.min(skipBlanks(row, from, separator), to);
  let end = to;
  if (separator !== ' ') while (end > start && isBlank(row.charCodeAt(end - 1))) end--;
  return { start, end, quoted: false };
}

function skipBlanks(row: string, from: number, separator: string): number {
  let at = from;
  if (separator !== ' ') while (isBlank(row.charCodeAt(at)) && row.charAt(at) !== separator) at++;
  return at;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d;

const doubledQuote = /""/g;
/** How Zeek writes what would be read as something else (`\x2c`, `\\`). */
const zeekEscape = /\\(?:x([0-7][0-9a-fA-F])|\\)/g;
const blankSign = /\+/g;
/** Columns of prose. Elsewhere a plus may be part of an ID or a query. */
const prose = /user-agent|reason|comment/i;

/** What a cell says, from its raw text; of the same length where nothing is escaped. */
export function decodeCell(raw: string, dialect: TableDialect, column: string): string {
  if (dialect === 'zeek') {
    return raw.includes('\\')
      ? raw.replace(zeekEscape, (_, hex: string | undefined) =>
          hex ? String.fromCharCode(Number.parseInt(hex, 16)) : '\\',
        )
      : raw;
  }
  const value = raw.includes('""') ? raw.replace(doubledQuote, '"') : raw;
  return dialect === 'w3c' && value.includes('+') && prose.test(column) ? value.replace(blankSign, ' ') : value;
}

/** The way from what a cell says back to its raw text. */
export const cellMap = (raw: string, dialect: TableDialect): OffsetMap =>
  shorteningMap(raw, dialect === 'zeek' ? zeekEscape : doubledQuote);
