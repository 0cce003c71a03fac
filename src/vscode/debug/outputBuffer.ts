/** What one debug session has written, whole lines of it, up to a limit: the oldest go first, and are counted. */
export class OutputBuffer {
  private readonly most: number;
  private pieces: string[] = [];
  private length = 0;
  /** What wrote the line that is not ended yet. */
  private writing: string | null = null;
  droppedLines = 0;

  /** @param most characters that are kept; a little more may be, until the next line comes */
  constructor(most: number) {
    this.most = most;
  }

  /** @param channel standard output and error each have lines of their own: one does not go on in the other's line */
  add(text: string, channel: string): void {
    if (text === '') return;
    const torn = this.writing !== null && this.writing !== channel;
    this.push(torn ? `\n${text}` : text);
    this.writing = text.endsWith('\n') ? null : channel;
    if (this.length > this.most) this.drop();
  }

  get text(): string {
    if (this.pieces.length > 1) this.pieces = [this.pieces.join('')];
    return this.pieces[0] ?? '';
  }

  private push(text: string): void {
    this.pieces.push(text);
    this.length += text.length;
  }

  /** To three quarters: not with every line. */
  private drop(): void {
    const { text } = this;
    const from = text.length - Math.floor(this.most * 0.75);
    const end = text.indexOf('\n', from);
    const cut = end === -1 ? from : end + 1;
    for (let at = text.indexOf('\n'); at !== -1 && at < cut; at = text.indexOf('\n', at + 1)) this.droppedLines++;
    // One line that is longer than all that is kept loses its beginning.
    if (end === -1) this.droppedLines++;
    this.pieces = [text.slice(cut)];
    this.length = text.length - cut;
  }
}
