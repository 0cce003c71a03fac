import type { TextDocument } from 'vscode';

/**
 * Where Throughline itself puts the cursor of a log. VS Code tells of a cursor that an extension moved as it tells of *Go to
 * Line*, and late: only the place tells which of both it was.
 */
export class OwnMoves {
  private document: TextDocument | null = null;
  /** Those that VS Code may still tell of, in their order; the last stays until the cursor leaves it. */
  private lines: number[] = [];

  /** To be called before the cursor is moved. */
  add(document: TextDocument, line: number): void {
    this.lines = this.document === document ? [...this.lines, line] : [line];
    this.document = document;
  }

  /** VS Code tells that the cursor came to a line, by a command. @returns whether it was put there */
  take(document: TextDocument, line: number): boolean {
    const at = this.document === document ? this.lines.lastIndexOf(line) : -1;
    if (at === -1) this.forget(document);
    else this.lines = this.lines.slice(at);
    return at !== -1;
  }

  /** The cursor was moved by hand: whoever comes back to a line means it. */
  forget(document: TextDocument): void {
    if (this.document === document) this.lines = [];
  }
}

/** One for all, as VS Code has one cursor that is in front. */
export const ownMoves = new OwnMoves();
