import assert from 'node:assert/strict';
import { traceName } from '../../../src/common/trace/steps/traceName';

describe('The name of a trace', () => {
  it('is what its first record says, as the timeline would name a step by it', () => {
    const of = (message: string) => traceName({ message, stepType: 'API Request' });
    assert.equal(of('POST /api/orders received'), 'POST /api/orders received');
    assert.equal(of('trace_id=4bf92f35-77b3-4da6-a3ce-929d0e0e4736 | payment refused\nat x'), 'payment refused');
    assert.equal(of(`${'long '.repeat(40)}`)?.length, 80);
  });

  it('is the type of its step where the record has no message but its own text, or none', () => {
    for (const message of ['', '  \n', '{"name": "GET /"}', '[1]', '<Event>'])
      assert.equal(traceName({ message, stepType: 'GET /' }), 'GET /');
    assert.equal(traceName({ message: '{}', stepType: null }), null);
    assert.equal(traceName({ message: '', stepType: null }), null);
  });
});
