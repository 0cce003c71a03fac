import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DetectDocument, DetectedSource, ListDocument } from '../../src/common/protocol/documents';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { withEngine } from '../node/support/logs';
import { countLines, disputes } from './disputes';

export const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus');
const expectationsFile = path.join(corpus, 'expectations.json');

export const hasCorpus = (): boolean => existsSync(expectationsFile);

/** What a file holds, counted without this program; `null` where nobody has counted. */
interface Expectation {
  path: string;
  distinctCorrelationIds: number | null;
  recordsWithCorrelationId: number | null;
}

export interface Counts {
  ids: number;
  records: number;
}

export const expectations = (): Expectation[] => JSON.parse(readFileSync(expectationsFile, 'utf8'));

/** How one file of the corpus is read with nothing configured. */
export interface FileScore {
  path: string;
  format: string | null;
  expected: Counts | null;
  /** What we hold for right where the expectation can be shown to be wrong. */
  disputed: { right: Counts; proof: string } | null;
  actual: Counts | null;
  /** How many records there are, and how many of them are in none of the source's formats. */
  read: { records: number; unparsed: number } | null;
  /** Why the file is not wholly right; `null` where it is. */
  wrong: string | null;
}

/** A file that takes longer hangs. */
const mostMs = 20_000;

/** Reads every file of the corpus on its own and compares what was found; in the order of the expectations. */
export async function scoreCorpus(): Promise<FileScore[]> {
  return withEngine([], async engine => {
    const scores: FileScore[] = [];
    for (const expectation of expectations()) scores.push(await scoreFile(engine, expectation));
    return scores;
  });
}

async function scoreFile(engine: LogEngine, expectation: Expectation): Promise<FileScore> {
  const { distinctCorrelationIds: ids, recordsWithCorrelationId: records } = expectation;
  const expected = ids === null || records === null ? null : { ids, records };
  const score: FileScore = {
    path: expectation.path,
    format: null,
    expected,
    disputed: disputeOf(expectation.path),
    actual: null,
    read: null,
    wrong: null,
  };
  try {
    await engine.setSources([{ kind: 'path', path: path.join(corpus, expectation.path) }]);
    const detected = await engine.sources({ full: true }, { signal: AbortSignal.timeout(mostMs) });
    const listed = await engine.list({}, { signal: AbortSignal.timeout(mostMs) });
    const source = detected.sources[0];
    if (!source) return { ...score, wrong: `not read: ${noteText(detected)}` };
    const actual = { ids: source.distinctCorrelationIds ?? 0, records: source.recordsWithCorrelationId ?? 0 };
    return {
      ...score,
      format: source.format,
      actual,
      read: { records: source.records ?? 0, unparsed: source.unparsed ?? 0 },
      wrong: expected && (faultOf(score.disputed?.right ?? expected, actual, source) ?? listFault(actual, listed)),
    };
  } catch (error) {
    return { ...score, wrong: `failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function disputeOf(file: string): FileScore['disputed'] {
  const dispute = disputes.find(({ path }) => path === file);
  return dispute ? { right: countLines(readCorpus(file), dispute.idOf), proof: dispute.proof } : null;
}

export const readCorpus = (file: string): string => readFileSync(path.join(corpus, file), 'utf8');

const noteText = ({ notes }: DetectDocument): string =>
  notes.map(({ text }) => text.replace(`${corpus}${path.sep}`, '')).join(' ') || 'no reason given';

function faultOf(expected: Counts, actual: Counts, { roles, records }: DetectedSource): string | null {
  if (actual.ids === expected.ids && actual.records === expected.records) return null;
  const field = roles.correlationId
    ? `the ID is taken from ${roles.correlationId.field}`
    : 'no field is taken for the ID';
  if (actual.records === 0) return `no ID found in ${records} records`;
  if (expected.records === 0) return `IDs where there are none: ${field}`;
  const ids = difference(actual.ids - expected.ids, 'IDs');
  return `${[ids, difference(actual.records - expected.records, 'records')].filter(Boolean).join(', ')}: ${field}`;
}

const difference = (by: number, what: string): string =>
  by === 0 ? '' : `${Math.abs(by)} ${by > 0 ? 'more' : 'fewer'} ${what}`;

/** The list shows what was counted: every correlation as a trace (weaker IDs may add some), every record in one. */
function listFault(actual: Counts, { traces, total, completeness }: ListDocument): string | null {
  const skipped = completeness.skippedSources[0];
  if (skipped) return `not listed: ${skipped.reason}`;
  if (total < actual.ids) return `the list has ${total} traces of ${actual.ids}`;
  const listed = traces.reduce((sum, { records }) => sum + records, 0);
  return listed < actual.records ? `the list has ${listed} records of ${actual.records}` : null;
}

/** Counts may fit by chance where most of a file is not understood: a pretty-printed object, say, read line by line. */
export const mostlyUnparsed = ({ read }: FileScore): boolean => read !== null && read.unparsed * 2 > read.records;

export interface Share {
  right: number;
  all: number;
}

/** Sums of a score; a file that nobody has counted can only fail, by not being read. */
export function tally(scores: readonly FileScore[]) {
  const share = (fits: (expected: Counts) => boolean): Share => {
    const chosen = scores.filter(({ expected }) => expected && fits(expected));
    return { right: chosen.filter(({ wrong }) => wrong === null).length, all: chosen.length };
  };
  const carrying = share(({ records }) => records > 0);
  const empty = share(({ records }) => records === 0);
  return {
    carrying,
    empty,
    byDispute: scores.filter(({ disputed, wrong }) => disputed && wrong === null).length,
    unjudged: scores.filter(({ expected, wrong }) => !expected && wrong === null).length,
    byChance: scores.filter(score => score.expected && score.wrong === null && mostlyUnparsed(score)).length,
    passed: carrying.right + empty.right,
    failed: scores.filter(({ wrong }) => wrong !== null).length,
  };
}
