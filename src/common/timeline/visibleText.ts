/**
 * Log text is hostile text: a control character may drive a terminal, a bidirectional override may turn a line around,
 * an invisible letter may hide a word. Here each of them becomes a token that can be seen and is only text: `␛`, `⟪RLO⟫`.
 * Whoever shows log text to a person (timeline, hover, terminal) passes it through here, last.
 */

/** Everything without a glyph of its own, or that changes how its neighbours are drawn. Emoji selectors are let be. */
const unseen = new RegExp(
  [
    '[\\u0000-\\u001f\\u007f-\\u009f]', // C0, DEL, C1
    '[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb]',
    '[\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f]', // zero width, separators, bidi
    '[\\ud800-\\udfff]', // a surrogate alone: with the u flag pairs are one character
    '[\\u{e0000}-\\u{e0fff}\\u{1d173}-\\u{1d17a}]', // tags and further selectors: text that smuggles text
  ].join('|'),
  'gu',
);

/** By code, as Unicode abbreviates them. */
const names = new Map(
  (
    '0085 NEL, 0090 DCS, 009B CSI, 009C ST, 009D OSC, 009E PM, 009F APC, 00AD SHY, 061C ALM, 200B ZWSP, ' +
    '200C ZWNJ, 200D ZWJ, 200E LRM, 200F RLM, 2028 LS, 2029 PS, 202A LRE, 202B RLE, 202C PDF, 202D LRO, ' +
    '202E RLO, 2060 WJ, 2066 LRI, 2067 RLI, 2068 FSI, 2069 PDI, FEFF BOM'
  )
    .split(', ')
    .map(entry => entry.split(' ') as [string, string]),
);

function token(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 32) return String.fromCharCode(0x2400 + code); // Unicode's control pictures
  if (code === 127) return '\u2421';
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  return `⟪${names.get(hex) ?? `U+${hex}`}⟫`;
}

/** For one line: line breaks and tabs become tokens too. */
export function visibleText(text: string): string {
  return text.replace(unseen, token);
}

/** For a block: keeps line breaks (`\r\n` counts as one) and tabs. */
export function visibleLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(unseen, character => (character === '\n' || character === '\t' ? character : token(character)));
}
