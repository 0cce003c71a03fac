import { randomUUID } from 'node:crypto';
import {
  type Disposable,
  DocumentLink,
  type DocumentLinkProvider,
  EventEmitter,
  l10n,
  Range,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
} from 'vscode';
import { TraceText } from '../../common/export/traceText';
import type { RecordDocument } from '../../common/protocol/documents';
import { linkCommandIds, traceTextScheme } from '../contributions';
import { labelText } from '../format';
import type { TraceSession } from '../timeline/traceSession';
import { type WrittenTrace, writeTraceText } from './writeTraceText';

interface Entry extends WrittenTrace {
  uri: Uri;
  traceId: string;
  revision: number;
  ids: readonly string[];
  closed: boolean;
}

/** Where a link of such a text leads. */
export type TextTarget =
  | { kind: 'record'; record: RecordDocument; ids: readonly string[] }
  | { kind: 'code'; file: string; line: number; column: number | null };

/** Made whole only when it is followed: there may be very many. */
class LineLink extends DocumentLink {
  readonly arguments: readonly [token: string, of: TextTarget['kind'], index: number];
  constructor(range: Range, ...args: readonly [string, TextTarget['kind'], number]) {
    super(range);
    this.arguments = args;
  }
}

/** Traces as read-only texts, each with links to the log lines and the code. They live as long as their documents. */
export class TraceTexts implements TextDocumentContentProvider, DocumentLinkProvider<LineLink>, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  /** By the token in the document's URI. */
  private readonly entries = new Map<string, Entry>();

  /**
   * Begins to write the text of the trace that a session shows, or finds the one that is written already.
   * @param note takes what stops the writing; the text says so too
   * @returns once there is something to show; `null` where no trace is on show
   */
  async write(session: TraceSession, note: (error: unknown) => void): Promise<Uri | null> {
    const { trace } = session;
    if (!trace) return null;
    const { traceId, revision, spellings, correlationId } = trace;
    const known = [...this.entries.values()].find(entry => entry.traceId === traceId && entry.revision === revision);
    if (known) return known.uri;
    const name = `${labelText(correlationId, 40).replaceAll(/[\\/:]/g, '-')}.log`;
    const token = randomUUID();
    const uri = Uri.from({ scheme: traceTextScheme, path: `/${name}`, query: token });
    const text = new TraceText(trace.services);
    const entry: Entry = { uri, traceId, revision, ids: spellings, text, records: [], closed: false };
    this.entries.set(token, entry);
    await new Promise<void>(begun => {
      // As the text doubles: all in all it is handed over twice.
      let next = 1;
      const onPiece = (count: number) => {
        if (count >= next) {
          next = count * 2;
          this.changed.fire(uri);
          begun();
        }
        return !entry.closed;
      };
      writeTraceText(trace, entry, question => session.ask(traceId, question), onPiece)
        .catch(error => {
          note(error);
          text.say(`# ${l10n.t('The rest could not be read: the trace is no longer on show, or its search ended.')}`);
        })
        .then(() => {
          this.changed.fire(uri);
          begun();
        });
    });
    return uri;
  }

  provideTextDocumentContent({ query }: Uri): string {
    const entry = this.entries.get(query);
    return entry?.text.text ?? l10n.t('This text has gone with the window that it was made in: open the trace again.');
  }

  provideDocumentLinks({ uri, lineCount }: TextDocument): LineLink[] {
    const entry = this.entries.get(uri.query);
    if (!entry) return [];
    const { records, frames } = entry.text;
    const links = [
      ...records.map(
        ({ line, length }, index) => new LineLink(new Range(line, 0, line, length), uri.query, 'record', index),
      ),
      ...frames.map(
        ({ line, start, end }, index) => new LineLink(new Range(line, start, line, end), uri.query, 'code', index),
      ),
    ];
    // The text grows while it is read.
    return links.filter(({ range }) => range.end.line < lineCount);
  }

  /** A link carries a token and a number: what a log says is no argument of a command (SEC-05). */
  resolveDocumentLink(link: LineLink): LineLink {
    const query = JSON.stringify(link.arguments);
    link.target = Uri.from({ scheme: 'command', path: linkCommandIds.openTextLink, query });
    return link;
  }

  /** @param argument of a command, which anyone may have made up */
  targetOf(token: unknown, of: unknown, index: unknown): TextTarget | null {
    const entry = typeof token === 'string' ? this.entries.get(token) : undefined;
    if (!entry || typeof index !== 'number') return null;
    const record = of === 'record' ? entry.records[index] : undefined;
    if (record) return { kind: 'record', record, ids: entry.ids };
    const frame = of === 'code' ? entry.text.frames[index] : undefined;
    return frame ? { kind: 'code', file: frame.file, line: frame.lineOfFile, column: frame.column } : null;
  }

  /** Its document is closed. */
  forget({ query }: Uri): void {
    const entry = this.entries.get(query);
    if (entry) entry.closed = true;
    this.entries.delete(query);
  }

  dispose(): void {
    for (const { uri } of [...this.entries.values()]) this.forget(uri);
    this.changed.dispose();
  }
}
