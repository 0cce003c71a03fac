import type { LinkEvidence, LinkMeaning } from '../model/trace';
import type { TimelineRow } from './timelineRow';

/** A step that another one leads to or from, as a person calls it. */
export interface LinkedStep {
  key: string;
  /** `null` where it is in no row. */
  number: string | null;
  label: string;
  meaning: LinkMeaning;
  evidence: LinkEvidence;
}

export interface StepLinks {
  previous: LinkedStep[];
  next: LinkedStep[];
  /** How many next steps there are; the first of them are listed. */
  nextCount: number;
}

/** A fan-out may have tens of thousands. */
const mostListed = 1_000;

/** @returns nothing where the rows have no such step */
export function stepLinks(rows: readonly TimelineRow[], key: string): StepLinks {
  const at = rows.findIndex(row => row.key === key);
  const links: StepLinks = { previous: [], next: [], nextCount: 0 };
  for (const { key, row, meaning, evidence } of rows[at]?.previous ?? []) {
    const { number, label } = rows[row ?? -1] ?? { number: null, label: key };
    links.previous.push({ key, number, label, meaning, evidence });
  }
  for (const { key, number, label, previous } of at === -1 ? [] : rows) {
    const link = previous.find(({ row }) => row === at);
    if (!link) continue;
    links.nextCount++;
    if (links.next.length < mostListed)
      links.next.push({ key, number, label, meaning: link.meaning, evidence: link.evidence });
  }
  return links;
}
