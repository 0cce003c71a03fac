import type { Field } from '../../model/fieldRole';
import type { TableLayout } from '../../model/sourceProfile';
import { knownName } from '../../profile/fieldNames';
import { type Content, type Holder, withInside } from '../inside';
import { readJson } from '../json/json';
import { keyCap } from '../json/jsonTokens';
import type { LogFormat } from '../logFormat';
import { prefixedIds } from '../text/prefixedIds';
import { type Cell, cellMap, cellsOf, decodeCell } from './tableCells';

/**
 * The rows of a table (CSV, TSV, Zeek, W3C …): its cells have the names of their columns, those beyond the last column
 * are `column12` and so on; empty cells are left out. A cell that holds another log's line is read further, and its
 * fields stand first. A row without any separator is no row of the table.
 */
export function tableFormat(layout: TableLayout): LogFormat {
  const holder: Holder = {
    contentOf,
    decode: raw => ({ value: decodeCell(raw, layout.dialect, ''), map: cellMap(raw, layout.dialect) }),
  };
  const empty = new Set(layout.empty);
  return {
    name: 'table',
    framing: 'line',
    read(text) {
      const cells = cellsOf(text, layout, keyCap);
      if (cells.length < 2 && layout.columns.length > 1) return null;
      const columns = columnsFor(cells, layout);
      const fields: Field[] = [];
      for (const [index, { start, end, quoted }] of withoutTornMessage(cells, columns, layout).entries()) {
        const name = columns[index] || madeUpName(index);
        const raw = text.slice(start, end);
        if (raw === '' || (!quoted && empty.has(raw))) continue;
        const value = quoted || layout.dialect !== 'csv' ? decodeCell(raw, layout.dialect, name) : raw;
        fields.push({ name, value, start, end });
      }
      fields.push(...fields.flatMap(requestIn));
      return withInside(text, fields, holder, 0, readJson);
    },
  };
}

/** The name of a column that has none, by its place from 0. */
export const madeUpName = (index: number): string => `column${index + 1}`;

const columnsFor = ({ length }: readonly Cell[], { columns, others }: TableLayout): readonly string[] =>
  length === columns.length ? columns : (others.find(other => other.length === length) ?? columns);

/** A message that comes last and is not quoted, though it holds the separator, is one cell all the same. */
function withoutTornMessage(cells: Cell[], columns: readonly string[], { dialect }: TableLayout): Cell[] {
  const last = columns.length - 1;
  const [torn, end] = [cells[last], cells.at(-1)];
  if (dialect !== 'csv' || !torn || !end || cells.length === columns.length || torn.quoted) return cells;
  if (knownName(columns[last] ?? '')?.role !== 'message') return cells;
  return [...cells.slice(0, last), { start: torn.start, end: end.quoted ? end.end + 1 : end.end, quoted: false }];
}

/** A request's ID that says itself what it is, in a cell whose title does not (`req-<uuid> <user> <project> - - -`). */
function requestIn({ name, value, start }: Field): Field[] {
  if (!longRequest.test(value) || knownName(name)) return [];
  return prefixedIds(value, start) ?? [];
}
const longRequest = /^(?:req|request|trace|corr|correlation)[-_:#](?=[^\s]*\d)[0-9a-f-]{16,36}(?:\s|$)/i;

/** Columns for the line that a program wrote. */
const line =
  /^(?:_?raw|(?:raw|full|original)?_?(?:log|line)|log_?line|raw_?(?:message|event|text)|event\.original|textpayload)$/i;
/** Columns for a message, which may be the whole line. */
const text = /^(?:.*[._])?@?(?:message|msg|body|content|text|event|description)$/i;
/** Columns for the payload of a step, which says nothing of the record. */
const payload = /(?:input|output|arguments|args)$/i;

function contentOf({ name, value }: Field): Content | null {
  if (line.test(name)) return 'line';
  if (text.test(name)) return 'text';
  return value.startsWith('{"') && !payload.test(name) ? 'object' : null;
}
