import type { FieldRole } from '../model/fieldRole';
import type { UserFormat } from '../model/sourceProfile';

/** What the user says of a source; always wins. */
export interface ProfileOverrides {
  format?: string;
  /** The user's own formats that may fit; `meant` for this source or for any. */
  formats?: (UserFormat & { meant: boolean })[];
  /** Field names per role, strongest first. */
  fields?: Partial<Record<FieldRole, string[]>>;
  /** The same, said of all sources: what was found stays where the sample has none of a role's fields. */
  commonFields?: Partial<Record<FieldRole, string[]>>;
  timezone?: string;
  stampIs?: 'start' | 'end';
  service?: string;
}
