import assert from 'node:assert/strict';
import { traceDocument } from '../../../src/common/export/traceDocument';
import { traceTree } from '../../../src/common/export/traceTree';
import { nothingCounted } from '../../../src/common/protocol/completeness';
import { allShown } from '../../../src/common/timeline/arrangement';
import { FoldableRows } from '../../../src/common/timeline/foldableRows';
import { timelineRows } from '../../../src/common/timeline/timelineRows';
import { type Line, pair, traceOf } from './traceOf';

const used = (lines: Line[]) => {
  const { usage } = traceOf(lines);
  return usage && [usage.tokens, usage.cost, usage.calls, usage.repeats];
};
const llm = { stepType: 'LLM Inference', model: 'm-large', service: 'Worker' };
const inside = (id: string): Line => ({ previous: [id], meaning: 'encloses' });

describe('tokens and cost of a trace', () => {
  it('are not known where no record states any', () => {
    assert.equal(used(pair('s1', 0, 10, llm)), null);
  });

  it('are summed over calls, by model too', () => {
    const { usage } = traceOf([
      ...pair('s1', 0, 10, llm).map(line => ({ ...line, tokens: 100, cost: 0.1 })),
      ...pair('s2', 20, 30, { ...llm, previous: ['s1'] }).map(line => ({ ...line, tokens: 50, cost: 0.2 })),
      ...pair('s3', 40, 50, { ...llm, model: 'm-small', previous: ['s2'] }).map(line => ({ ...line, tokens: 7 })),
    ]);
    assert.deepEqual(usage, {
      tokens: 157,
      cost: 0.3,
      calls: 3,
      repeats: 0,
      models: [
        { model: 'm-large', calls: 2, tokens: 150, cost: 0.3 },
        { model: 'm-small', calls: 1, tokens: 7, cost: null },
      ],
      bySteps: new Map([
        ['s1', { tokens: 100, cost: 0.1 }],
        ['s2', { tokens: 50, cost: 0.2 }],
        ['s3', { tokens: 7, cost: null }],
      ]),
    });
  });

  it('belong to the steps that count: a sum that is stated around them is not one', () => {
    const trace = traceOf([
      ...pair('run', 0, 100, { stepType: 'Agent' }).map(line => ({ ...line, tokens: 150 })),
      ...pair('s1', 10, 20, { ...llm, ...inside('run') }).map(line => ({ ...line, tokens: 100 })),
      ...pair('s2', 30, 40, { ...llm, ...inside('run') }).map(line => ({ ...line, tokens: 50 })),
    ]);
    assert.deepEqual([...trace.usage!.bySteps.keys()], ['s1', 's2']);
    const foldable = new FoldableRows(timelineRows(trace));
    const [agent] = foldable.pick(foldable.arrange({ ...allShown, level: 0 }, null));
    assert.deepEqual(
      [agent!.fold!.used, agent!.used, agent!.tokens],
      [{ tokens: 150, cost: null }, { tokens: null, cost: null }, 150],
    );
  });

  it('count once what start, progress and end of one call say: the last', () => {
    const [start, end] = pair('s1', 0, 10, llm);
    assert.deepEqual(
      used([
        { ...start!, tokens: 40 },
        { ...start!, at: 5, phase: 'progress', tokens: 90 },
        { ...end!, tokens: 120 },
      ]),
      [120, null, 1, 0],
    );
  });

  it('count both attempts of a retried call: both were paid for', () => {
    const lines: Line[] = [
      { stepId: 's1', at: 0, phase: 'start', ...llm },
      { stepId: 's1', at: 10, phase: 'end', outcome: 'failed', tokens: 30, ...llm },
      { stepId: 's1', at: 20, phase: 'start', ...llm },
      { stepId: 's1', at: 30, phase: 'end', outcome: 'ok', tokens: 50, ...llm },
    ];
    assert.deepEqual(used(lines), [80, null, 2, 0]);
  });

  it('count once a call that client and server log under one step ID', () => {
    const lines = [
      ...pair('s1', 0, 100, { ...llm, tokens: 60, service: 'Agent' }),
      ...pair('s1', 10, 90, { ...llm, tokens: 60, service: 'Gateway' }),
    ];
    assert.deepEqual(used(lines), [60, null, 1, 0]);
  });

  it('count once a call that two services log as steps inside one another', () => {
    const lines = [
      ...pair('s1', 0, 100, { ...llm, tokens: 60, service: 'Agent' }),
      ...pair('s2', 10, 90, { ...llm, tokens: 60, service: 'Gateway', ...inside('s1') }),
    ];
    assert.deepEqual(used(lines), [60, null, 1, 1]);
  });

  it('take an agent’s total for what it is, however deep its calls stand, and add what they lack of it', () => {
    const agent = { stepType: 'Agent run', service: 'Agent', tokens: 200 };
    const lines = (inner: number) => [
      ...pair('a', 0, 1000, agent),
      ...pair('b', 10, 900, { stepType: 'Turn', service: 'Loop', ...inside('a') }),
      ...pair('s1', 20, 100, { ...llm, tokens: 150, ...inside('b') }),
      ...pair('s2', 200, 300, { ...llm, tokens: inner, ...inside('b') }),
    ];
    assert.deepEqual(used(lines(50)), [200, null, 2, 1]);
    assert.deepEqual(used(lines(20)), [200, null, 3, 0]);
  });

  it('leave out reports: observability that repeats a call, and a last step that states the sum', () => {
    const lines = [
      ...pair('s1', 0, 10, { ...llm, tokens: 100 }),
      ...pair('s2', 20, 30, { ...llm, tokens: 50, previous: ['s1'] }),
      ...pair('s3', 32, 34, { stepType: 'Observability: LLM', service: 'Obs', tokens: 50, previous: ['s2'] }),
      ...pair('s4', 40, 50, { stepType: 'Result', service: 'API', tokens: 150, previous: ['s2'] }),
    ];
    assert.deepEqual(used(lines), [150, null, 2, 2]);
  });

  it('count once an answer that is logged in several parts, each with all tokens so far', () => {
    const part = (stepId: string, at: number, tokens: number): Line => ({
      stepId,
      at,
      tokens,
      ...llm,
      messageId: 'msg_01AbCdEfGh',
    });
    assert.deepEqual(used([part('u1', 0, 12), part('u2', 5, 80), part('u3', 9, 120)]), [120, null, 1, 2]);
    const named = (stepId: string, at: number): Line => ({
      ...part(stepId, at, 70),
      messageId: null,
      attributes: [{ name: 'gen_ai.response.id', value: 'r-77' }],
    });
    assert.deepEqual(used([named('u1', 0), named('u2', 5)]), [70, null, 1, 1]);
  });

  it('count calls apart that merely hand one message on', () => {
    const lines = [
      ...pair('s1', 0, 10, { ...llm, tokens: 100, messageId: 'm-1' }),
      ...pair('s2', 20, 30, { ...llm, tokens: 50, messageId: 'm-1', previous: ['s1'] }),
    ];
    assert.deepEqual(used(lines), [150, null, 2, 0]);
  });

  it('are told apart without step IDs: from start to end, or line by line', () => {
    const { stepType, ...lane } = llm;
    const paired: Line[] = [
      { at: 0, phase: 'start', tokens: 10, ...lane },
      { at: 5, tokens: 40, ...lane },
      { at: 9, phase: 'end', tokens: 60, ...lane },
      { at: 20, phase: 'start', ...lane },
      { at: 29, phase: 'end', tokens: 30, ...lane },
    ];
    assert.deepEqual(used(paired), [90, null, 2, 0]);
    assert.deepEqual(used([0, 1, 2].map(at => ({ at, tokens: 50, ...lane }))), [150, null, 3, 0]);
    const parts = [0, 1].map(at => ({ at, tokens: 50 + at, messageId: 'msg_01AbCdEfGh', ...lane }));
    assert.deepEqual(used(parts), [51, null, 1, 1]);
  });

  it('stand in the document and in the terminal', () => {
    const document = traceDocument(
      traceOf([
        ...pair('s1', 0, 10, { ...llm, tokens: 1200, cost: 0.0123 }),
        ...pair('s2', 20, 30, { stepType: 'Audit', service: 'Audit', tokens: 1200, cost: 0.0123, previous: ['s1'] }),
      ]),
      nothingCounted,
    );
    assert.deepEqual([document.tokens, document.cost, document.usageRepeats], [1200, 0.0123, 1]);
    assert.deepEqual(document.models, [{ model: 'm-large', calls: 1, tokens: 1200, cost: 0.0123 }]);
    const tree = traceTree(document, { width: 120, color: false });
    assert.match(
      tree,
      /^1,200 tokens, cost 0\.0123 \(m-large: 1 call, 1,200 tokens, cost 0\.0123; 1 statement repeats or sums up what is counted here\)$/m,
    );
  });
});
