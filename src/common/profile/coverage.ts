import type { FieldRole } from '../model/fieldRole';
import type { LogRecord } from '../model/logRecord';
import type { CoverageDocument } from '../protocol/documents';

/** What a timeline is made from, and whether a record has it. */
const covered = {
  correlationId: ({ correlationIds }) => correlationIds.length > 0,
  stepId: ({ stepId }) => stepId !== null,
  previousStepId: ({ previous }) => previous.length > 0,
  stepType: ({ stepType }) => stepType !== null,
  timestamp: ({ time }) => time !== null,
  severity: ({ severity }) => severity !== null,
  duration: ({ duration }) => duration !== null,
  userId: ({ userId }) => userId !== null,
  sessionId: ({ sessionId }) => sessionId !== null,
  entityId: ({ entityId }) => entityId !== null,
  organizationId: ({ organizationId }) => organizationId !== null,
} satisfies Partial<Record<FieldRole, (record: LogRecord) => boolean>>;

export type CoveredRole = keyof typeof covered;
const coveredRoles = Object.keys(covered) as CoveredRole[];
const tests = Object.values(covered);

/** Services that are told apart; what comes after them counts as without one. */
const mostServices = 500;

/** Counts, per service, the records that have each role. */
export class Coverage {
  private readonly services = new Map<string | null, { records: number; counts: number[] }>();

  add(record: LogRecord): void {
    const row = this.rowOf(record.service);
    row.records++;
    for (let at = 0; at < tests.length; at++) if (tests[at]?.(record)) row.counts[at] = (row.counts[at] ?? 0) + 1;
  }

  /** Adds what was counted elsewhere. */
  merge(rows: readonly CoverageDocument[]): void {
    for (const { service, records, with: counts } of rows) {
      const row = this.rowOf(service);
      row.records += records;
      for (const [at, role] of coveredRoles.entries()) row.counts[at] = (row.counts[at] ?? 0) + (counts[role] ?? 0);
    }
  }

  /** Services with most records first. */
  rows(): CoverageDocument[] {
    return [...this.services]
      .map(([service, { records, counts }]) => ({
        service,
        records,
        with: Object.fromEntries(coveredRoles.flatMap((role, at) => (counts[at] ? [[role, counts[at]] as const] : []))),
      }))
      .sort((a, b) => b.records - a.records);
  }

  private rowOf(service: string | null): { records: number; counts: number[] } {
    const known = this.services.get(service);
    if (known) return known;
    if (service !== null && this.services.size >= mostServices) return this.rowOf(null);
    const row = { records: 0, counts: coveredRoles.map(() => 0) };
    this.services.set(service, row);
    return row;
  }
}

/** What one service's logs lack. */
export interface CoverageAdvice {
  service: string | null;
  records: number;
  /** From 0 to 1: what its records have of the roles that matter here. */
  shares: { role: CoveredRole; share: number }[];
  /** Roles to log, with what doing so brings: `its steps`. */
  missing: { role: CoveredRole; brings: string }[];
}

/** What a role brings to a timeline, in the order in which it matters. */
const brings: Partial<Record<CoveredRole, string>> = {
  correlationId: 'all its records in their traces',
  timestamp: 'when they happened',
  stepId: 'its steps',
  previousStepId: 'what came before each step',
  userId: 'who asked',
  sessionId: 'which session it was',
  entityId: 'what it was about',
  organizationId: 'whose it was',
};

/** Below this share of records with an ID or a stamp something is wrong with the logging. */
const wanted = 0.9;
/** At least this share of a service's records has a role where it counts as logged there. */
const logged = 0.02;
/** Fewer records say nothing of what a service logs. */
const fewest = 5;

/**
 * What services should log: a correlation ID or a stamp where a notable share is without one, and what others log but
 * they do not. `coverage`: the rows of all sources. Services that miss nothing are left out.
 */
export function coverageAdvice(coverage: readonly CoverageDocument[]): CoverageAdvice[] {
  const all = new Coverage();
  all.merge(coverage);
  const rows = all.rows();
  const shareOf = ({ records, with: counts }: CoverageDocument, role: CoveredRole) => (counts[role] ?? 0) / records;
  const somewhere = new Set(
    coveredRoles.filter(role =>
      rows.some(row => shareOf(row, role) >= (role === 'correlationId' ? Number.MIN_VALUE : logged)),
    ),
  );
  // Logs without a single ID are logs of something else.
  if (!somewhere.has('correlationId')) return [];
  const entry = entryOf(rows, shareOf);
  return rows.flatMap(row => {
    if (row.records < fewest) return [];
    const missing = (Object.keys(brings) as CoveredRole[]).flatMap(role => {
      if (role === 'previousStepId' && row === entry) return [];
      const share = shareOf(row, role);
      const isMissing = role === 'correlationId' || role === 'timestamp' ? share < wanted : share < logged;
      const text = brings[role];
      return isMissing && text && somewhere.has(role) ? [{ role, brings: text }] : [];
    });
    if (missing.length === 0) return [];
    const roles = new Set<CoveredRole>(['correlationId', ...missing.map(({ role }) => role)]);
    const shares = [...roles].map(role => ({ role, share: shareOf(row, role) }));
    return [{ service: row.service, records: row.records, shares, missing }];
  });
}

/**
 * The service that requests come in by, where only one can be: its steps have nothing before them in the logs, while those
 * of all others that log steps do.
 */
function entryOf(
  rows: readonly CoverageDocument[],
  shareOf: (row: CoverageDocument, role: CoveredRole) => number,
): CoverageDocument | null {
  const [first, ...others] = rows.filter(
    row => shareOf(row, 'stepId') >= logged && shareOf(row, 'previousStepId') < logged,
  );
  return first && others.length === 0 ? first : null;
}

/** `Worker2: correlationId 98 %, stepId 0 %: log stepId there to see its steps` */
export function coverageText({ service, shares, missing }: CoverageAdvice): string {
  const facts = shares.map(({ role, share }) => `${role} ${percent(share)}`).join(', ');
  const [first] = missing;
  const advice = missing.map(({ role }) => role).join(', ');
  const seen = missing.length === 1 && first ? ` to see ${first.brings}` : '';
  return `${service ?? 'without a service'}: ${facts}: log ${advice} there${seen}`;
}

/** Never 0 % or 100 % of what is not none or all. */
function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (share > 0 && rounded === 0) return '< 1 %';
  return `${share < 1 && rounded === 100 ? 99 : rounded} %`;
}
