import { type Disposable, l10n, Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import { RpcChannel } from '../../common/protocol/rpcChannel';
import type { TraceQuery, TracesHost, TracesPage, TracesState } from '../../common/protocol/tracesProtocol';
import type { EngineAccess } from '../engine/engineAccess';
import { checkedHandlers } from '../webview/checkedHandlers';
import { pageFor } from '../webview/pageHtml';
import { webviewPort } from '../webview/webviewPort';
import { TracesFollowing } from './tracesFollowing';
import { type CheckedTracesHost, tracesSchemas } from './tracesMessages';
import { TracesSession } from './tracesSession';

/** What the page may ask for beyond its list. */
export type TracesActions = Pick<
  CheckedTracesHost,
  'open' | 'copy' | 'addLogs' | 'openFolder' | 'openSetting' | 'takeTour' | 'howRead'
>;

export interface TracesViewOptions {
  access: EngineAccess;
  extensionUri: Uri;
  actions: TracesActions;
}

/** The *Traces* view. Nothing is read before its page is up, which is when the view is shown for the first time. */
export class TracesView implements WebviewViewProvider, Disposable {
  readonly session: TracesSession;
  private readonly options: TracesViewOptions;
  private readonly following: TracesFollowing;
  private shown: { view: WebviewView; channel: RpcChannel } | null = null;
  private showing: AbortController | null = null;
  /** Whether the page has asked for its state: until then it is the page that says which list it had. */
  private isUp = false;
  private isStale = false;

  constructor(options: TracesViewOptions) {
    this.options = options;
    this.session = new TracesSession(options.access);
    this.following = new TracesFollowing(options.access, this.session);
    this.session.onDidChange(state => {
      this.tell(state);
      this.follow();
    });
  }

  resolveWebviewView(view: WebviewView): void {
    const { session } = this;
    const own = {
      ready: ({ query }) => {
        if (!this.isUp && query && session.state.list === null) void session.ask(query);
        else void session.ask(session.state.query);
        this.isUp = true;
        return session.state;
      },
      ask: query => void session.ask(query),
      rows: request => session.rows(request),
      names: ({ ids }, { signal }) => session.names(ids, signal),
      candidates: (_, { signal }) => session.candidates(signal),
      refresh: () => void session.read(),
      cancel: () => session.cancel(),
    } satisfies Omit<CheckedTracesHost, keyof TracesActions>;
    const handlers = checkedHandlers<TracesHost, typeof tracesSchemas>(tracesSchemas, {
      ...own,
      ...this.options.actions,
    });
    const channel = new RpcChannel(webviewPort(view), handlers);
    this.shown = { view, channel };
    view.onDidChangeVisibility(() => {
      this.follow();
      if (!view.visible) return;
      this.tell(session.state);
      if (this.isStale) this.refreshIfStale();
      else this.following.catchUp();
    });
    view.onDidDispose(() => {
      // A view that was moved elsewhere has a new page by now.
      if (this.shown?.view !== view) return;
      this.shown = null;
      this.following.stop();
      session.cancel();
    });
    const root = Uri.joinPath(this.options.extensionUri, 'dist', 'media');
    view.webview.options = { enableScripts: true, localResourceRoots: [root] };
    view.webview.html = pageFor(view.webview, Uri.joinPath(root, 'traces'), l10n.t('Traces'));
  }

  /** Reads again what may have changed: at once where it is seen, else when it is. */
  refreshIfStale(): void {
    this.isStale = this.shown?.view.visible !== true;
    if (!this.isStale) void this.session.refreshIfStale();
  }

  /** Changes what is listed; the view may not have been shown yet. */
  async ask(change: Partial<TraceQuery>): Promise<void> {
    this.isUp = true;
    await this.session.ask({ ...this.session.state.query, ...change });
  }

  dispose(): void {
    this.showing?.abort();
    this.following.stop();
    this.session.dispose();
  }

  /** Logs that grow are followed as soon as there is a list of them, while it is seen. */
  private follow(): void {
    const { list, reading } = this.session.state;
    if (!this.shown?.view.visible) this.following.stop();
    else if (list !== null && reading === null) this.following.start();
  }

  private tell(state: TracesState): void {
    if (!this.shown) return;
    const { view, channel } = this.shown;
    view.description = state.list === null ? '' : state.list.total.toLocaleString('en');
    if (!view.visible) return;
    // Whole states: only the newest counts, and one that no page answers must not pile up.
    this.showing?.abort();
    this.showing = new AbortController();
    const show: keyof TracesPage = 'show';
    channel.request<void>(show, state, { signal: this.showing.signal }).catch(() => undefined);
  }
}
