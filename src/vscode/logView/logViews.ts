import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  type TextDocumentShowOptions,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { SourcePlace } from '../../common/protocol/logEngine';
import type { LineOfLog, LogPlace } from '../../common/protocol/logViewProtocol';
import { isRemote } from '../../common/protocol/places/remotePlaces';
import { memberMark } from '../../node/sources/discover/sourceNames';
import { logScheme, logViewType } from '../contributions';
import { CompressedLogs, compressedLogSource, compressedLogUri } from '../sources/compressedLogs';
import type { Timelines } from '../timeline/timelines';
import { type ErrorReporter, UserError } from '../userError';
import { LinesAhead } from './linesAhead';
import { type LogViewOptions, LogViewPanel } from './logViewPanel';

export interface LogViewsOptions extends Pick<LogViewOptions, 'access' | 'extensionUri' | 'hoverTraces'> {
  /** What is searched: a URL is shown only if it is among it, or was. */
  places: { current(): SourcePlace[] };
  errors: ErrorReporter;
  timelines(): Pick<Timelines, 'show'>;
}

/** A line of a log that the cursor came to in a log view. */
export interface SelectedLine extends LineOfLog {
  source: string;
}

interface OpenView {
  view: LogViewPanel;
  source: string;
  /** Where the cursor was put last, as far as anybody has told. */
  cursor: Omit<LogPlace, 'serial'> | null;
}

/** A place that a view is to show, and what was read of it until then. */
interface Coming {
  place: LogPlace;
  ahead: LinesAhead;
}

/** The log views: read-only editors for what no text editor can show, because of its size or where it is. */
export class LogViews implements CustomReadonlyEditorProvider, Disposable {
  private readonly options: LogViewsOptions;
  private readonly open = new Map<string, OpenView>();
  /** Places to show in views that VS Code is about to open, by the view's URI. */
  private readonly awaited = new Map<string, Coming>();
  private readonly named = new Set<string>();
  private readonly selected = new EventEmitter<SelectedLine>();
  private readonly parts: Disposable[] = [this.selected];
  private serial = Date.now();
  /** Tells which line the cursor of a log view came to. */
  readonly onDidSelectLine = this.selected.event;

  constructor(options: LogViewsOptions) {
    this.options = options;
  }

  /** Shows a place of a log: in its view if it is open, else in a new one. Not for what came from a page. */
  async reveal(
    source: string,
    place: Omit<LogPlace, 'serial'>,
    { viewColumn, preserveFocus = false, preview = true }: TextDocumentShowOptions,
  ): Promise<void> {
    this.named.add(source);
    const uri = logViewUri(source);
    const key = uri.toString();
    const numbered = { ...place, serial: ++this.serial };
    const known = this.open.get(key);
    if (known) {
      known.cursor = place;
      known.view.show(numbered);
      known.view.panel.reveal(undefined, preserveFocus);
      return;
    }
    const { access } = this.options;
    this.awaited.set(key, { place: numbered, ahead: new LinesAhead(access, source, numbered) });
    try {
      const options: TextDocumentShowOptions = { preserveFocus, preview, ...(viewColumn ? { viewColumn } : {}) };
      await commands.executeCommand('vscode.openWith', uri, logViewType, options);
    } finally {
      this.awaited.delete(key);
    }
  }

  openCustomDocument(uri: Uri): CustomDocument {
    const source = logViewSource(uri);
    // A URI can be made up by anyone: the network is asked only for what the user searches.
    const isNamed = () =>
      this.named.has(source) ||
      this.options.places.current().some(place => place.kind === 'path' && place.path === source);
    if (isRemote(source) && !isNamed()) throw new UserError(l10n.t('Search again to see {0}.', source));
    return { uri, dispose: () => {} };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const { access, extensionUri, hoverTraces, errors, timelines } = this.options;
    const source = logViewSource(uri);
    const key = uri.toString();
    const place = this.awaited.get(key) ?? { place: null, ahead: new LinesAhead(access, source, null) };
    const view = new LogViewPanel(panel, source, place, {
      access,
      extensionUri,
      hoverTraces,
      actions: {
        trace: errors.guard(({ id, step }) => timelines().show(id, { selected: step })),
        select: line => {
          entry.cursor = line;
          this.selected.fire({ source, ...line });
        },
      },
    });
    const entry: OpenView = { view, source, cursor: place.place };
    this.open.set(key, entry);
    panel.onDidDispose(() => {
      if (this.open.get(key) !== entry) return;
      this.open.delete(key);
      // An engine that is gone holds nothing.
      access.current.closeLog(source).catch(() => undefined);
    });
  }

  /** The ID of the line that the cursor is on, in the view that has the focus; `null` where there is none. Never throws. */
  async idAtCursor(): Promise<string | null> {
    const active = [...this.open.values()].find(({ view }) => view.panel.active);
    if (!active?.cursor) return null;
    const { source, cursor } = active;
    const offset = cursor.offset === null ? {} : { offset: cursor.offset };
    const line = await this.options.access.current.at({ source, line: cursor.line ?? 1, ...offset }).catch(() => null);
    return line?.correlationId ?? null;
  }

  /** In the view that has the focus: asks for a line, and goes there. */
  goToLine(): void {
    for (const { view } of this.open.values()) if (view.panel.active) view.goToLine();
  }

  /** Disposed of with the views. */
  own(...parts: Disposable[]): void {
    this.parts.push(...parts);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}

/** The log views, known to VS Code, and the documents of what they show, for whoever asks VS Code for its text. */
export function createLogViews(options: LogViewsOptions): LogViews {
  const views = new LogViews(options);
  views.own(
    window.registerCustomEditorProvider(logViewType, views),
    workspace.registerTextDocumentContentProvider(logScheme, new CompressedLogs()),
  );
  return views;
}

/** A file goes by its own URI; a member of an archive and what is behind a URL by one of ours. */
const logViewUri = (source: string): Uri =>
  isRemote(source) || source.includes(memberMark) ? compressedLogUri(source) : Uri.file(source);

const logViewSource = (uri: Uri): string => (uri.scheme === logScheme ? compressedLogSource(uri) : uri.fsPath);
