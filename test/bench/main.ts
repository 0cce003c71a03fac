/**
 * The benchmark: ours against installed peers over files of gigabytes, in turns, warm. `npm run bench -- --help` tells
 * the options. What is compared is compared within one run only: times differ from machine to machine and hour to hour.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from '../host/paths';
import { run } from '../host/process';
import { environment } from './environment';
import { readOptions, usage } from './options';
import { findPeers } from './peers/peers';
import type { Question } from './question';
import { coldLookup } from './questions/coldLookup';
import { delay } from './questions/delay';
import { firstStep } from './questions/firstStep';
import { index } from './questions/index';
import { indexedTrace } from './questions/indexedTrace';
import { indexSize } from './questions/indexSize';
import { packed } from './questions/packed';
import { reopened } from './questions/reopened';
import { scaling } from './questions/scaling';
import { scattered } from './questions/scattered';
import { summaries } from './questions/summaries';
import { Report } from './report';

const questions: Record<string, Question> = {
  index,
  scattered,
  indexSize,
  indexedTrace,
  reopened,
  delay,
  coldLookup,
  firstStep,
  summaries,
  scaling,
  packed,
};

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(usage);
else await bench();

async function bench(): Promise<void> {
  const options = readOptions(args);
  const unknown = options.only?.find(name => !(name in questions));
  if (unknown !== undefined) throw new Error(`There is no question ${unknown}: ${Object.keys(questions).join(', ')}.`);
  await run('npm', ['run', 'build'], { cwd: repoRoot });
  const report = new Report();
  const peers = await findPeers();
  const before = environment(options, peers);
  console.log(before);
  const start = performance.now();
  let failed = 0;
  for (const [name, ask] of Object.entries(questions)) {
    if (options.only && !options.only.includes(name)) continue;
    try {
      await ask({ options, report, peers });
    } catch (error) {
      // The others are worth their hour all the same.
      failed++;
      report.failed(name, error instanceof Error ? error.message : String(error));
    }
  }
  const { text, missed } = report.verdicts();
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  const heading = options.quick ? '## Figures (of small files: they judge nothing)' : '## Figures';
  const verdicts = `${heading}\n\n${text}`;
  console.log(`\n${verdicts}\n\n${minutes} minutes.`);
  if (options.write) {
    const page = [
      '# Results of the benchmark',
      before,
      `The run took ${minutes} minutes.`,
      verdicts,
      '## Measurements',
      report.text,
    ];
    writeFileSync(path.join(repoRoot, 'test/bench/RESULTS.md'), `${page.join('\n\n')}\n`);
  }
  process.exitCode = (options.quick ? 0 : missed) + failed === 0 ? 0 : 1;
}
