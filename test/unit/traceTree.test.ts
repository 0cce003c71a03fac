import assert from 'node:assert/strict';
import { markdown } from '../../src/common/export/markdown';
import { sharedList } from '../../src/common/export/sharedList';
import { traceDocument } from '../../src/common/export/traceDocument';
import { traceTree } from '../../src/common/export/traceTree';
import { nothingCounted } from '../../src/common/protocol/completeness';
import { type Line, pair, traceOf } from './trace/traceOf';

const documentOf = (lines: Line[]) => traceDocument(traceOf(lines), nothingCounted);

describe('the tree in a terminal', () => {
  const source = `/very/long/path/${'folder/'.repeat(12)}api.log`;
  const lines = [
    ...pair('s1', 0, 100, { stepType: 'Context Management', source }),
    ...pair('s2', 200, 8600, { stepType: 'LLM Inference', previous: ['s1'], source }),
  ];

  it('keeps within the width and keeps the end of long paths', () => {
    for (const width of [80, 120, 200]) {
      const steps = traceTree(documentOf(lines), { width, color: false })
        .split('\n')
        .filter(line => line.startsWith('Step'));
      assert.equal(steps.length, 2);
      for (const line of steps) assert.ok(line.length <= width, `${line.length} of ${width}: ${line}`);
      assert.match(steps[0]!, /api\.log:1$/);
    }
  });

  it('draws the wait up to the first attempt of a retried step', () => {
    const tree = traceTree(
      documentOf([
        ...pair('s1', 0, 100),
        { stepId: 's2', previous: ['s1'], at: 400, phase: 'start', service: 'W', host: 'w1' },
        ...pair('s2', 700, 1000, { previous: ['s1'], service: 'W', host: 'w2' }),
      ]),
      { width: 160, color: false },
    );
    const bar = /│(.*)│/.exec(tree.split('\n').find(line => line.startsWith('Step 2'))!)![1]!;
    const at = (mark: string) => [bar.indexOf(mark) / bar.length, (bar.lastIndexOf(mark) + 1) / bar.length];
    assert.ok(Math.abs(at('░')[0]! - 0.1) < 0.05 && Math.abs(at('░')[1]! - 0.4) < 0.05, bar);
    assert.ok(Math.abs(at('▇')[0]! - 0.7) < 0.05, bar);
  });

  it('says what the log says of the failure, and writes durations of steps as a copied list does', () => {
    const failing = [
      ...pair('s1', 0, 8400, { stepType: 'Send Mail' }),
      { stepId: 's2', previous: ['s1'], at: 8500, phase: 'start' as const, stepType: 'Deliver' },
      { stepId: 's2', at: 8600, message: 'smtp refused\nat send (mail.js:12)', severity: 'error' as const },
      { stepId: 's2', at: 8700, phase: 'end' as const, outcome: 'failed' as const, message: 'gave up' },
    ];
    const tree = traceTree(documentOf(failing), { width: 120, color: false });
    assert.match(tree, /^Failed in 2 Deliver: smtp refused$/m);
    assert.match(tree, /^Step 1 {2}Send Mail +8\.4s /m);
    const shared = sharedList(documentOf(failing)).split('\n');
    assert.deepEqual(shared.slice(1, 4), ['failed · 8.7s · API', 'Failed in 2 Deliver: smtp refused', '']);
    assert.equal(shared[0], documentOf(failing).correlationId);
    assert.match(shared[4]!, /^Step 1 {2}Send Mail {2}8\.4s$/);
  });

  it('lets no control character of a log through', () => {
    const hostile = '\u001b]0;title\u0007\u202eevil\r';
    const tree = traceTree(documentOf([{ at: 0, message: hostile, service: hostile, userId: hostile }]), {
      width: 100,
      color: false,
    });
    assert.doesNotMatch(tree.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

describe('the trace as Markdown', () => {
  it('makes no markup of log text', () => {
    const hostile = '[x](http://evil) ![i](http://evil/i.png) `code` **b** <img src=x> | cell';
    const text = markdown(documentOf([{ at: 0, message: hostile, service: hostile, userId: hostile }]));
    assert.doesNotMatch(text, /(?<!\\)\[x|(?<!\\)!\[|(?<!\\)`|(?<!\\)\*\*|<img/);
    const rows = text.split('\n').filter(line => line.startsWith('| 1'));
    assert.equal(rows[0]!.split(/(?<!\\)\|/).length, 7, 'no cell is split');
  });
});
