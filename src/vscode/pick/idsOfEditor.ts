import { type Position, Range, type TextDocument, type TextEditor } from 'vscode';
import type { FieldRole } from '../../common/model/fieldRole';
import { knownName } from '../../common/profile/fieldNames';
import { isWeakId, looksLikeId } from '../../common/profile/ids';
import { type IdCandidate, idsInText } from '../../common/query/idInput';

/** A longer line is looked at around the cursor only: the extension host must not be held up. */
const windowOfLine = 4_000;
const maxVisibleLines = 300;

export interface IdInDocument {
  id: string;
  range: Range;
}

/** The ID under a position, `null` where there is none. */
export function idAt(document: TextDocument, position: Position): IdInDocument | null {
  const { text, offset } = stretchAround(document, position);
  const column = position.character - offset;
  for (const id of idTexts(text)) {
    for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + id.length)) {
      if (at > column) break;
      if (column > at + id.length) continue;
      const start = position.with({ character: offset + at });
      return { id, range: new Range(start, start.translate(0, id.length)) };
    }
  }
  return null;
}

/** What an editor offers to trace: its selection, else the ID under the cursor, else the best ID of the cursor's line. */
export function idOfEditor(editor: TextEditor): string | null {
  const { document, selection } = editor;
  if (!selection.isEmpty) return document.getText(selection).slice(0, windowOfLine).trim() || null;
  const { text } = stretchAround(document, selection.active);
  return idAt(document, selection.active)?.id ?? idTexts(text)[0] ?? null;
}

/** The best ID of each line on screen, from top to bottom, without doubles. */
export function visibleIds(editor: TextEditor): string[] {
  const ids = new Set<string>();
  let lines = 0;
  for (const { start, end } of editor.visibleRanges) {
    for (let line = start.line; line <= end.line && lines < maxVisibleLines; line++, lines++) {
      const id = evidentId(editor.document.lineAt(line).text.slice(0, windowOfLine));
      if (id !== null) ids.add(id);
    }
  }
  return [...ids];
}

/** What passes through a clipboard and is nobody's business: access tokens, keys, and texts that speak of secrets. */
const secret =
  /\bgh[a-z]_|\bgithub_pat_|\bglpat-|\bxox[a-z]-|\bnpm_|\bsk[-_]|\b(?:AKIA|ASIA|AIza)|\beyJ[\w-]+\.|-----BEGIN|passw|secret|token|bearer|authorization|api[-_ ]?key|credential/i;

/** The ID of a text that nobody chose to hand in, `null` where it has none that is named so or looks like one. */
export function idToOffer(text: string): string | null {
  if (text.length > windowOfLine || secret.test(text)) return null;
  return evidentId(text);
}

/** Not a mere word with a digit in it, which is the last resort for a text that somebody hands in. */
const evidentId = (text: string): string | null =>
  candidates(text).find(({ text: id, key }) => key !== null || looksLikeId(id) || isPrefixedHex(id))?.text ?? null;

/** `req-e74c00f4`: a word and hex digits, mixed as in no word and no number. */
const prefixedHex = /\b[A-Za-z]{2,20}[-_](?=[\da-f]*\d[a-f])[\da-f]{8,40}\b/i;
const prefixedHexes = new RegExp(`(?<![\\w./:@#-])${prefixedHex.source}(?![\\w@/-]|\\.\\w)`, 'gi');
const isPrefixedHex = (id: string): boolean => new RegExp(`^${prefixedHex.source}$`, 'i').test(id);

const requestRoles: ReadonlySet<FieldRole> = new Set(['correlationId', 'messageId', 'stepId', 'toolCallId']);

/** Where IDs of requests stand in a text that may be no log: what looks like nothing else, or is named so. */
export function requestIdsIn(text: string): { id: string; at: number }[] {
  const named = candidates(text).filter(({ text: id, key }) => looksLikeId(id) || (key && namesRequest(key, id)));
  const ids = new Set([...named.map(({ text: id }) => id), ...(text.match(prefixedHexes) ?? [])]);
  return [...ids].flatMap(id => placesOf(id, text));
}

function namesRequest(key: string, id: string): boolean {
  const known = knownName(key);
  if (!known || known.doubtful || !requestRoles.has(known.role) || !/\d/.test(id)) return false;
  return known.role === 'correlationId' || !isWeakId(id);
}

/** As a word of its own, not as a part of another one. */
function placesOf(id: string, text: string): { id: string; at: number }[] {
  const places = [];
  for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + id.length)) {
    const isWord = !/[\w-]/.test(text[at - 1] ?? '') && !/[\w-]/.test(text[at + id.length] ?? '');
    if (isWord) places.push({ id, at });
  }
  return places;
}

/** The ID that a search for this text looks up first as a correlation ID; `null` for a user's, a session's … */
export function soughtId(text: string): string | null {
  const [first] = candidates(text);
  const role = first?.key ? knownName(first.key)?.role : undefined;
  return first && !(role && aboutRoles.has(role)) ? first.text : null;
}

const aboutRoles: ReadonlySet<FieldRole> = new Set<FieldRole>(['userId', 'sessionId', 'entityId', 'organizationId']);

export const idTexts = (text: string): string[] => candidates(text).map(candidate => candidate.text);

/** IDs as the text spells them. A candidate with blanks in it is not a word of the text but the text itself. */
const candidates = (text: string): IdCandidate[] =>
  idsInText(text).candidates.filter(({ text: id }) => id.length > 2 && !/\s/.test(id) && text.includes(id));

function stretchAround(document: TextDocument, position: Position): { text: string; offset: number } {
  const line = document.lineAt(position.line).text;
  const offset = Math.max(0, Math.min(position.character, line.length) - windowOfLine / 2);
  return { text: line.slice(offset, offset + windowOfLine), offset };
}
