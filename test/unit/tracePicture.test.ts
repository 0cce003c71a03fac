import assert from 'node:assert/strict';
import type { Trace } from '../../src/common/model/trace';
import { pictureColumns, type TracePicture, tracePicture } from '../../src/common/timeline/tracePicture';
import { pictureUri } from '../../src/vscode/hover/hoverPicture';
import { type Line, traceOf } from './trace/traceOf';

const step = (index: number, from: number, to: number, outcome: 'ok' | 'failed' = 'ok'): Line[] => [
  { stepId: `s${index}`, at: from, phase: 'start', previous: index > 0 ? [`s${index - 1}`] : [] },
  { stepId: `s${index}`, at: to, phase: 'end', outcome },
];

const svgOf = (picture: TracePicture): string =>
  Buffer.from(pictureUri(picture).replace(/^data:image\/svg\+xml;base64,/, ''), 'base64').toString();

/** Alternately busy and idle, as fine as the columns, so that nothing merges. */
function comb(steps: number): Trace {
  const [one] = traceOf(step(0, 0, 1)).steps;
  const all = Array.from({ length: steps }, (_, index) => ({
    ...one!,
    key: `s${index}`,
    start: (((index * 2) % 40) * 1e6) as never,
    end: (((index * 2) % 40) * 1e6 + 1e6) as never,
    status: index % 3 === 0 ? ('failed' as const) : ('ok' as const),
  }));
  return { ...traceOf(step(0, 0, 40)), steps: all };
}

describe('The picture of a trace', () => {
  it('has a bar for each step of a small one, in its place and time, and marks one', () => {
    const trace = traceOf([...step(0, 0, 100), ...step(1, 100, 300, 'failed'), ...step(2, 300, 400)]);
    const [quarter, ends] = [pictureColumns / 4, pictureColumns];
    assert.deepEqual(tracePicture(trace, 2), {
      slots: 3,
      bars: [
        { slot: 0, from: 0, to: quarter, failed: false },
        { slot: 1, from: quarter, to: 3 * quarter, failed: true },
        { slot: 2, from: 3 * quarter, to: ends, failed: false },
      ],
      marked: { slot: 2, from: 3 * quarter, to: ends, failed: false },
    });
  });

  it('keeps a moment in sight, also at the very end', () => {
    const trace = traceOf([...step(0, 0, 1000), { stepId: 'late', at: 1000, previous: ['s0'] }]);
    const { marked } = tracePicture(trace, 1) ?? {};
    assert.deepEqual(marked, { slot: 1, from: pictureColumns - 1, to: pictureColumns, failed: false });
  });

  it('puts the steps of a large one into few slots, where failures and the marked step stay in sight', () => {
    const lines = Array.from({ length: 120 }, (_, index) =>
      step(index, index * 10, index * 10 + 10, index === 61 ? 'failed' : 'ok'),
    );
    const { slots, bars, marked } = tracePicture(traceOf(lines.flat()), 7) ?? { slots: 0, bars: [], marked: null };
    assert.equal(slots, 12);
    assert.deepEqual(new Set(bars.map(({ slot }) => slot)).size, 12);
    assert.deepEqual(
      bars.filter(({ failed }) => failed).map(({ slot }) => slot),
      [6],
    );
    assert.equal(marked?.slot, 0);
    assert.ok(marked.to - marked.from <= 4, 'as exact as in a small one');
  });

  it('is drawn of numbers alone, in less than 4 KB however large the trace', () => {
    for (const steps of [1, 12, 13, 480, 100_000]) {
      const picture = tracePicture(comb(steps), steps - 1);
      assert.ok(picture);
      assert.ok(pictureUri(picture).length < 4096, `${steps} steps: ${pictureUri(picture).length}`);
      const svg = svgOf(picture);
      const tag = /<(svg|path)( [\w-]+="[\w .#:/-]*")+\/?>|<\/svg>/g;
      assert.equal(svg.replace(tag, ''), '', 'no text, no other element');
      assert.equal(svg.match(/="http/g)?.length, 1, 'nothing is loaded');
    }
  });

  it('says nothing of a trace without times, and marks no step without them', () => {
    assert.equal(tracePicture(traceOf([{ stepId: 'a', at: null }]), 0), null);
    assert.equal(tracePicture(traceOf(step(0, 0, 10)), null)?.marked, null);
  });
});
