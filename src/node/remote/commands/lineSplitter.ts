/** Longer lines are handed out in parts: memory has to stay bounded. */
const longestLine = 8 * 1024 * 1024;

/** Cuts bytes into lines. A line is given without its break, as text of which each character is one byte. */
export class LineSplitter {
  private rest = '';

  *add(bytes: Buffer): Generator<string> {
    const text = this.rest + bytes.toString('latin1');
    let from = 0;
    // What was here before has no break.
    let end = text.indexOf('\n', this.rest.length);
    for (; end >= 0; end = text.indexOf('\n', from)) {
      yield text.slice(from, end);
      from = end + 1;
    }
    this.rest = text.slice(from);
    if (this.rest.length < longestLine) return;
    yield this.rest;
    this.rest = '';
  }

  /** What came behind the last break. */
  end(): string {
    const { rest } = this;
    this.rest = '';
    return rest;
  }
}
