import { type Disposable, type TextEditorSelectionChangeEvent, TextEditorSelectionChangeKind, window } from 'vscode';
import { joinKey } from '../../common/profile/ids';
import { isLogDocument } from '../logDocuments';
import type { TraceSession } from '../traceSession';
import type { LineTraces } from './lineTraces';

/** The cursor passes over lines on its way: only where it rests is meant. */
const restMs = 120;

/**
 * The cursor in a log selects its step in the timelines of that trace that are open. Only what the user's own hand does
 * counts: a line that a timeline reveals must not select in turn.
 */
export class CursorSync implements Disposable {
  private readonly lines: LineTraces;
  private readonly sessions: () => readonly TraceSession[];
  private readonly note: (error: unknown) => void;
  private readonly subscription: Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(lines: LineTraces, sessions: () => readonly TraceSession[], note: (error: unknown) => void) {
    this.lines = lines;
    this.sessions = sessions;
    this.note = note;
    this.subscription = window.onDidChangeTextEditorSelection(event => this.onMove(event));
  }

  private onMove({ kind, textEditor }: TextEditorSelectionChangeEvent): void {
    const byHand = kind === TextEditorSelectionChangeKind.Mouse || kind === TextEditorSelectionChangeKind.Keyboard;
    if (!byHand || this.sessions().length === 0 || !isLogDocument(textEditor.document)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.select(textEditor).catch(this.note), restMs);
  }

  private async select({ document, selection }: TextEditorSelectionChangeEvent['textEditor']): Promise<void> {
    const line = selection.active.line;
    const insight = await this.lines.known(document, line);
    const key = insight?.trace?.step?.key;
    if (!insight || key === undefined) return;
    const own = new Set(
      insight.explain.fields.filter(({ role }) => role === 'correlationId').map(({ value }) => joinKey(value)),
    );
    for (const session of this.sessions()) {
      const isOfIt = session.trace?.spellings.some(id => own.has(joinKey(id)));
      if (isOfIt) session.select(key);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }
}
