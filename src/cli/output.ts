import { counted } from '../common/base/counted';
import type { Completeness, NoteDocument } from '../common/protocol/documents';
import { formatDuration } from '../common/timeline/formatDuration';
import { visibleText } from '../common/timeline/visibleText';
import type { Terminal } from './terminal';

export const printJson = (document: unknown, terminal: Terminal): void =>
  terminal.out(JSON.stringify(document, null, 2));

export const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

export const paint = (text: string, style: keyof typeof styles, { color }: Terminal): string =>
  color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;

export interface Column<Row> {
  title: string;
  of(row: Row): string;
  right?: boolean;
  /** Most characters. */
  most?: number;
}

/** A table without lines; control characters from logs become visible, and no cell breaks a line. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], terminal: Terminal): string {
  const cells = [columns.map(({ title }) => title), ...rows.map(row => columns.map(column => cell(column, row)))];
  const widths = columns.map((_, at) => Math.max(...cells.map(line => [...(line[at] ?? '')].length)));
  const lines = cells.map(line =>
    line
      .map((text, at) => pad(text, widths[at] ?? 0, columns[at]?.right ?? false))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  return [paint(head, 'dim', terminal), ...body].join('\n');
}

function cell<Row>({ of, most = 60 }: Column<Row>, row: Row): string {
  const text = [...visibleText(of(row))];
  return text.length > most ? `${text.slice(0, most - 1).join('')}…` : text.join('');
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - [...text].length));
  return right ? space + text : text + space;
}

export const noteLines = (notes: readonly NoteDocument[], terminal: Terminal): string[] =>
  notes.map(({ text }) => paint(`! ${visibleText(text)}`, 'yellow', terminal));

/** `3 sources, 1.2 GB, 41,002 lines in 320 ms`: what was looked at. */
export function searched({ sources, bytesRead, lines, elapsedMs }: Completeness): string {
  const facts = [
    sources === null ? null : counted(sources, 'source'),
    bytesRead === null ? null : formatBytes(bytesRead),
    lines === null ? null : counted(lines, 'line'),
  ].filter(fact => fact !== null);
  return `${facts.join(', ')}${elapsedMs === null ? '' : ` in ${formatDuration(elapsedMs)}`}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

function formatBytes(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${byteUnits[power]}`;
}
