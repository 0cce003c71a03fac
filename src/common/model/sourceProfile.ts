import type { FieldRole } from './fieldRole';

/** Why something was decided: a known name, the data, the user, or nothing better. */
export type Evidence = 'user' | 'name' | 'data' | 'position' | 'default';

export interface RoleBinding {
  /** Field names that carry the role, strongest first; a record takes the first that it has. */
  fields: string[];
  evidence: Evidence;
}

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
 * Where a record begins. `line`: at every line. `stamp`: only at lines that carry a stamp or another head that the
 * source's formats have, such as a bracket of pairs (the others continue the record). `json`: at each JSON value, however
 * many lines it takes, those of an outermost array one by one. `table`: at each row, whose quoted cells may hold line
 * breaks. The beginnings of the latter two cannot be told from a place within the source: it is read from its start.
 */
export type Framing = 'line' | 'stamp' | 'json' | 'table';

/** How the rows of a table are divided into cells. */
export interface TableLayout {
  separator: string;
  /** Names of the columns, in order; made up (`column7`) where the source names none. */
  columns: string[];
  /** Whether cells may stand in double quotes (RFC 4180). */
  quoted: boolean;
  /** Lines that begin with this are directives or comments, no rows. */
  comment: string | null;
  /** Whether the first row that is no comment holds the names of the columns. */
  header: boolean;
}

/** What stands around each line of the program that logged it. */
export type WrapperName = 'docker' | 'cri' | 'prefix';

/**
 * How one source is read. Decided once from a sample, overridden by the user, and shared by look-up, list, hover,
 * `detect` and `explain`.
 */
export interface SourceProfile {
  version: number;
  /** Name of the main format; a record that it does not fit is read by the next in `formats`. */
  format: string;
  formats: { name: string; share: number }[];
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  framing: Framing;
  /** `null` where the source is no table. */
  table: TableLayout | null;
  /** What a runtime or shipper put around each line; `format` and the rest are about what is inside. */
  wrapper: WrapperName | null;
  roles: Partial<Record<FieldRole, RoleBinding>>;
  timezone: { value: string; assumed: boolean };
  /** Whether a stamp beside a duration is the step's start or its end. */
  stampIs: 'start' | 'end';
  /** Name of the service where no field gives one: from the file's name. */
  service: { value: string | null; evidence: Evidence };
  idSpellings: IdSpellings;
  /** Records looked at to decide. */
  sampled: number;
}
