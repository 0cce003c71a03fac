import assert from 'node:assert/strict';
import { readTraceLink, traceLink } from '../../../src/common/query/traceLink';

/** As VS Code does it: the URI is taken apart, and its query decoded once. */
function throughVsCode(link: string) {
  const [, path, query] = /^[\w-]+:\/\/[\w.]+(\/[^?#]*)\?([^#]*)$/.exec(link) ?? assert.fail(link);
  return { path: path!, query: decodeURIComponent(query!) };
}

describe('A link to a trace', () => {
  const link = (id: string, step: string | null = null) => traceLink('vscode', 'throughline.throughline', { id, step });

  it('is made as a person would write it', () => {
    assert.equal(
      link('7c2d9f7b-18e7', 'step-2'),
      'vscode://throughline.throughline/trace?id=7c2d9f7b-18e7&step=step-2',
    );
  });

  for (const id of [
    'a&step=b',
    'a%26b',
    '100%',
    'ab+c/d==',
    'a#b?c',
    '日本-1',
    'a&id=b&step=',
    '%',
    'a=b',
    '"><script>',
  ]) {
    it(`gives back what it was made of: ${id}`, () => {
      assert.deepEqual(readTraceLink(throughVsCode(link(id, `~${id}`))), { id, step: `~${id}` });
      assert.deepEqual(readTraceLink(throughVsCode(link(id))), { id, step: null });
    });
  }

  it('may be written by hand, with a step first and without double encoding', () => {
    const read = (query: string) => readTraceLink({ path: '/trace', query });
    assert.deepEqual(read('step=llm 1&id=order-77'), { id: 'order-77', step: 'llm 1' });
    assert.deepEqual(read('id=AT&T-1&step=2'), { id: 'AT&T-1', step: '2' });
  });

  const refused: [why: string, path: string, query: string][] = [
    ['no ID', '/trace', ''],
    ['an empty ID', '/trace', 'id='],
    ['another path', '/run', 'id=abcdefgh'],
    ['a path that climbs', '/trace/../run', 'id=abcdefgh'],
    ['another parameter', '/trace', 'file=/etc/passwd&id=abcdefgh'],
    ['two IDs', '/trace', 'id=abcdefgh&id=ijklmnop'],
    ['a query with blanks', '/trace', 'id=user = u-42'],
    ['a query without blanks', '/trace', 'id=status=failed'],
    ['a line break', '/trace', 'id=abc\ndefgh'],
    ['an escape', '/trace', 'id=abc\u001b[2Jdefgh'],
    ['a bidirectional override', '/trace', 'id=abc\u202edefgh'],
    ['an invisible letter in the step', '/trace', 'id=abcdefgh&step=a\u200bb'],
    ['an empty step', '/trace', 'id=abcdefgh&step='],
    ['a placeholder', '/trace', 'id=null'],
    ['an ID that is too long', '/trace', `id=${'a'.repeat(256)}`],
    ['a step that is too long', '/trace', `id=abcdefgh&step=${'a'.repeat(1001)}`],
    ['a query that is too long', '/trace', `id=abcdefgh&step=${'%25'.repeat(4000)}`],
  ];
  for (const [why, path, query] of refused) {
    it(`is none with ${why}`, () => assert.equal(readTraceLink({ path, query }), null));
  }

  it('survives a lone surrogate', () => assert.match(link('abc\ud800d', null), /id=abc%EF%BF%BDd$/));
});
