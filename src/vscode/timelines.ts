import { commands, type Disposable, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { chooseTrace } from './choices';
import { contextKeys, timelineViewType } from './contributions';
import type { EngineAccess } from './engineAccess';
import { idTexts } from './idsOfEditor';
import type { RecentIds } from './recentIds';
import { watchSearch } from './searchProgress';
import { readMemory } from './timelineMessages';
import { type PageActions, TimelinePanel, titleOf } from './timelinePanel';
import { type SearchEnd, TraceSession } from './traceSession';

export interface TimelinesOptions {
  access: EngineAccess;
  recent: RecentIds;
  extensionUri: Uri;
  actions(timeline: TimelinePanel): PageActions;
  /** Tells the user how a search ended, where the timeline alone does not. */
  report(end: SearchEnd, text: string): void;
}

/** A timeline that comes later than this does not take the focus from what the user has turned to. */
const focusWithin = 1_000;

/** The open timelines, one a trace. */
export class Timelines implements Disposable {
  private readonly open = new Set<TimelinePanel>();
  private readonly options: TimelinesOptions;

  constructor(options: TimelinesOptions) {
    this.options = options;
  }

  get active(): TimelinePanel | null {
    return [...this.open].find(({ panel }) => panel.active) ?? null;
  }

  /** Columns that hold a timeline: a log opens in another one. */
  get columns(): ViewColumn[] {
    return [...this.open].flatMap(({ panel }) => (panel.visible && panel.viewColumn ? [panel.viewColumn] : []));
  }

  /** Shows the timeline of what a text holds: its own if it is open already, searched anew, for logs grow. */
  async show(text: string, selected: string | null = null): Promise<void> {
    const known = this.timelineOf(text);
    if (known) {
      known.reveal();
      if (selected !== null) known.session.select(selected);
      await this.search(known, known.session.query);
      return;
    }
    const column = this.columns[0] ?? ViewColumn.Beside;
    // Without the focus: the search may have to ask which trace is meant, and whoever waits may go on working.
    const place = { viewColumn: column, preserveFocus: true };
    const timeline = this.adopt(window.createWebviewPanel(timelineViewType, titleOf(text), place), text, selected);
    const start = performance.now();
    await this.search(timeline, text);
    if (this.open.has(timeline) && performance.now() - start < focusWithin) timeline.reveal();
  }

  /** A panel that VS Code kept over a restart. */
  async restore(panel: WebviewPanel, memory: unknown): Promise<void> {
    const remembered = readMemory(memory);
    // The page's memory may be lost with the browser; the tab's name is kept.
    const query = remembered?.query ?? this.options.recent.all.find(id => titleOf(id) === panel.title);
    if (query === undefined) panel.dispose();
    else await this.search(this.adopt(panel, query, remembered?.selected ?? null), query);
  }

  private adopt(panel: WebviewPanel, text: string, selected: string | null): TimelinePanel {
    const { access, actions, extensionUri } = this.options;
    const timeline = new TimelinePanel(panel, new TraceSession(access, text, selected), actions, extensionUri);
    this.open.add(timeline);
    panel.onDidDispose(() => this.open.delete(timeline));
    panel.onDidChangeViewState(() => this.updateContext());
    timeline.session.onDidChange(() => this.updateContext());
    return timeline;
  }

  private async search(timeline: TimelinePanel, text: string): Promise<void> {
    const { session } = timeline;
    const end = await watchSearch(session, session.search(text), () => timeline.panel.visible);
    this.updateContext();
    if (!this.open.has(timeline)) return;
    if (end.kind === 'choices') {
      const id = await chooseTrace(end.choices, text);
      if (id === null) timeline.dispose();
      else await this.search(timeline, id);
      return;
    }
    if (end.kind === 'trace') await this.found(timeline, end.trace.correlationId);
    this.options.report(end, text);
  }

  /** A text may turn out to name a trace that is open: the older timeline stays, with the place the user gave it. */
  private async found(timeline: TimelinePanel, id: string): Promise<void> {
    await this.options.recent.add(id);
    const older = [...this.open].find(other => other !== timeline && other.session.trace?.correlationId === id);
    if (!older) return;
    timeline.dispose();
    older.reveal();
  }

  private timelineOf(text: string): TimelinePanel | undefined {
    const ids = new Set([text, ...idTexts(text)]);
    return [...this.open].find(({ session }) => ids.has(session.query));
  }

  private updateContext(): void {
    void commands.executeCommand('setContext', contextKeys.searching, this.active?.session.searching ?? false);
  }

  dispose(): void {
    for (const timeline of [...this.open]) timeline.dispose();
  }
}
