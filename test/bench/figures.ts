/** The figures that must be seen: one row each, as the project was set them. */

export interface Figure {
  /** Tells it from the other figures of its row; empty where it is the only one. */
  readonly name: string;
  readonly better: 'less' | 'more';
  readonly must: number;
  readonly target: number;
  readonly unit: '×' | ' ms' | ' MB' | ' MB/s' | '';
}

const less = (name: string, must: number, target: number, unit: Figure['unit']): Figure => ({
  name,
  better: 'less',
  must,
  target,
  unit,
});
const more = (name: string, must: number, target: number, unit: Figure['unit']): Figure => ({
  ...less(name, must, target, unit),
  better: 'more',
});

export const figures = {
  indexTime: less('', 4, 2.5, '×'),
  duckdbGroup: more('group-by', 1.5, 2.5, '×'),
  duckdbImport: more('import + index', 5, 10, '×'),
  lnavJson: more('JSON', 25, 50, '×'),
  lnavText: more('plain', 8, 18, '×'),
  scattered: less('', 2, 1.3, '×'),
  summaries: more('', 250, 800, ' MB/s'),
  lookup: less('in-process', 3, 1.5, '×'),
  lookupProcess: less('process', 5, 3, '×'),
  firstStep: less('', 150, 30, ' ms'),
  indexedMedian: less('p50', 2, 0.3, ' ms'),
  indexedWorst: less('p99', 10, 1, ' ms'),
  indexMemory: less('in memory', 12, 5, ' MB'),
  indexDisk: less('on disk', 12, 5, ' MB'),
  resident: less('1 GB', 120, 60, ' MB'),
  residentLarge: less('10 GB', 500, 250, ' MB'),
  reopened: less('', 200, 50, ' ms'),
  exponent: less('', 1.05, 1, ''),
  gz: more('gz', 300, 450, ' MB/s'),
  zstd: more('zstd', 300, 450, ' MB/s'),
  delay: less('', 20, 5, ' ms'),
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;

export const rows: readonly { readonly title: string; readonly figures: readonly FigureName[] }[] = [
  { title: 'ID index wall time against `rg -c ID`, 2 workers', figures: ['indexTime'] },
  { title: 'faster than DuckDB group-by / import + index', figures: ['duckdbGroup', 'duckdbImport'] },
  { title: 'faster than lnav, JSON / plain', figures: ['lnavJson', 'lnavText'] },
  { title: 'scattered against local ids', figures: ['scattered'] },
  { title: 'full summaries of every trace', figures: ['summaries'] },
  { title: 'look-up without index against `rg -c`, in-process / process', figures: ['lookup', 'lookupProcess'] },
  { title: 'time to first step, hit in the first tenth', figures: ['firstStep'] },
  { title: 'indexed trace, p50 / p99', figures: ['indexedMedian', 'indexedWorst'] },
  { title: 'index bytes per million lines, in memory / on disk', figures: ['indexMemory', 'indexDisk'] },
  { title: 'resident memory over idle while indexing 1 GB / 10 GB', figures: ['resident', 'residentLarge'] },
  { title: 'known 1 GB folder opened again', figures: ['reopened'] },
  { title: 'scaling exponent', figures: ['exponent'] },
  { title: 'gz, decompressed (zstd likewise where Node has it)', figures: ['gz', 'zstd'] },
  { title: 'event-loop delay p99 on the extension host while indexing', figures: ['delay'] },
];

export type Verdict = 'target met' | 'must met' | 'MISSED' | 'not measured';

/** From the best to the worst; a row is as good as its worst figure, and what was not measured is never good. */
const verdicts: readonly Verdict[] = ['target met', 'must met', 'not measured', 'MISSED'];

export function verdictOf({ better, must, target }: Figure, value: number): Verdict {
  const reaches = (limit: number) => (better === 'less' ? value <= limit : value >= limit);
  if (Number.isNaN(value)) return 'not measured';
  if (reaches(target)) return 'target met';
  return reaches(must) ? 'must met' : 'MISSED';
}

export const worstOf = (all: readonly Verdict[]): Verdict =>
  all.toSorted((a, b) => verdicts.indexOf(b) - verdicts.indexOf(a))[0] ?? 'not measured';
