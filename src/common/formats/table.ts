import type { TableLayout } from '../model/sourceProfile';
import type { LogFormat } from './logFormat';

/** The layout of a sample's rows, `null` where it is no table. */
export function tableLayoutOf(_sample: string): TableLayout | null {
  return null;
}

/** The rows of a table (CSV, TSV …), whose cells have the names of their columns. */
export const tableFormat = (_layout: TableLayout): LogFormat => ({ name: 'table', framing: 'line', read: () => null });
