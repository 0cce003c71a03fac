/** An index of all IDs of a file: ours against what searches for one ID, and against what reads all of them. */

import { tempDir } from '../../host/paths';
import { formatName, type LogFile, logFile, middleId } from '../data';
import type { FigureName } from '../figures';
import { buildIndex } from '../ours/contestants';
import { withEngine } from '../ours/engineProcess';
import type { Bench } from '../question';
import { type Contestant, playRounds, timesOf } from '../rounds';
import { ratio } from '../statistics';

export async function index(bench: Bench): Promise<void> {
  for (const format of ['json', 'bracketed'] as const) {
    await ofFile(bench, await logFile(format, bench.options.sizes.full));
  }
}

async function ofFile({ options, report, peers }: Bench, file: LogFile): Promise<void> {
  const { id, records } = middleId(file);
  const format = formatName[file.format];
  const ripgrep = peers.ripgrep.tool.countId(file, id, records);
  /** Who is compared with in which figure. */
  const rivals: { figure: FigureName; contestant: Contestant }[] = [];
  const { duckdb, lnav } = peers;
  const lnavFigure = file.format === 'json' ? 'lnavJson' : 'lnavText';
  if ('tool' in duckdb) {
    rivals.push({ figure: 'duckdbGroup', contestant: duckdb.tool.groupBy(file) });
    rivals.push({ figure: 'duckdbImport', contestant: duckdb.tool.importAndIndex(file) });
  } else {
    report.missing('duckdbGroup', duckdb.missing);
    report.missing('duckdbImport', duckdb.missing);
  }
  if ('tool' in lnav) rivals.push({ figure: lnavFigure, contestant: lnav.tool(file, id, records) });
  else report.missing(lnavFigure, lnav.missing);
  await withEngine([file.path], { indexFolder: tempDir('index') }, async engine => {
    const ours = buildIndex(engine, file);
    const contestants = [
      ripgrep,
      peers.ripgrep.tool.countKey(file),
      ours,
      ...rivals.map(({ contestant }) => contestant),
    ];
    const samples = await playRounds(contestants, options.rounds);
    report.contest(`Index of all IDs, ${format}`, contestants, samples, ripgrep.name);
    const times = timesOf(samples, ours.name);
    report.measured('indexTime', ratio(times, timesOf(samples, ripgrep.name)), format);
    for (const { figure, contestant } of rivals) {
      report.measured(figure, ratio(timesOf(samples, contestant.name), times), figure === lnavFigure ? '' : format);
    }
  });
}
