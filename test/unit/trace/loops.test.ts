import assert from 'node:assert/strict';
import { traceDocument } from '../../../src/common/export/traceDocument';
import { traceTree } from '../../../src/common/export/traceTree';
import { nothingCounted } from '../../../src/common/protocol/completeness';
import { timelineRows } from '../../../src/common/timeline/timelineRows';
import { loopsOf } from '../../../src/common/trace/loops';
import { type Line, pair, traceOf } from './traceOf';

type Piece = [stepId: string, stepType: string, rest?: Line];

/** Steps in series, each 10 ms long and 5 ms after the one before. */
const series = (...pieces: Piece[]): Line[] =>
  pieces.flatMap(([stepId, stepType, rest], at) => {
    const previous = at === 0 ? [] : [pieces[at - 1]![0]];
    return pair(stepId, at * 15, at * 15 + 10, { stepType, previous, ...rest });
  });

const loops = (lines: Line[]) =>
  loopsOf(traceOf(lines)).map(({ pattern, rounds }) => [pattern.join(' → '), rounds.map(round => round.join())]);

const agent = series(
  ['c', 'Context Management'],
  ['l1', 'LLM Inference'],
  ['t1', 'Tool: search'],
  ['l2', 'LLM Inference'],
  ['t2', 'Tool: fetch'],
  ['l3', 'LLM Inference'],
  ['t3', 'Tool: search'],
  ['r', 'Result'],
);

describe('loops', () => {
  it('are the rounds of an agent, whichever tool each calls', () => {
    assert.deepEqual(loops(agent), [['LLM Inference → tool', ['l1,t1', 'l2,t2', 'l3,t3']]]);
  });

  it('are one tool called again and again, but not different tools', () => {
    const calls = (names: string[]) => series(...names.map((name, at): Piece => [`t${at}`, `Tool: ${name}`]));
    assert.deepEqual(loops(calls(['a', 'a', 'a', 'a', 'a'])), [['Tool: a', ['t0', 't1', 't2', 't3', 't4']]]);
    assert.deepEqual(loops(calls(['a', 'b', 'c', 'd', 'e'])), []);
    assert.deepEqual(loops(calls(['a', 'b', 'a', 'b'])), [['Tool: a → Tool: b', ['t0,t1', 't2,t3']]]);
  });

  it('are pages and items that are counted up', () => {
    const pages = series(['p1', 'Fetch page 1'], ['p2', 'Fetch page 2'], ['p3', 'Fetch page 13']);
    assert.deepEqual(loops(pages), [['Fetch page #', ['p1', 'p2', 'p3']]]);
  });

  it('are not two alike beside each other, nor a series without a repetition', () => {
    assert.deepEqual(loops(series(['a', 'Context'], ['b', 'Context'], ['c', 'Result'])), []);
    assert.deepEqual(loops(series(['a', 'Validate'], ['b', 'Charge'], ['c', 'Ship'], ['d', 'Notify'])), []);
  });

  it('are calls at the same time too, and this is said', () => {
    const branches = [1, 2, 3, 4].flatMap(at =>
      pair(`b${at}`, 20, 40 + at, { stepType: 'Tool: search', previous: ['a'], service: `W${at}` }),
    );
    const [loop] = loopsOf(traceOf([...pair('a', 0, 10), ...branches]));
    assert.deepEqual([loop!.rounds.length, loop!.parallel, loop!.span, loop!.total], [4, true, 24e6, 90e6]);
  });

  it('stand inside the step that goes round, each round with all below it', () => {
    const inside = (id: string): Line => ({ previous: [id], meaning: 'encloses' });
    const lines: Line[] = pair('a', 0, 100, { stepType: 'Agent run', service: 'Agent' });
    for (const at of [0, 1, 2]) {
      lines.push(
        ...pair(`l${at}`, at * 30 + 1, at * 30 + 10, { stepType: 'LLM', service: 'Model', ...inside('a') }),
        ...pair(`t${at}`, at * 30 + 12, at * 30 + 25, { stepType: 'Tool: search', service: 'Tools', ...inside('a') }),
        // The rounds differ in what stands inside them.
        ...Array.from({ length: at }, (_, n) =>
          pair(`q${at}${n}`, at * 30 + 14 + n, at * 30 + 15 + n, {
            stepType: `Query ${'xyz'[n]}`,
            service: 'Store',
            ...inside(`t${at}`),
          }),
        ).flat(),
      );
    }
    assert.deepEqual(loops(lines), [['LLM → Tool: search', ['l0,t0', 'l1,t1', 'l2,t2']]]);
    const [loop] = loopsOf(traceOf(lines));
    assert.deepEqual([loop!.min, loop!.max, loop!.total, loop!.span, loop!.parallel], [24e6, 24e6, 72e6, 84e6, false]);
  });

  it('say of how many rounds the times are known', () => {
    const lines = series(['a', 'Poll'], ['b', 'Poll'], ['c', 'Poll']).map(line =>
      line.stepId === 'b' ? { ...line, at: null } : line,
    );
    const [loop] = loopsOf(traceOf(lines));
    assert.deepEqual([loop!.rounds.length, loop!.measured, loop!.total], [3, 2, 20e6]);
    const [untimed] = loopsOf(traceOf(lines.map(line => ({ ...line, at: null }))));
    assert.deepEqual([untimed!.measured, untimed!.total, untimed!.span], [0, null, null]);
  });

  it('hide nothing: every step keeps its row, the rounds are marked', () => {
    const rows = timelineRows(traceOf(agent));
    assert.deepEqual(
      rows.map(({ key, loop }) => [key, loop && `${loop.round}/${loop.of}`]),
      [
        ['c', null],
        ['l1', '1/3'],
        ['t1', null],
        ['l2', '2/3'],
        ['t2', null],
        ['l3', '3/3'],
        ['t3', null],
        ['r', null],
      ],
    );
    assert.equal(rows[1]!.loop?.text, '×3: LLM Inference → tool, 75 ms in all, 25 ms each');
    const document = traceDocument(traceOf(agent), nothingCounted);
    assert.deepEqual(document.loops, [
      {
        pattern: ['LLM Inference', 'tool'],
        count: 3,
        rounds: [
          ['l1', 't1'],
          ['l2', 't2'],
          ['l3', 't3'],
        ],
        measured: 3,
        parallel: false,
        spanMs: 85,
        totalMs: 75,
        minMs: 25,
        maxMs: 25,
      },
    ]);
    const tree = traceTree(document, { width: 120, color: false });
    assert.match(tree, /^Step 2 {2}LLM Inference ↻×3 /m);
    assert.match(tree, /^Step 4 {2}LLM Inference ↻2\/3 /m);
    assert.match(tree, /^↻ Step 2 ×3: LLM Inference → tool, 75 ms in all, 25 ms each$/m);
  });

  it('are found in 100,000 rows without comparing each with each', () => {
    const steps = (nameOf: (at: number) => string) =>
      Array.from({ length: 100_000 }, (_, at) => ({
        key: `s${at}`,
        stepId: `s${at}`,
        stepType: nameOf(at),
        kind: 'work',
        depth: 0,
        start: null,
        end: null,
        records: [],
      }));
    const found = (nameOf: (at: number) => string) =>
      loopsOf({ steps: steps(nameOf), records: [] } as unknown as Parameters<typeof loopsOf>[0]).map(
        ({ rounds }) => rounds.length,
      );
    assert.deepEqual(
      found(() => 'Poll'),
      [100_000],
    );
    assert.deepEqual(
      found(at => 'abcdefghij'[at % 10]!),
      [10_000],
    );
    const letters = (at: number) =>
      String.fromCharCode(...[at % 26, (at / 26) % 26, (at / 676) % 26, at / 17_576].map(n => 97 + Math.floor(n)));
    assert.deepEqual(found(letters), []);
  });
});
