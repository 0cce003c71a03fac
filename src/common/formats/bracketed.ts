import type { LogFormat } from './logFormat';
import { readHeader } from './text/header';
import { fieldsOf } from './text/text';

/**
 * Text with its context in a bracket at the head: `• [correlationId: …, service: API] API request received`; pairs with
 * `:` or `=`, separated by commas, semicolons or blanks, in `[]`, `()`, `{}` or `<>`; a bullet, stamp or severity may
 * stand before it.
 */
export const bracketed: LogFormat = {
  name: 'bracketed',
  framing: 'stamp',
  read(text) {
    const header = readHeader(text);
    return header.hasPairs ? fieldsOf(text, header) : null;
  },
};
