import { strict as assert } from 'node:assert';
import * as v from 'valibot';
import type { TimelineHost } from '../../src/common/protocol/timelineProtocol';
import { type CheckedHost, readMemory, requestSchemas } from '../../src/vscode/timeline/timelineMessages';
import { checkedHandlers, envelopeSchema } from '../../src/vscode/webview/checkedHandlers';

/** What a page that was taken over might send instead of a number, a key or a range. */
const junk: unknown[] = [
  undefined,
  null,
  0,
  -1,
  1.5,
  Number.NaN,
  '',
  'x'.repeat(2_000),
  true,
  [],
  {},
  { traceId: 't' },
  { traceId: 't', from: 0, to: 1e9 },
  { traceId: 't', from: 2, to: 1 },
  { traceId: '', key: 'k' },
  { traceId: 't', key: 'k', record: '/etc/passwd', preview: false },
  { traceId: 't', key: 'k', record: -1, preview: true },
  { traceId: 't', key: 'k', record: 0, preview: true, source: '/etc/passwd' },
  { traceId: 't', what: 'all' },
  { traceId: 't', what: 'stepText', step: null },
  { traceId: 't', what: 'link', step: 'k', scheme: 'file' },
  { traceId: 't', role: 'password' },
  JSON.parse('{"__proto__":{"traceId":"t"}}'),
];

describe('Messages of the page (SEC-04)', () => {
  const reached: string[] = [];
  const names = Object.keys(requestSchemas) as (keyof CheckedHost)[];
  const host = Object.fromEntries(names.map(name => [name, () => void reached.push(name)])) as unknown as CheckedHost;
  const handlers = checkedHandlers<TimelineHost, typeof requestSchemas>(requestSchemas, host);
  /** Without an argument, so there is nothing to check. */
  const bare = new Set(['ready', 'cancel', 'searchAgain', 'addLogs', 'openSetting', 'howRead']);

  beforeEach(() => {
    reached.length = 0;
  });

  it('reach nothing, unless they have their shape', () => {
    for (const name of names.filter(name => !bare.has(name))) {
      for (const argument of junk) assert.throws(() => handlers[name](argument), /Malformed request/);
    }
    assert.deepEqual(reached, []);
  });

  it('are refused without repeating what was sent', () => {
    assert.throws(
      () => handlers.step({ traceId: 'secret-text' }),
      error => error instanceof Error && !error.message.includes('secret'),
    );
  });

  it('reach their handler, if they have their shape', () => {
    handlers.rows({ traceId: 't', from: 0, to: 100 });
    handlers.openRecord({ traceId: 't', key: 'k', record: 3, preview: true });
    handlers.copy({ traceId: 't', what: 'list' });
    const entries = { starts: Uint32Array.of(1, 5), ends: Uint32Array.of(5, 6), kinds: Uint8Array.of(0, 1) };
    handlers.pick({ traceId: 't', entries });
    assert.throws(
      () => handlers.pick({ traceId: 't', entries: { ...entries, ends: Uint32Array.of(6, 6) } }),
      /Malformed/,
    );
    handlers.copy({ traceId: 't', what: 'link', step: null });
    const arrangement = { lens: true, level: 2, closed: ['a'], opened: [], openRuns: [] };
    handlers.arrange({ traceId: 't', arrangement, show: null });
    handlers.lens({ on: null });
    handlers.find({ traceId: 't', query: 'status = failed' });
    handlers.nextRow({ traceId: 't', from: null, landmark: 'path', backwards: true });
    assert.deepEqual(reached, ['rows', 'openRecord', 'copy', 'pick', 'copy', 'arrange', 'lens', 'find', 'nextRow']);
  });

  it('come in known envelopes only', () => {
    for (const envelope of [
      ...junk,
      { type: 'request', id: 'x', method: 'rows' },
      { type: 'request', id: 1, method: {} },
    ]) {
      assert.equal(v.is(envelopeSchema, envelope), false);
    }
    assert.ok(v.is(envelopeSchema, { type: 'request', id: 1, method: 'ready' }));
  });

  it('a restored page remembers its query, or nothing', () => {
    assert.deepEqual(readMemory({ query: 'abc', selected: 's-1', scrollTop: 4, details: true }), {
      query: 'abc',
    });
    for (const memory of [undefined, null, {}, { query: 7 }, { query: '' }, 'abc'])
      assert.equal(readMemory(memory), null);
  });
});
