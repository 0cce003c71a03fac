import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { ReadingHost } from '../../common/protocol/readingProtocol';
import { RpcChannel } from '../../common/protocol/rpcChannel';
import { readingViewType } from '../contributions';
import type { EngineAccess } from '../engine/engineAccess';
import { checkedHandlers } from '../webview/checkedHandlers';
import { pageFor } from '../webview/pageHtml';
import { webviewPort } from '../webview/webviewPort';
import { type CheckedReadingHost, readingSchemas } from './readingMessages';
import { ReadingSession } from './readingSession';

/** What the page may ask for beyond what it shows. */
export type ReadingActions = Pick<CheckedReadingHost, 'openLine' | 'change' | 'assign' | 'openSetting' | 'addLogs'>;

export interface ReadingPanelOptions {
  access: EngineAccess;
  extensionUri: Uri;
  actions(session: ReadingSession): ReadingActions;
}

/** The page *How Are My Logs Read?*, of which there is one. */
export class ReadingPanel implements Disposable {
  private readonly options: ReadingPanelOptions;
  private open: { panel: WebviewPanel; session: ReadingSession } | null = null;

  constructor(options: ReadingPanelOptions) {
    this.options = options;
  }

  async show(): Promise<void> {
    const known = this.open;
    known?.panel.reveal(undefined, false);
    const { session } = known ?? this.create();
    await session.read(false);
  }

  /** Reads the logs again where the page is open: a setting has changed. */
  async refresh(): Promise<void> {
    const { session } = this.open ?? {};
    if (session) await session.read(session.state.kind === 'sources' && session.state.full);
  }

  dispose(): void {
    this.open?.panel.dispose();
  }

  private create(): { panel: WebviewPanel; session: ReadingSession } {
    const { access, extensionUri, actions } = this.options;
    const title = l10n.t('How Are My Logs Read?');
    const panel = window.createWebviewPanel(readingViewType, title, ViewColumn.Active);
    const session = new ReadingSession(access);
    const own = {
      ready: () => session.state,
      read: ({ full }) => void session.read(full),
      source: request => session.source(request),
    } satisfies Omit<CheckedReadingHost, keyof ReadingActions>;
    const handlers = checkedHandlers<ReadingHost, typeof readingSchemas>(readingSchemas, {
      ...own,
      ...actions(session),
    });
    const channel = new RpcChannel(webviewPort(panel), handlers);
    const tell = () => void channel.request<void>('show', session.state).catch(() => undefined);
    session.onDidChange(() => panel.visible && tell());
    panel.onDidChangeViewState(() => panel.visible && tell());
    panel.onDidDispose(() => {
      session.dispose();
      this.open = null;
    });
    const root = Uri.joinPath(extensionUri, 'dist', 'media');
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'media', 'icons', 'timeline-light.svg'),
      dark: Uri.joinPath(extensionUri, 'media', 'icons', 'timeline-dark.svg'),
    };
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
    panel.webview.html = pageFor(panel.webview, Uri.joinPath(root, 'reading'), title);
    this.open = { panel, session };
    return this.open;
  }
}
