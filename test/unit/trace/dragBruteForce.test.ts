import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Trace } from '../../../src/common/model/trace';
import { type Line, traceOf } from './traceOf';

/** Steps with one root, each after some earlier ones: fan-out, fan-in, lags, equal ends. */
const graph = fc
  .array(fc.record({ picks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), lag: fc.nat(8), length: fc.nat(12) }), {
    minLength: 1,
    maxLength: 11,
  })
  .map(steps => {
    const ends: number[] = [];
    return steps.map(({ picks, lag, length }, index): Line => {
      const previous = index === 0 ? [] : [...new Set(picks.map(pick => pick % index))];
      const start = Math.max(0, ...previous.map(at => ends[at]!)) + (index === 0 ? 0 : lag);
      ends.push(start + length);
      return {
        stepId: `s${index}`,
        previous: previous.map(at => `s${at}`),
        at: start + length,
        duration: length,
        service: `service ${index}`,
      };
    });
  });

/** Longest chain to the end that avoids a step, tried out: every hop into a step carries its binding hop's lag. */
function longestChain(trace: Trace, avoid: string): number | null {
  const steps = new Map(trace.steps.map(step => [step.key, step]));
  const origin = Math.min(...trace.steps.map(step => step.start!));
  const memo = new Map<string, number | null>();
  const toStart = (key: string): number | null => {
    if (memo.has(key)) return memo.get(key)!;
    const step = steps.get(key)!;
    const previous = step.previousSteps.map(link => steps.get(link.key)!);
    let longest: number | null = previous.length === 0 ? step.start! - origin : null;
    const lag = step.start! - Math.max(...previous.map(before => before.end!));
    for (const before of previous) {
      const chain = before.key === avoid ? null : toStart(before.key);
      if (chain !== null) longest = Math.max(longest ?? 0, chain + before.duration! + lag);
    }
    memo.set(key, longest);
    return longest;
  };
  const end = trace.criticalPath!.until;
  if (end === avoid) return null;
  const chain = toStart(end);
  return chain === null ? null : chain + steps.get(end)!.duration!;
}

describe('drag', () => {
  it('is min(own time on the path, T − longest chain that avoids the step), tried out on random graphs', () => {
    let limited = 0;
    fc.assert(
      fc.property(graph, lines => {
        const trace = traceOf(lines);
        const { segments } = trace.criticalPath!;
        const total = segments.length === 0 ? 0 : segments.at(-1)!.end - segments[0]!.start;
        for (const step of trace.steps) {
          const own = segments
            .filter(({ key, kind }) => key === step.key && kind === 'run')
            .reduce((sum, { start, end }) => sum + end - start, 0);
          if (own === 0) continue;
          const around = longestChain(trace, step.key);
          const expected = around === null ? own : Math.min(own, total - around);
          if (expected < own) limited++;
          assert.equal(step.drag, expected, `${step.key} of ${JSON.stringify(lines)}`);
        }
      }),
      { numRuns: 4000 },
    );
    assert.ok(limited > 100, `${limited} steps were limited by a parallel branch`);
  });
});
