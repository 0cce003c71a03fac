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
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  /**
   * Where a record begins: at every line, or only at lines that carry a stamp or another head that the source's formats
   * have, such as a bracket of pairs (the others continue the record).
   */
  framing: 'line' | 'stamp';
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
