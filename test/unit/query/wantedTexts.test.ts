import assert from 'node:assert/strict';
import { parseQuery } from '../../../src/common/query/query';
import { piecesOf } from '../../../src/common/query/textPieces';
import { wantedTexts } from '../../../src/common/query/wantedTexts';

describe('What of a query is to be shown where it is', () => {
  it('is its texts and services, but not what must not be there', () => {
    assert.deepEqual(wantedTexts(parseQuery('fetch and (service = Worker2 or "page 3") not error not plan')), {
      texts: ['fetch', 'page 3'],
      services: ['Worker2'],
    });
    assert.deepEqual(wantedTexts(parseQuery('duration > 1s service != API')), { texts: [], services: [] });
  });

  it('parts a text where it is, whatever the case', () => {
    assert.deepEqual(piecesOf('Tool: fetch, Fetch', /fetch/giu), [
      { text: 'Tool: ', match: false },
      { text: 'fetch', match: true },
      { text: ', ', match: false },
      { text: 'Fetch', match: true },
    ]);
    assert.deepEqual(piecesOf('', /a/giu), [{ text: '', match: false }]);
    assert.deepEqual(piecesOf('Plan', null), [{ text: 'Plan', match: false }]);
  });
});
