import { severityOfWord } from '../../profile/severity';
import { isWholeStamp } from './tableColumns';

/**
 * The columns of PostgreSQL's `log_destination = csvlog`, which writes no titles. Older versions have the first 22 to 24
 * of them (documentation of PostgreSQL, "Using CSV-Format Log Output").
 */
const columns = (
  'log_time user_name database_name process_id connection_from session_id session_line_num command_tag ' +
  'session_start_time virtual_transaction_id transaction_id error_severity sql_state_code message detail hint ' +
  'internal_query internal_query_pos context query query_pos location application_name backend_type leader_pid query_id'
).split(' ');

const sessionId = /^[0-9a-f]{6,}\.[0-9a-f]+$/;

/** The titles of rows that PostgreSQL wrote, `null` if it did not: by the width and what stands at fixed places. */
export function postgresColumns(rows: readonly string[][]): string[] | null {
  const width = rows[0]?.length ?? 0;
  if (width < 22 || width > columns.length) return null;
  const fits = rows.every(
    cells =>
      cells.length === width &&
      isWholeStamp(cells[0] ?? '') &&
      sessionId.test(cells[5] ?? '') &&
      isWholeStamp(cells[8] ?? '') &&
      /^[A-Z]+\d?$/.test(cells[11] ?? '') &&
      (severityOfWord(cells[11] ?? '') !== null || cells[11] === 'LOG'),
  );
  return fits ? columns.slice(0, width) : null;
}
