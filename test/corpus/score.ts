/** `npm run corpus`: how every file of the corpus is read with nothing configured, against what was counted by hand. */
import { type Column, table } from '../../src/cli/output';
import { processTerminal } from '../../src/cli/terminal';
import { corpus, type FileScore, hasCorpus, mostlyUnparsed, scoreCorpus, tally } from './scoreCorpus';

const terminal = processTerminal();

if (!hasCorpus()) terminal.out(`There is no corpus in ${corpus}.`);
const scores = hasCorpus() ? await scoreCorpus() : [];

const columns: Column<FileScore>[] = [
  { title: 'file', of: ({ path }) => path },
  { title: 'format', of: ({ format }) => format ?? '—' },
  { title: 'IDs', of: ({ expected, actual }) => pair(expected?.ids, actual?.ids), right: true },
  { title: 'records with one', of: ({ expected, actual }) => pair(expected?.records, actual?.records), right: true },
  {
    title: 'held for right',
    of: ({ disputed }) => (disputed ? `${disputed.right.ids}/${disputed.right.records}` : ''),
  },
  { title: 'read as expected', of: verdict, most: 160 },
];

function pair(expected: number | undefined, actual: number | undefined): string {
  return `${expected ?? '?'}/${actual ?? '—'}`;
}

function verdict(score: FileScore): string {
  if (score.wrong !== null) return score.wrong;
  if (!score.expected) return 'not judged';
  if (score.disputed) return `ok by proof: ${score.disputed.proof}`;
  return score.read && mostlyUnparsed(score)
    ? `ok, but ${score.read.unparsed} of ${score.read.records} records unparsed`
    : 'ok';
}

const { carrying, empty, byDispute, byChance, unjudged, passed, failed } = tally(scores);
if (scores.length > 0) terminal.out(`Pairs of numbers are expected/actual.\n${table(scores, columns, terminal)}\n`);
terminal.out(`files that carry IDs: ${carrying.right} of ${carrying.all} right`);
terminal.out(`files without IDs: ${empty.right} of ${empty.all} right`);
if (byDispute > 0) terminal.out(`of these by proof that the expectation is wrong: ${byDispute}`);
if (byChance > 0) terminal.out(`right though most of their records are unparsed: ${byChance}`);
if (unjudged > 0) terminal.out(`not judged, as nobody has counted: ${unjudged}`);
terminal.out(`${passed} passed, ${failed} failed`);
