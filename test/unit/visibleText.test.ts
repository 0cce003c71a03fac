import assert from 'node:assert/strict';
import fc from 'fast-check';
import { visibleLines, visibleText } from '../../src/common/timeline/visibleText';

describe('visibleText', () => {
  it('leaves ordinary text alone, whatever its language', () => {
    for (const text of ['LLM Inference', 'übergröße', '日本語', 'مرحبا', '👍🏽 ❤️', '']) {
      assert.equal(visibleText(text), text);
    }
  });

  it('shows control characters and escape sequences', () => {
    assert.equal(visibleText('\u001b[31mred\u001b[0m'), '␛[31mred␛[0m');
    assert.equal(visibleText('\u001b]8;;http://x\u0007link'), '␛]8;;http://x␇link');
    assert.equal(visibleText('safe\rfake\u0000\u007f'), 'safe␍fake␀␡');
    assert.equal(visibleText('\u009b2J\u0090q\u0080'), '⟪CSI⟫2J⟪DCS⟫q⟪U+0080⟫');
  });

  it('shows what turns text around or hides in it', () => {
    assert.equal(visibleText('a\u202eb\u2066c\u2069'), 'a⟪RLO⟫b⟪LRI⟫c⟪PDI⟫');
    assert.equal(visibleText('pay\u200bload\ufeff\u3164'), 'pay⟪ZWSP⟫load⟪BOM⟫⟪U+3164⟫');
    assert.equal(visibleText('\u{e0041}x'), '⟪U+E0041⟫x');
    assert.equal(visibleText('\ud800x'), '⟪U+D800⟫x');
  });

  it('keeps line breaks and tabs only where a block is shown', () => {
    assert.equal(visibleText('a\n\tb\u2028c'), 'a␊␉b⟪LS⟫c');
    assert.equal(visibleLines('a\r\n\tb\u2028c\rd'), 'a\n\tb⟪LS⟫c␍d');
  });

  it('never lets a control, format or lone surrogate character through, and says the same when asked again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const shown = visibleText(text);
        assert.doesNotMatch(shown, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u);
        assert.equal(visibleText(shown), shown);
      }),
    );
  });
});
