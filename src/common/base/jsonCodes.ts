/** Characters of JSON's grammar (RFC 8259 §2), as codes: the same for UTF-16 units and UTF-8 bytes. */
export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
