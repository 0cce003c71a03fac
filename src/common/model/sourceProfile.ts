import type { FieldRole } from './fieldRole';

/**
 * Why something was decided: a known name, its place or shape in a known layout, which no name says in the log, the data,
 * a place that the data showed, another record of the source, the user, or nothing better.
 */
export type Evidence = 'user' | 'name' | 'layout' | 'data' | 'position' | 'source' | 'default';

export interface RoleBinding {
  /** Field names that carry the role, strongest first; a record takes the first that it has. */
  fields: string[];
  evidence: Evidence;
}

/** Day, month and year in a date of three numbers. `ymd` only where the year has two digits: one of four tells itself. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** Spellings that IDs have in a source: the cold look-up searches only these before it widens. */
export interface IdSpellings {
  case: 'lower' | 'upper' | 'mixed';
  dashes: 'with' | 'without' | 'mixed';
  /** Whether IDs are written as the decimal number of their low 64 bits (Datadog). */
  decimal?: boolean;
  /** Whether IDs of 16 bytes are written in base64 (protobuf's JSON). */
  base64?: boolean;
}

/**
 * Where a record begins. `line`: at every line that is not part of a stack trace. `stamp`: only at lines that carry a stamp or another head that the
 * source's formats have, such as a bracket of pairs (the others continue the record). `head`: the same in a source that
 * has no stamps, where the head is a severity or what the format begins with. `json`: at each JSON value, however
 * many lines it takes, those of an outermost array one by one. `table`: at each row, whose quoted cells may hold line
 * breaks. The beginnings of the latter two cannot be told from a place within the source: it is read from its start.
 */
export type Framing = 'line' | 'stamp' | 'head' | 'json' | 'table';

/**
 * `csv`: cells separated by any character, in double quotes where they hold it or a line break (RFC 4180). `zeek`: one
 * row per line, `\x2c` for what would separate. `w3c`: one row per line, values in quotes or with `+` for blanks (W3C
 * extended log file format; IIS, CloudFront).
 */
export type TableDialect = 'csv' | 'zeek' | 'w3c';

/**
 * The unit of work that all records of a source belong to, though not each names it: `field` of one of the first records
 * does. `file`: the source's name says it too, or alone (`field` is `file name` then); `head`: it is the only one of its kind in the source.
 */
export interface SourceGroup {
  id: string;
  field: string;
  evidence: 'file' | 'head';
}

/** How the rows of a table are divided into cells. */
export interface TableLayout {
  dialect: TableDialect;
  /** One character. */
  separator: string;
  /** Names of the columns, in order; made up (`column7`) where the source names none. */
  columns: string[];
  /**
   * Other lists of columns that the sample has further on: a row with as many cells is one of these. Lists of the same
   * length, and those behind the sample, are not told apart: their rows go by the first.
   */
  others: string[][];
  /** Whether cells may stand in double quotes (RFC 4180). */
  quoted: boolean;
  /** Lines that begin with this are directives or comments, no rows. */
  comment: string | null;
  /** Whether the first row that is no comment holds the names of the columns. */
  header: boolean;
  /** Values that stand for an empty cell. */
  empty: string[];
}

/** What stands around each line of the program that logged it. */
export type WrapperName = 'docker' | 'cri' | 'kubernetes' | 'compose' | 'heroku' | 'logcli' | 'syslog' | 'stamp';

/** A layout that the user described: a regular expression whose named groups are fields (see `formats/userFormat`). */
export interface UserFormat {
  name: string;
  pattern: string;
}

/** Nanoseconds per 1 of a field's numbers; its record's stamp is the start. */
export interface DurationUnit {
  field: string;
  nanos: number;
}

/**
 * How one source is read. Decided once from a sample, overridden by the user, and shared by look-up, list, hover,
 * `detect` and `explain`.
 */
export interface SourceProfile {
  version: number;
  /** Name of the main format; a record that it does not fit is read by the next in `formats`. */
  format: string;
  formats: { name: string; share: number }[];
  /** The user's own formats, which are tried on each record before all others. */
  userFormats: UserFormat[];
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  framing: Framing;
  /** `null` where the source is no table. */
  table: TableLayout | null;
  /** What a runtime or shipper put around each line; `format` and the rest are about what is inside. */
  wrapper: WrapperName | null;
  roles: Partial<Record<FieldRole, RoleBinding>>;
  /**
   * Zone of the stamps that name none: an IANA name or `±HH:MM`. `assumed`: some stamp names none, and not the user but
   * the source's data (`evidence: 'data'`) or nothing better (`'default'`) tells it.
   */
  timezone: { value: string; assumed: boolean; evidence: Evidence };
  /** What the numbers of dates like `02/03/2026` are, where the sample tells. */
  dateOrder?: DateOrder;
  /** Epoch milliseconds of the newest stamp of the sample that names its year, where others name none. */
  dated?: number;
  /** Column of the message, from 0, that holds a number since the epoch, in a source whose records have no other stamp. */
  stampColumn?: number;
  /** Nanoseconds per 1 of stamps that count from zero: those of spans that were made up. */
  stampUnit?: number;
  /** The unit of a duration that names none, where the sample's steps tell it. */
  durationUnit?: DurationUnit;
  /** Whether a stamp beside a duration is the step's start or its end. */
  stampIs: 'start' | 'end';
  /** Name of the service where no field gives one: from the file's name. */
  service: { value: string | null; evidence: Evidence };
  idSpellings: IdSpellings;
  /** Left out: records belong to what they name themselves. */
  sourceGroup?: SourceGroup;
  /** Records looked at to decide. */
  sampled: number;
}
