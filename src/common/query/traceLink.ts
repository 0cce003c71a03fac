import { isId } from '../profile/ids';
import { parseQuery } from './query';

/** What a link leads to: a trace, and the step to select in it by its key, which mostly is its ID in the logs. */
export interface TraceLink {
  id: string;
  step: string | null;
}

const path = '/trace';
/** Longer than any link of ours, and than what browsers and chats pass on. */
const longestQuery = 8_000;
const longestStep = 1_000;

/** `vscode://publisher.name/trace?id=…&step=…` @param authority the extension's identifier */
export function traceLink(scheme: string, authority: string, { id, step }: TraceLink): string {
  const query = `id=${inLink(id)}${step === null ? '' : `&step=${inLink(step)}`}`;
  return `${scheme}://${authority}${path}?${query}`;
}

/**
 * Reads the path and the query of such a link, as VS Code hands them over: decoded once. Anybody may have written it, so
 * only what names a correlation ID counts: no query, no blanks or control characters, no other path or parameter.
 *
 * @returns `null` where it is no such link
 */
export function readTraceLink(given: { path: string; query: string }): TraceLink | null {
  if (given.path !== path || given.query.length > longestQuery) return null;
  const values = new Map<string, string>();
  // An ID may hold an `&`, which no longer says that it was encoded: only a name that is known ends a value.
  for (const part of given.query.split(/&(?=(?:id|step)=)/)) {
    const [, name, value] = /^(id|step)=(.*)$/su.exec(part) ?? [];
    if (name === undefined || value === undefined || values.has(name)) return null;
    values.set(name, decoded(value));
  }
  const id = values.get('id') ?? '';
  const step = values.get('step') ?? null;
  if (!isId(id) || isUnseen(id) || isQuery(id)) return null;
  return step === null || isStepKey(step) ? { id, step } : null;
}

const isStepKey = (step: string): boolean => step !== '' && step.length <= longestStep && !isUnseen(step);

/** Characters that are not seen, or make others be seen elsewhere than they stand: no log's ID has them by accident. */
const isUnseen = (text: string): boolean => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);

/** `status=failed` would list traces. */
function isQuery(text: string): boolean {
  try {
    return parseQuery(text).kind !== 'text';
  } catch {
    return false;
  }
}

/** `%` and `&` are encoded twice, since VS Code decodes the query before it is taken apart. */
const inLink = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd').replace(/[%&]/g, sign => encodeURIComponent(sign)));

/** The other one of the two; what is no code stands for itself, as in a link that somebody wrote by hand. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
