import type { TableLayout } from '../../model/sourceProfile';

/** Lines in which the first directives are looked for. */
const headLines = 60;

/** The layout that a table's own directives state, `null` where it has none. */
export function directiveLayout(text: string): TableLayout | null {
  if (!text.startsWith('#')) return null;
  const lines = text.split('\n', 20_000).map(line => line.trimEnd());
  return zeekLayout(lines) ?? w3cLayout(lines);
}

/**
 * Zeek's tab-separated logs: `#separator \x09`, `#unset_field -`, `#empty_field (empty)`, `#fields ts uid …` and, at the
 * end, `#close` (Zeek documentation, "Log files").
 */
function zeekLayout(lines: readonly string[]): TableLayout | null {
  const stated = /^#separator\s+\\x([0-9a-f]{2})$/i.exec(lines[0] ?? '')?.[1];
  const separator = stated ? String.fromCharCode(Number.parseInt(stated, 16)) : '\t';
  const directive = (name: string) =>
    lines
      .slice(0, headLines)
      .find(line => line.startsWith(`#${name}${separator}`))
      ?.slice(name.length + 2);
  const [columns, ...others] = columnLists(lines, `#fields${separator}`, separator);
  if (!columns) return null;
  return {
    dialect: 'zeek',
    separator,
    columns,
    others,
    quoted: false,
    comment: '#',
    header: false,
    empty: [directive('unset_field') ?? '-', directive('empty_field') ?? '(empty)'],
  };
}

/** W3C extended log files: `#Fields: date time cs-uri-stem …`, again wherever the columns change (W3C WD-logfile). */
function w3cLayout(lines: readonly string[]): TableLayout | null {
  const isStated = lines.slice(0, headLines).some(line => /^#Fields:\s*\S/i.test(line));
  const [columns, ...others] = columnLists(lines, '#fields:', /[ \t]+/);
  if (!isStated || !columns) return null;
  const row = lines.find(line => line !== '' && !line.startsWith('#')) ?? '';
  return {
    dialect: 'w3c',
    // CloudFront separates names by blanks and values by tabs.
    separator: row.includes('\t') ? '\t' : ' ',
    columns,
    others,
    quoted: true,
    comment: '#',
    header: false,
    empty: ['-'],
  };
}

/** The lists of columns of a sample: the first, and those of other lengths. */
function columnLists(lines: readonly string[], prefix: string, separator: string | RegExp): string[][] {
  const lists: string[][] = [];
  for (const line of lines) {
    if (!line.startsWith('#') || !line.toLowerCase().startsWith(prefix)) continue;
    const columns = line.slice(prefix.length).trim().split(separator);
    if (columns.length > 1 && !lists.some(({ length }) => length === columns.length)) lists.push(columns);
  }
  return lists;
}
