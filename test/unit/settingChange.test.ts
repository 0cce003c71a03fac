import assert from 'node:assert/strict';
import { withFieldRole, withSourceChange } from '../../src/vscode/reading/settingChange';

describe('a change of throughline.sources', () => {
  it('stands in an entry of its own and leaves what a person wrote', () => {
    const entries = ['**/*.log', { path: 'b.log', format: 'text' }];
    const changed = withSourceChange(entries, 'a.log', { timezone: 'UTC' });
    assert.deepEqual(changed, [...entries, { path: 'a.log', timezone: 'UTC' }]);
    assert.equal(entries.length, 2);
  });

  it('joins what was said of the same log before', () => {
    const entries = [{ path: 'a.log', fields: { userId: ['uid'] } }, 'a.log'];
    const changed = withSourceChange(entries, 'a.log', { fields: { stepId: ['n'] } });
    assert.deepEqual(changed, [{ path: 'a.log', fields: { userId: ['uid'], stepId: ['n'] } }, 'a.log']);
  });
});

describe('a change of throughline.fields', () => {
  it('makes a field the first of its role', () => {
    assert.deepEqual(withFieldRole({ correlationId: ['rid'] }, 'correlationId', 'order'), {
      correlationId: ['order', 'rid'],
    });
  });

  it('takes the field out of every other role', () => {
    assert.deepEqual(withFieldRole({ userId: 'order', stepId: ['order', 'n'] }, 'correlationId', 'order'), {
      stepId: ['n'],
      correlationId: ['order'],
    });
    assert.deepEqual(withFieldRole({ userId: 'order' }, null, 'order'), {});
    assert.deepEqual(withFieldRole(undefined, 'userId', 'u'), { userId: ['u'] });
  });
});
