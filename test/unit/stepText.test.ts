import assert from 'node:assert/strict';
import { stepText } from '../../src/common/export/stepText';
import { stepDocument } from '../../src/common/export/traceDocument';
import { pair, traceOf } from './trace/traceOf';

describe('A step as text', () => {
  const trace = traceOf([
    ...pair('a', 0, 100),
    { stepId: 'b', at: 300, service: 'Worker1', previous: ['a'], message: 'starts\n  at once\u001b[31m' },
    { stepId: 'b', at: 900, service: 'Worker1', previous: ['a'], message: 'done', severity: 'error' },
  ]);
  const text = stepText(stepDocument(trace.steps[1]!, trace));

  it('says what is known of it, one fact a line, then its log lines', () => {
    assert.match(text, /^status +failed$/m);
    assert.match(text, /^duration +[≥≤]? ?600ms \(observed\)$/m);
    assert.match(text, /^service +Worker1$/m);
    assert.match(text, /^previous +a$/m);
    assert.match(text, /^Log lines:\n {2}\S+Z .*:\d+ starts\n {6}at once/m);
    assert.match(text, /error .*:\d+ done\n$/);
    assert.doesNotMatch(text, /null/);
  });

  it('has no control characters, and begins further lines below the first', () => {
    assert.doesNotMatch(text, /\u001b/);
    assert.match(text, /␛\[31m/);
  });
});
