import assert from 'node:assert/strict';
import type { StepKind } from '../../src/common/model/trace';
import { plumbingRows, plumbingRuns } from '../../src/common/timeline/agentLens';
import { type Arrangement, allShown, entryKinds, entryOf } from '../../src/common/timeline/arrangement';
import { FoldableRows } from '../../src/common/timeline/foldableRows';
import { rowFold, thinned } from '../../src/common/timeline/rowFold';
import { rowTree } from '../../src/common/timeline/rowTree';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { makeRows, randomRows } from './timelineRowsOf';

/** `llm 0, work 1`: kinds and depths. */
const rowsOf = (text: string): TimelineRow[] =>
  makeRows(
    text.split(', ').map((part, at) => {
      const [kind, depth] = part.split(' ');
      return { kind: kind as StepKind, depth: Number(depth), startMs: at * 10, endMs: at * 10 + 10 };
    }),
  );

const shown = (rows: TimelineRow[], arrangement: Partial<Arrangement>): string[] => {
  const { starts, ends, kinds } = new FoldableRows(rows).arrange({ ...allShown, ...arrangement }, null);
  return [...starts].map((start, place) => `${'=-+'[kinds[place]!]}${start}..${ends[place]}`);
};

describe('Rows that hang below each other', () => {
  it('are a tree of their order and depth, whatever the depths are', () => {
    const { parent, end, sibling, siblings } = rowTree([0, 1, 3, 3, 1, 0]);
    assert.deepEqual([...parent], [-1, 0, 1, 1, 0, -1]);
    assert.deepEqual([...end], [5, 4, 3, 4, 5, 6]);
    assert.deepEqual([...sibling], [1, 1, 1, 2, 2, 2]);
    assert.deepEqual([...siblings], [2, 2, 2, 2, 2, 2]);
  });

  it('may be a chain of 100,000', () => {
    const { parent, end } = rowTree(Array.from({ length: 100_000 }, (_, depth) => depth));
    assert.deepEqual([parent[99_999], end[0]], [99_998, 100_000]);
  });
});

describe('The agent lens', () => {
  const runs = (text: string) => {
    const rows = rowsOf(text);
    return plumbingRuns(rows, rowTree(rows.map(({ depth }) => depth))).map(({ from, to }) => [from, to]);
  };

  it('folds what stands between the steps of an agent, with all that hangs below it', () => {
    assert.deepEqual(runs('work 0, work 0, plumbing 1, llm 0, work 0, tool 0, context 0, observability 0'), [
      [0, 3],
      [6, 8],
    ]);
  });

  it('folds no row that an agent’s step hangs below, and no two levels into one', () => {
    assert.deepEqual(runs('work 0, work 1, work 1, llm 1, work 1, work 0, work 0'), [
      [1, 3],
      [5, 7],
    ]);
  });

  it('has nothing to offer where there is no agent', () => {
    assert.equal(plumbingRows(rowsOf('work 0, work 0, plumbing 0')), 0);
    assert.equal(plumbingRows(rowsOf('work 0, work 0, llm 0')), 2);
  });
});

describe('An arrangement of rows', () => {
  const tree = rowsOf('agent 0, work 1, work 2, llm 1, tool 0, work 1, work 1, llm 0');

  it('hides what hangs below rows that are closed: one by one, or from a level on', () => {
    assert.deepEqual(shown(tree, { closed: ['r1'] }), ['=0..1', '=1..3', '=3..4', '=4..5', '=5..6', '=6..7', '=7..8']);
    assert.deepEqual(shown(tree, { level: 0 }), ['=0..4', '=4..7', '=7..8']);
    assert.deepEqual(shown(tree, { level: 0, opened: ['r0'] }), ['=0..1', '=1..3', '=3..4', '=4..7', '=7..8']);
    assert.deepEqual(shown(tree, { level: 1 }), ['=0..1', '=1..3', '=3..4', '=4..5', '=5..6', '=6..7', '=7..8']);
  });

  it('folds plumbing by the lens; a run that is open keeps an entry, which stands for no row', () => {
    assert.deepEqual(shown(tree, { lens: true }), ['=0..1', '-1..3', '=3..4', '=4..5', '-5..7', '=7..8']);
    assert.deepEqual(shown(tree, { lens: true, openRuns: ['r5'] }).slice(4), ['-5..5', '+5..6', '+6..7', '=7..8']);
    assert.deepEqual(shown(tree, { lens: true, level: 0 }), ['=0..4', '=4..7', '=7..8']);
  });

  it('opens what hides a row, and no more', () => {
    const rows = new FoldableRows(tree);
    const { arrangement, starts, ends } = rows.arrange({ ...allShown, lens: true, level: 0 }, 2);
    assert.deepEqual(arrangement, { lens: true, level: 0, closed: [], opened: ['r1', 'r0'], openRuns: ['r1'] });
    assert.ok([...starts].some((start, place) => start === 2 && ends[place] === 3));
    assert.equal([...starts].includes(5), false, 'what is not above it stays closed');
  });

  it('puts the rows of an open run below its entry', () => {
    const foldable = new FoldableRows(tree);
    const rows = foldable.pick(foldable.arrange({ ...allShown, lens: true, openRuns: ['r1'] }, null));
    assert.deepEqual(
      rows.slice(0, 4).map(({ depth, sibling, siblings, fold }) => [depth, sibling, siblings, fold?.open ?? null]),
      [
        [0, 1, 3, null],
        [1, 1, 2, true],
        [2, 1, 1, null],
        [3, 1, 1, null],
      ],
    );
  });
});

describe('However rows are folded', () => {
  const cases = Array.from({ length: 300 }, (_, seed) => randomRows(seed));

  it('each is shown, or counted in one entry', () => {
    for (const { rows, arrangement } of cases) {
      const entries = new FoldableRows(rows).arrange(arrangement, null);
      const seen = new Uint8Array(rows.length);
      for (const [place, start] of entries.starts.entries()) {
        for (let row = start; row < entries.ends[place]!; row++) seen[row]!++;
      }
      assert.ok(seen.every(count => count === 1));
      for (const row of rows.keys()) {
        const place = entryOf(entries, row)!;
        assert.ok(entries.starts[place]! <= row && row < entries.ends[place]!);
        if (entries.starts[place] === row && entries.ends[place] === row + 1)
          assert.notEqual(entries.kinds[place], entryKinds.run);
      }
    }
  });

  it('no step, error or stretch of the critical path is lost', () => {
    for (const { rows, arrangement } of cases) {
      const foldable = new FoldableRows(rows);
      const entries = foldable.arrange(arrangement, null);
      const picked = foldable.pick(entries);
      assert.equal(picked.length, entries.starts.length);
      const closed = picked.filter(({ fold }) => !fold?.open);
      const sum = (of: (row: TimelineRow) => number) => closed.reduce((total, row) => total + of(row), 0);
      const own = (row: TimelineRow) => (row.fold?.kind === 'run' ? 0 : 1);
      assert.equal(
        sum(row => own(row) + (row.fold?.rows ?? 0)),
        rows.length,
      );
      const errors = (row: TimelineRow) => (row.errors === 0 && row.status === 'failed' ? 1 : row.errors);
      assert.equal(
        sum(row => own(row) * errors(row) + (row.fold?.errors ?? 0)),
        rows.reduce((total, row) => total + errors(row), 0),
      );
      for (const [index, row] of rows.entries()) {
        const holder = picked[entryOf(entries, index)!]!;
        for (const { startMs, endMs } of row.path) {
          if (startMs === endMs) continue;
          const all = [...holder.path, ...(holder.fold?.path ?? [])];
          assert.ok(all.some(stretch => stretch.startMs <= startMs && stretch.endMs >= endMs));
        }
        if (errors(row) > 0 && row.startMs !== null && holder.key !== row.key)
          assert.ok(holder.fold!.errorsMs.length > 0);
      }
    }
  });

  it('what is looked for can be opened', () => {
    for (const { rows, arrangement } of cases) {
      const foldable = new FoldableRows(rows);
      const row = rows.length >> 1;
      const entries = foldable.arrange(arrangement, row);
      const place = entryOf(entries, row)!;
      assert.equal(entries.starts[place], row);
      assert.notEqual(entries.kinds[place], entryKinds.run);
      assert.deepEqual(foldable.arrange(entries.arrangement, row).arrangement, entries.arrangement, 'and stays so');
    }
  });
});

describe('What is folded', () => {
  it('takes the time in which any of it was at work', () => {
    const rows = makeRows([
      { startMs: 0, endMs: 100 },
      { startMs: 50, endMs: 120 },
      { startMs: 400, endMs: 500 },
      { startMs: null, endMs: null },
    ]);
    const { startMs, endMs, busyMs, untimed, rows: count } = rowFold('run', false, rows);
    assert.deepEqual(
      { startMs, endMs, busyMs, untimed, count },
      { startMs: 0, endMs: 500, busyMs: 220, untimed: 1, count: 4 },
    );
  });

  it('tells since when any of it still runs', () => {
    const rows = makeRows([
      { startMs: 0, endMs: 100 },
      { startMs: 50, endMs: 80, status: 'running' },
      { startMs: 40, endMs: null, status: 'running' },
      { startMs: null, endMs: null, status: 'running' },
    ]);
    const { running, runningFromMs } = rowFold('below', false, rows);
    assert.deepEqual([running, runningFromMs], [3, 40]);
    assert.deepEqual(rowFold('below', false, rows.slice(0, 1)).runningFromMs, null);
  });

  it('leads to what its steps follow outside of it', () => {
    const rows = rowsOf('llm 0, work 0, work 0, llm 0');
    for (const [row, to] of [
      [1, 0],
      [2, 1],
    ] as const) {
      rows[row]!.previous = [{ key: `r${to}`, row: to, meaning: 'follows', evidence: 'stated' }];
    }
    const foldable = new FoldableRows(rows);
    const [, run] = foldable.pick(foldable.arrange({ ...allShown, lens: true }, null));
    assert.deepEqual(
      run!.previous.map(({ row }) => row),
      [0],
    );
    assert.deepEqual([run!.number, run!.fold?.kind, run!.fold?.rows], ['2 – 3', 'run', 2]);
  });

  it('is drawn by as much as can be drawn', () => {
    assert.deepEqual(thinned([5, 3, 9], 3), [3, 5, 9]);
    const many = thinned(
      Array.from({ length: 10_000 }, (_, ms) => ms),
      100,
    );
    assert.equal(many.length, 100);
    assert.equal(many[0], 0);
    assert.ok(many.every((ms, at) => at === 0 || ms - many[at - 1]! <= 100));
  });

  it('is found out in a moment for 100,000 steps', () => {
    const rows = makeRows(
      Array.from({ length: 100_000 }, (_, at) => ({
        kind: at % 10 === 0 ? ('llm' as const) : ('work' as const),
        depth: at === 0 ? 0 : 1,
        startMs: at,
        endMs: at + 1,
      })),
    );
    const foldable = new FoldableRows(rows);
    const folded = foldable.arrange({ ...allShown, lens: true }, null);
    assert.equal(folded.starts.length, 20_000);
    const [root] = foldable.pick(foldable.arrange({ ...allShown, level: 0 }, null));
    assert.equal(root!.fold?.rows, 99_999);
    assert.ok(root!.fold!.busy.length <= 500);
  });
});
