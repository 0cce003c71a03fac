import { commands, type Disposable, EventEmitter, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { joinKey } from '../../common/profile/ids';
import { contextKeys, timelineViewType } from '../contributions';
import type { EngineAccess } from '../engine/engineAccess';
import { soughtId } from '../pick/idsOfEditor';
import type { RecentIds } from '../pick/recentIds';
import { chooseTrace } from './choices';
import { watchSearch } from './searchProgress';
import type { SearchScope, SearchScopes } from './searchScopes';
import { readMemory } from './timelineMessages';
import { type PageActions, TimelinePanel, titleOf } from './timelinePanel';
import { type Choices, type SearchEnd, TraceSession } from './traceSession';

export interface TimelinesOptions {
  access: EngineAccess;
  recent: RecentIds;
  scopes: SearchScopes;
  extensionUri: Uri;
  actions(timeline: TimelinePanel): PageActions;
  /** Tells the user how a search that they asked for ended. `told`: the timeline in front of them says it already. */
  report(end: SearchEnd, text: string, told: boolean): void;
}

/** A timeline that comes later than this does not take the focus from what the user has turned to. */
const focusWithin = 1_000;

/** How a timeline is opened. */
export interface ShowManner {
  /** The step to select. */
  selected?: string | null;
  /** Leaves the focus where it is, and takes the place of the preview before it. */
  preview?: boolean;
  /** Where no timeline is on show yet. */
  column?: ViewColumn;
  /** Beside what is in front now, whatever is on show. One that is open already stays where it is. */
  toSide?: boolean;
  /** Searches there alone, in a timeline of its own. */
  within?: SearchScope;
}

/** What comes after a search. */
interface Manner {
  /** Nobody asked for this search just now: nothing pops up, whatever comes of it. */
  quiet?: boolean;
  /** A timeline that was opened for this search alone goes where nothing is chosen. */
  isNew?: boolean;
}

/** The open timelines, one a trace. */
export class Timelines implements Disposable {
  private readonly open = new Set<TimelinePanel>();
  private readonly options: TimelinesOptions;
  /** Opened by a look at a list: the next look goes there too. */
  private preview: TimelinePanel | null = null;
  /** In front last: the one that is meant where none is in front now. */
  private last: TimelinePanel | null = null;
  private readonly changed = new EventEmitter<void>();
  /** Tells that another timeline is meant by `current`, or that one of them shows something else. */
  readonly onDidChange = this.changed.event;

  constructor(options: TimelinesOptions) {
    this.options = options;
  }

  get scopes(): SearchScopes {
    return this.options.scopes;
  }

  get active(): TimelinePanel | null {
    return [...this.open].find(({ panel }) => panel.active) ?? null;
  }

  /** The timeline in front, else the one that was in front last; `null` where none is open. */
  get current(): TimelinePanel | null {
    return this.active ?? this.last;
  }

  get all(): readonly TimelinePanel[] {
    return [...this.open];
  }

  get sessions(): TraceSession[] {
    return [...this.open].map(({ session }) => session);
  }

  /** Columns that hold a timeline: a log opens in another one. */
  get columns(): ViewColumn[] {
    return [...this.open].flatMap(({ panel }) => (panel.visible && panel.viewColumn ? [panel.viewColumn] : []));
  }

  /** Shows the timeline of what a text holds: its own if it is open already, searched anew, for logs grow. */
  async show(text: string, manner: ShowManner = {}): Promise<void> {
    const { selected = null, preview = false } = manner;
    const known = this.timelineOf(text, manner.within?.name);
    if (known) {
      known.panel.reveal(undefined, preview);
      if (known === this.preview && !preview) this.preview = null;
      if (selected !== null) known.session.select(selected);
      await this.searchAgain(known);
    } else if (preview && this.preview) {
      const timeline = this.preview;
      timeline.panel.reveal(undefined, true);
      timeline.session.turnTo(text);
      await this.search(timeline, text, {});
    } else await this.create(text, manner);
  }

  private async create(text: string, manner: ShowManner): Promise<void> {
    const { selected = null, preview = false, column = ViewColumn.Beside, toSide = false, within } = manner;
    // Without the focus: the search may have to ask which trace is meant, and whoever waits may go on working.
    const place = {
      viewColumn: toSide ? ViewColumn.Beside : (this.columns[0] ?? column),
      preserveFocus: true,
    };
    if (within) await this.options.scopes.keep(within);
    const timeline = this.adopt(
      window.createWebviewPanel(timelineViewType, titleOf(text), place),
      text,
      selected,
      within,
    );
    if (preview) this.preview = timeline;
    const start = performance.now();
    await this.search(timeline, text, { isNew: true });
    const isMeant = this.open.has(timeline) && this.preview !== timeline;
    if (isMeant && performance.now() - start < focusWithin) timeline.panel.reveal(undefined, false);
  }

  searchAgain(timeline: TimelinePanel): Promise<void> {
    return this.search(timeline, timeline.session.query, {});
  }

  /** Of the timeline in front if it searches, else the search that was started last. */
  cancel(): void {
    const searching = [...this.open].filter(({ session }) => session.searchingSince !== null);
    const since = ({ session, panel }: TimelinePanel) => (panel.active ? Infinity : (session.searchingSince ?? 0));
    searching.sort((a, b) => since(b) - since(a))[0]?.session.cancel();
  }

  /** A panel that VS Code kept over a restart. */
  async restore(panel: WebviewPanel, memory: unknown): Promise<void> {
    const remembered = readMemory(memory);
    const { scope = null, title = panel.title } = this.options.scopes.ofTab(panel.title) ?? {};
    // The page's memory may be lost with the browser; the tab's name is kept.
    const query = remembered?.query ?? this.options.recent.all.find(id => titleOf(id) === title);
    if (query === undefined) panel.dispose();
    else await this.search(this.adopt(panel, query, null, scope), query, { quiet: true });
  }

  private adopt(
    panel: WebviewPanel,
    text: string,
    selected: string | null,
    scope: SearchScope | null = null,
  ): TimelinePanel {
    const { access, actions, extensionUri, scopes } = this.options;
    const within = scope && { scope, places: () => scopes.placesOf(scope) };
    const timeline = new TimelinePanel(panel, new TraceSession(access, text, selected, within), actions, extensionUri);
    this.open.add(timeline);
    this.last = timeline;
    panel.onDidDispose(() => {
      this.open.delete(timeline);
      if (this.preview === timeline) this.preview = null;
      if (this.last === timeline) this.last = this.active ?? [...this.open].at(-1) ?? null;
      this.updateContext();
    });
    panel.onDidChangeViewState(() => {
      if (!panel.active || this.last === timeline) return;
      this.last = timeline;
      this.changed.fire();
    });
    timeline.session.onDidChange(() => this.updateContext());
    return timeline;
  }

  private async search(timeline: TimelinePanel, text: string, manner: Manner): Promise<void> {
    const { session, panel } = timeline;
    const search = session.search(text);
    this.updateContext();
    const end = await (manner.quiet ? search : watchSearch(session, search, () => panel.visible));
    this.updateContext();
    if (!this.open.has(timeline)) return;
    if (end.kind === 'trace') await this.found(timeline, end.trace.correlationId);
    if (manner.quiet) return;
    if (end.kind === 'choices') await this.choose(timeline, end.choices, text, manner);
    // A failure that left the trace on show is told by nobody else.
    else this.options.report(end, text, panel.visible && session.state.kind === end.kind);
  }

  private async choose(timeline: TimelinePanel, choices: Choices, text: string, manner: Manner): Promise<void> {
    const id = await chooseTrace(choices, text);
    if (!this.open.has(timeline)) return;
    if (id !== null) await this.search(timeline, id, manner);
    else if (!timeline.session.keep() && manner.isNew) timeline.dispose();
  }

  /**
   * A text may turn out to name a trace that is open: the older timeline stays, with the place the user gave it, and shows
   * what has just been read.
   */
  private async found(timeline: TimelinePanel, id: string): Promise<void> {
    await this.options.recent.add(id);
    const isOlder = ({ session }: TimelinePanel) =>
      session.trace?.correlationId === id && session.within?.scope.name === timeline.session.within?.scope.name;
    const older = [...this.open].find(other => other !== timeline && isOlder(other));
    if (!older) return;
    timeline.session.handOver(older.session);
    const hadFocus = this.preview !== timeline;
    timeline.dispose();
    older.panel.reveal(undefined, !hadFocus);
  }

  private timelineOf(text: string, within?: string): TimelinePanel | undefined {
    // What is searched for first, and no other ID of a pasted line: that may be a parent's, or a link's.
    const keys = new Set([text, soughtId(text) ?? text].map(joinKey));
    return [...this.open].find(
      ({ session }) => keys.has(joinKey(session.query)) && session.within?.scope.name === within,
    );
  }

  private updateContext(): void {
    const searching = [...this.open].some(({ session }) => session.searchingSince !== null);
    void commands.executeCommand('setContext', contextKeys.searching, searching);
    this.changed.fire();
  }

  dispose(): void {
    for (const timeline of [...this.open]) timeline.dispose();
  }
}
