import assert from 'node:assert/strict';
import type { StepKind } from '../../../src/common/model/trace';
import { loopsIn } from '../../../src/common/trace/loops';

/** Rows by the first letters of their kinds: `c` context, `l` LLM, `t` tool, `r` retrieval; capitals are other work. */
const rows = (text: string, depth = 0) =>
  [...text].map((letter, at) => {
    const kinds: Record<string, StepKind> = { c: 'context', l: 'llm', t: 'tool', r: 'retrieval' };
    const kind = kinds[letter] ?? 'work';
    return { kind, stepType: kind === 'work' ? letter : `${letter}${at}`, service: null, depth };
  });
const loops = (text: string) => loopsIn(rows(text)).map(({ from, period, times }) => [from, period, times]);

describe('The rounds of an agent', () => {
  it('are found with what stands before, between and after them', () => {
    assert.deepEqual(loops('AcltcltcltB'), [[1, 3, 3]]);
    assert.deepEqual(loops('cltcltArlrlrl'), [
      [0, 3, 2],
      [7, 2, 3],
    ]);
  });

  it('leave an unfinished last round out', () => {
    assert.deepEqual(loops('cltcltcl'), [[0, 3, 2]]);
  });

  it('are as short as they can be', () => {
    assert.deepEqual(loops('tttt'), [[0, 1, 4]]);
    assert.deepEqual(loops('ltltltlt'), [[0, 2, 4]]);
  });

  it('are of other work only where its type is the same', () => {
    assert.deepEqual(loops('ABAB'), [[0, 2, 2]]);
    assert.deepEqual(loops('ABCD'), []);
  });

  it('are alike in depth', () => {
    assert.deepEqual(loopsIn([...rows('lt'), ...rows('lt', 1)]), []);
  });

  it('of a trace with very many rows are found in one pass', () => {
    assert.deepEqual(loops('clt'.repeat(100_000)), [[0, 3, 100_000]]);
    assert.deepEqual(loopsIn([]), []);
  });
});
