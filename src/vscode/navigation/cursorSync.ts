import {
  type Disposable,
  type Event,
  type TextEditorSelectionChangeEvent,
  TextEditorSelectionChangeKind,
  window,
} from 'vscode';
import { joinKey } from '../../common/profile/ids';
import type { RecordInsight } from '../../common/protocol/logEngine';
import type { SelectedLine } from '../logView/logViews';
import { isLogDocument } from '../sources/logDocuments';
import type { TraceSession } from '../timeline/traceSession';
import type { LineTraces } from './lineTraces';
import { ownMoves } from './ownMoves';

/** The cursor passes over lines on its way: only where it rests is meant. */
const restMs = 120;

/**
 * The cursor in a log selects its step in the timelines of that trace that are open. Only what the user does
 * counts, by hand or by *Go to Line*: a line that a timeline reveals must not select in turn.
 */
export class CursorSync implements Disposable {
  private readonly lines: LineTraces;
  private readonly sessions: () => readonly TraceSession[];
  private readonly note: (error: unknown) => void;
  private readonly subscriptions: Disposable[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param inLogViews tells which line the cursor came to in a view of a log */
  constructor(
    lines: LineTraces,
    sessions: () => readonly TraceSession[],
    inLogViews: Event<SelectedLine>,
    note: (error: unknown) => void,
  ) {
    this.lines = lines;
    this.sessions = sessions;
    this.note = note;
    this.subscriptions = [
      window.onDidChangeTextEditorSelection(event => this.onMove(event)),
      inLogViews(line => this.rest(() => this.lines.knownOf(line))),
    ];
  }

  private onMove({ kind, textEditor }: TextEditorSelectionChangeEvent): void {
    const { document, selection } = textEditor;
    const { line } = selection.active;
    // What the text itself moved, as it grew, has no kind.
    if (kind === undefined || !isLogDocument(document)) return;
    if (kind !== TextEditorSelectionChangeKind.Command) ownMoves.forget(document);
    else if (ownMoves.take(document, line)) return;
    this.rest(() => this.lines.known(document, line));
  }

  private rest(ask: () => Promise<RecordInsight>): void {
    clearTimeout(this.timer);
    if (this.sessions().length === 0) return;
    this.timer = setTimeout(() => void ask().then(insight => this.select(insight), this.note), restMs);
  }

  private select(insight: RecordInsight): void {
    const key = insight.trace?.step?.key;
    if (key === undefined) return;
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
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
