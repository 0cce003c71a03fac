import assert from 'node:assert/strict';
import { profileSource } from '../../../src/common/profile/profileSource';

const rolesOf = (lines: readonly string[]) =>
  profileSource({ sample: `${lines.join('\n')}\n`, sourceName: 'app.log' }).roles;

describe('why a field has its role', () => {
  const ids = ['7d1f0a52', '91c4be07', 'c03e55aa', '5be6103f'];

  it('is its name only where the log says it', () => {
    const bare = rolesOf(
      ids.flatMap((id, at) => [
        `2026-11-20 09:0${at}:00,001 INFO  [worker-${at}] [req-${id}] c.a.Api - invoice`,
        `2026-11-20 09:0${at}:01,001 INFO  [worker-${at}] [req-${id}] c.a.Pdf - rendered`,
      ]),
    );
    assert.equal(bare.correlationId?.evidence, 'layout');
    assert.equal(bare.thread?.evidence, 'layout');
    const named = rolesOf(ids.map((id, at) => `2026-11-20 09:0${at}:00 INFO request_id=${id}${id} user=u${at} hello`));
    assert.equal(named.correlationId?.evidence, 'name');
    assert.equal(named.timestamp?.evidence, 'layout');
    assert.equal(rolesOf(ids.map(id => `{"traceId":"${id}${id}","msg":"hello"}`)).correlationId?.evidence, 'name');
  });

  it('is no code where a method is one of HTTP', () => {
    const line = (id: string, method: string) => `{"traceId":"${id}${id}","method":"${method}","msg":"hello"}`;
    assert.equal(rolesOf(ids.map(id => line(id, 'POST'))).codeLocation, undefined);
    assert.deepEqual(rolesOf(ids.map(id => line(id, 'chargeCard'))).codeLocation?.fields, ['method']);
  });
});
