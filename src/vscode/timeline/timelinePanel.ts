import * as v from 'valibot';
import { type Disposable, l10n, Uri, type WebviewPanel } from 'vscode';
import { cutMiddle } from '../../common/base/cutMiddle';
import type { LogEngine } from '../../common/protocol/logEngine';
import { RpcChannel } from '../../common/protocol/rpcChannel';
import type { TimelineHost, TimelinePage, TimelineState } from '../../common/protocol/timelineProtocol';
import { labelText } from '../format';
import { checkedHandlers, unheard } from '../webview/checkedHandlers';
import { pageFor } from '../webview/pageHtml';
import { webviewPort } from '../webview/webviewPort';
import { titleIn } from './searchScopes';
import { type CheckedHost, requestSchemas, selectedSchema } from './timelineMessages';
import type { TraceSession } from './traceSession';

/** What a page may ask for beyond its own trace. */
export type PageActions = Pick<
  CheckedHost,
  | 'openRecord'
  | 'openLine'
  | 'openCode'
  | 'openFrame'
  | 'openNote'
  | 'copy'
  | 'pivot'
  | 'lens'
  | 'searchAgain'
  | 'addLogs'
  | 'openSetting'
  | 'howRead'
>;

/** A page that does not answer by then, in ms, is not there. */
const pagePatience = 1_000;

/** One timeline: a session and the page that shows it. */
export class TimelinePanel implements Disposable {
  readonly panel: WebviewPanel;
  readonly session: TraceSession;
  private readonly channel: RpcChannel;
  private readonly actions: PageActions;
  private showing: AbortController | null = null;

  constructor(
    panel: WebviewPanel,
    session: TraceSession,
    actions: (timeline: TimelinePanel) => PageActions,
    extensionUri: Uri,
  ) {
    this.panel = panel;
    this.session = session;
    this.actions = actions(this);
    const own = {
      ready: () => session.state,
      rows: request => session.ask(request.traceId, engine => engine.window(request)),
      overview: request => session.ask(request.traceId, engine => engine.overview(request)),
      arrange: request => session.ask(request.traceId, engine => engine.arrange(request)),
      pick: request => session.ask(request.traceId, engine => engine.pick(request)),
      find: request => session.ask(request.traceId, engine => engine.find(request)),
      nextRow: request => session.ask(request.traceId, engine => engine.nextRow(request)),
      step: ({ traceId, key }) => session.step(traceId, key),
      locate: ({ traceId, key }) => session.ask(traceId, engine => rowOf(engine, traceId, key)),
      recordRows: request => session.ask(request.traceId, engine => engine.recordRows(request)),
      recordOf: request => session.ask(request.traceId, engine => engine.recordOf(request)),
      recordAt: request => session.ask(request.traceId, engine => engine.recordAt(request)),
      links: request => session.ask(request.traceId, engine => engine.links(request)),
      moveClocks: ({ traceId, apply }) => session.moveClocks(traceId, apply),
      setLive: ({ live }) => session.setLive(live),
      cancel: () => session.cancel(),
    } satisfies Omit<CheckedHost, keyof PageActions>;
    this.channel = new RpcChannel(
      webviewPort(panel),
      checkedHandlers<TimelineHost, typeof requestSchemas>(requestSchemas, { ...own, ...this.actions }),
    );
    session.onDidChange(state => this.update(state));
    // A hidden page is gone, with all messages that were meant for it; the new one asks for the state by `ready`, and a
    // page that was only covered gets it here.
    panel.onDidChangeViewState(() => panel.visible && this.update(session.state));
    panel.onDidDispose(() => this.dispose());
    const root = Uri.joinPath(extensionUri, 'dist', 'media');
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'media', 'icons', 'timeline-light.svg'),
      dark: Uri.joinPath(extensionUri, 'media', 'icons', 'timeline-dark.svg'),
    };
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
    panel.webview.html = pageFor(panel.webview, Uri.joinPath(root, 'timeline'), l10n.t('Timeline'));
    this.update(session.state);
  }

  /**
   * Selects a step in the page, also one that was asked for before, and shows a record of it without taking the focus.
   * @param record index among the step's; `null`: it has none
   */
  goToStep(traceId: string, key: string, record: number | null): void {
    this.session.select(key);
    if (this.panel.visible) this.tell('select', { key }, AbortSignal.timeout(pagePatience));
    if (record !== null) void this.actions.openRecord({ traceId, key, record, preview: true }, unheard);
  }

  /** Key of the step that is selected in the page; `null` where none is, or no page is there to say. */
  async selectedStep(): Promise<string | null> {
    const method: keyof TimelinePage = 'selected';
    const answer = this.channel.request<unknown>(method, undefined, { signal: AbortSignal.timeout(pagePatience) });
    const parsed = v.safeParse(selectedSchema, await answer.catch(() => null));
    return parsed.success ? parsed.output : null;
  }

  dispose(): void {
    this.showing?.abort();
    this.session.dispose();
    this.panel.dispose();
  }

  private update(state: TimelineState): void {
    const { query, within } = this.session;
    this.panel.title = titleIn(titleOf(query), within?.scope ?? null);
    if (!this.panel.visible) return;
    // Whole states: only the newest counts, and one that no page answers must not pile up.
    this.showing?.abort();
    this.showing = new AbortController();
    this.tell('show', state, this.showing.signal);
  }

  private tell<Method extends keyof TimelinePage>(
    method: Method,
    argument: Parameters<TimelinePage[Method]>[0],
    signal: AbortSignal,
  ): void {
    this.channel.request<void>(method, argument, { signal }).catch(() => undefined);
  }
}

/** The tab's name: enough of an ID to tell it from others. Also by it a restored panel without memory finds its ID. */
export const titleOf = (query: string): string => cutMiddle(labelText(query, 400), 24);

const rowsAtOnce = 2_000;

/** Index of a step's row; rows are looked through in pieces, for there may be very many. */
async function rowOf(engine: LogEngine, traceId: string, key: string): Promise<number | null> {
  for (let from = 0; ; from += rowsAtOnce) {
    const rows = await engine.window({ traceId, from, to: from + rowsAtOnce });
    const index = rows.findIndex(row => row.key === key);
    if (index !== -1) return from + index;
    if (rows.length < rowsAtOnce) return null;
  }
}
