import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allowedSpellings, isId, isWeakId, joinKey, looksLikeId, spellingsOf } from '../../../src/common/profile/ids';

const hex = '4bf92f3577b34da6a3ce929d0e0e4736';
const uuid = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';

describe('IDs', () => {
  const none = [
    '',
    '-',
    '--',
    'N/A',
    'n/a',
    'null',
    'None',
    'undefined',
    'nil',
    '0',
    '0000000000000000',
    '00000000-0000-0000-0000-000000000000',
    '(none)',
    '<none>',
    '<None>',
    '[null]',
    '(not-set)',
    '<root>',
    '(undefined)',
    'two words',
    'a\nb',
    'x'.repeat(256),
  ];
  for (const value of none) it(`${JSON.stringify(value.slice(0, 40))} is none`, () => assert.equal(isId(value), false));
  for (const value of [uuid, 'req-1', '7', 'ORD-00', 'x'.repeat(255)])
    it(`${value.slice(0, 40)} is one`, () => assert.ok(isId(value)));

  it('of digits only or shorter than 8 characters are weak', () => {
    assert.deepEqual(['req-1', '12345678901', 'xyz12345', uuid].map(isWeakId), [true, true, false, false]);
  });

  it('are seen without a key if a server draws them so, and names of 27 letters are not', () => {
    for (const value of [
      'C0A80107:D3F2_0A00020F:01BB_65E4F6D4_0A2B:7C1D',
      'ZeT2VH8AAQEAAB@xK4sAAAAj-Q1',
      'ZeT2VH8AAQEAAB_xK4sAAAAj-Q1',
      '2dP7kQmZxW9aLr4TfVbNc1YsHuE',
    ])
      assert.ok(looksLikeId(value), value);
    for (const value of ['GetUserByIdV2HandlerFactory', 'MAX_RETRY_COUNT_PER_NODE_V2', 'order-service-7d4f8-abcd-12'])
      assert.ok(!looksLikeId(value), value);
  });

  it('are seen without a key if they are UUIDs, long hex or compound', () => {
    for (const value of [uuid, hex, `00-${hex}-00f067aa0ba902b7-01`, '1-57fbe041-2c7ad569f5d6ff149137be86'])
      assert.ok(looksLikeId(value), value);
    for (const value of ['deadbeef', 'hello', '1234567890123456', 'feedfeedfeedfeed'.repeat(0)])
      assert.ok(!looksLikeId(value), value);
  });

  const keys: [string, string][] = [
    [hex, hex],
    [hex.toUpperCase(), hex],
    [uuid, hex],
    [uuid.toUpperCase(), hex],
    [`{${uuid}}`, hex],
    [`urn:uuid:${uuid}`, hex],
    [`00-${hex}-00f067aa0ba902b7-01`, hex],
    ['1-57fbe041-2c7ad569f5d6ff149137be86', '57fbe0412c7ad569f5d6ff149137be86'],
    ['Root=1-57fbe041-2c7ad569f5d6ff149137be86;Parent=53995c3f42cd8ad8;Sampled=1', '57fbe0412c7ad569f5d6ff149137be86'],
    [`projects/my-project/traces/${hex}`, hex],
    [`${hex}/123456;o=1`, hex],
    [`${hex}-00f067aa0ba902b7-1-05e3ac9a4f6e3b90`, hex],
    ['0000000000000000a3ce929d0e0e4736', 'a3ce929d0e0e4736'],
    ['A3CE929D0E0E4736', 'a3ce929d0e0e4736'],
    ['req-1', 'req-1'],
    ['Order-7', 'order-7'],
    ['XYZ123', 'xyz123'],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '01arz3ndektsv4rrffq69g5fav'],
    ['ord-ABC', 'ord-abc'],
    // Letters of either case within one run are digits of base 62 or 64.
    ['YWJjZA==', 'YWJjZA=='],
    ['V1StGXR8_Z5jdHi6B-myT', 'V1StGXR8_Z5jdHi6B-myT'],
    [`${uuid}#7`, `${uuid}#7`],
    ['12345678901234567890', '12345678901234567890'],
  ];
  for (const [id, key] of keys) it(`${id} is joined by ${key}`, () => assert.equal(joinKey(id), key));

  it('have spellings, the given one first', () => {
    const all = spellingsOf(uuid);
    assert.equal(all[0], uuid);
    for (const spelling of [hex, hex.toUpperCase(), uuid.toUpperCase(), BigInt(`0x${hex.slice(16)}`).toString()])
      assert.ok(all.includes(spelling), spelling);
    assert.deepEqual(spellingsOf('req-1'), ['req-1', 'REQ-1']);
    assert.deepEqual(spellingsOf('Order-7'), ['Order-7', 'order-7', 'ORDER-7']);
    assert.deepEqual(spellingsOf('YWJjZA=='), ['YWJjZA==']);
    assert.deepEqual(spellingsOf('4711'), ['4711']);
    assert.ok(spellingsOf('a3ce929d0e0e4736').includes('0000000000000000a3ce929d0e0e4736'));
    assert.ok(spellingsOf(`00-${hex}-00f067aa0ba902b7-01`).includes(hex));
  });

  it('have the spellings that JSON gives them', () => {
    const escaped: [string, string[]][] = [
      ['a/b', ['a\\/b', 'a\\\\/b']],
      ['m\u00fc-1', ['m\\u00fc-1', 'm\\u00FC-1']],
      ['m\u00fc/1', ['m\\u00fc\\/1']],
      ['a\\b', ['a\\\\b']],
      ['a"b', ['a\\"b', 'a\\u0022b']],
      ['a&b', ['a\\u0026b']],
    ];
    for (const [id, forms] of escaped) {
      const spellings = spellingsOf(id);
      assert.equal(spellings[0], id);
      for (const form of forms) assert.ok(spellings.includes(form), `${id}: ${form} is not in ${spellings.join(' ')}`);
      assert.deepEqual(
        forms.filter(form => !allowedSpellings(id, { case: 'lower', dashes: 'with' }).includes(form)),
        [],
      );
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), id => {
        const given = id.trim();
        assert.ok(spellingsOf(id).includes(JSON.stringify(given).slice(1, -1)));
      }),
    );
  });

  it('are searched only as a source spells them', () => {
    assert.deepEqual(allowedSpellings(uuid, { case: 'lower', dashes: 'with' }), [uuid]);
    assert.deepEqual(allowedSpellings(uuid, { case: 'lower', dashes: 'without' }), [uuid, hex]);
    assert.deepEqual(allowedSpellings(hex, { case: 'upper', dashes: 'with' }), [hex, uuid.toUpperCase()]);
  });

  it('have one join key in all their spellings', () => {
    fc.assert(
      fc.property(fc.uuid(), id => {
        for (const spelling of spellingsOf(id))
          if (!/^\d+$|\\/.test(spelling)) assert.equal(joinKey(spelling), joinKey(id));
      }),
    );
    fc.assert(fc.property(fc.string(), id => assert.equal(joinKey(joinKey(id)), joinKey(id))));
  });
});
