import type { Note } from '../../../common/model/note';
import type { ReadMark } from '../../sources/readMark';
import type { ProfiledSource } from '../scan/scanJobs';
import type { Found } from '../search/findings';
import type { SearchTarget } from '../search/membership';

/** What a look-up has found, and the number of lines of each source, `null` where they were not counted. */
export interface LookedUp {
  target: SearchTarget;
  found: Found;
  /** What the search itself had to tell. */
  notes: Note[];
  sources: { profiled: ProfiledSource; lines: number | null; isRead: boolean; mark: ReadMark }[];
}
