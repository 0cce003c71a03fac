import { basename } from 'node:path';
import { env, l10n, Uri, type WebviewPanel } from 'vscode';
import type {
  LinesGiven,
  LogPlace,
  LogViewHost,
  LogViewPage,
  LogViewState,
} from '../../common/protocol/logViewProtocol';
import { type HandlerContext, RpcChannel } from '../../common/protocol/rpcChannel';
import type { EngineAccess } from '../engine/engineAccess';
import { checkedHandlers } from '../webview/checkedHandlers';
import { pageFor } from '../webview/pageHtml';
import { webviewPort } from '../webview/webviewPort';
import { lineInsight } from './lineInsight';
import type { LinesAhead } from './linesAhead';
import { type CheckedLogViewHost, logViewSchemas } from './logViewMessages';

export interface LogViewOptions {
  access: EngineAccess;
  extensionUri: Uri;
  /** Lets the engine learn of the trace of an ID. Never throws. */
  hoverTraces: { learn(id: string): Promise<boolean> };
  actions: Pick<CheckedLogViewHost, 'trace' | 'select'>;
}

/** One log view: a log, and the page that shows a part of it. The lines come from the engine as the page asks for them. */
export class LogViewPanel {
  readonly panel: WebviewPanel;
  private readonly channel: RpcChannel;
  private readonly name: string;
  private place: LogPlace | null;

  /** @param ahead what of the log was read while VS Code made the panel */
  constructor(
    panel: WebviewPanel,
    source: string,
    { place, ahead }: { place: LogPlace | null; ahead: LinesAhead },
    options: LogViewOptions,
  ) {
    this.panel = panel;
    this.name = basename(source);
    this.place = place;
    const { access, extensionUri, hoverTraces, actions } = options;
    const engine = access.current;
    // A hidden page is gone: what it has asked for nobody waits for any more.
    let shown = new AbortController();
    panel.onDidChangeViewState(() => {
      if (panel.visible) return;
      shown.abort();
      shown = new AbortController();
    });
    const until = (signal: HandlerContext['signal']) => AbortSignal.any([signal as AbortSignal, shown.signal]);
    // The page may be a newer one than the one that the place was told to; it knows by the serial what it has shown.
    const own = {
      ready: () => {
        // What has not come by now, the page asks for itself.
        ahead.stop();
        return this.state(null);
      },
      lines: ({ known, ...request }, { signal }) =>
        access.withSources().then(ready => ready.lines({ source, ...request, known }, { signal: until(signal) })),
      lineText: request => engine.lineText({ source, ...request }),
      countLines: ({ toLine }, { signal, progress }) =>
        engine.countLines({ source, toLine: toLine ?? undefined }, { signal: until(signal), onProgress: progress }),
      findText: (request, { signal, progress }) =>
        engine.findText({ source, ...request }, { signal: until(signal), onProgress: progress }),
      countMatches: (request, { signal, progress }) =>
        engine.countMatches({ source, ...request }, { signal: until(signal), onProgress: progress }),
      matchesBefore: (request, { signal }) => engine.matchesBefore({ source, ...request }, { signal: until(signal) }),
      insight: async (line, { signal, progress }) => {
        const request = { source, line: line.line ?? 1, offset: line.offset };
        const at = () => engine.at(request, { signal: until(signal) });
        const known = await at();
        const { correlationId, trace } = known;
        if (trace !== null || correlationId === null) return lineInsight(known, line);
        // What the line says is there at once, what the logs say of its trace may take a moment.
        progress(lineInsight(known, line));
        return lineInsight((await hoverTraces.learn(correlationId)) ? await at() : known, line);
      },
      copy: async ({ text }) => env.clipboard.writeText(text),
    } satisfies Omit<CheckedLogViewHost, 'trace' | 'select'>;
    const handlers = checkedHandlers<LogViewHost, typeof logViewSchemas>(logViewSchemas, { ...own, ...actions });
    this.channel = new RpcChannel(webviewPort(panel), handlers);
    const root = Uri.joinPath(extensionUri, 'dist', 'media');
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
    panel.webview.html = pageFor(panel.webview, Uri.joinPath(root, 'logView'), l10n.t('Log View'));
    panel.onDidDispose(() => ahead.stop());
    void ahead.lines.then(lines => lines && this.tell('begin', this.state(lines)));
  }

  /** Shows a place as soon as the page is up. */
  show(place: LogPlace): void {
    this.place = place;
    this.tell('show', place);
  }

  goToLine(): void {
    this.tell('goToLine');
  }

  private state(lines: LinesGiven | null): LogViewState {
    return { name: this.name, place: this.place, lines };
  }

  private tell<Method extends keyof LogViewPage>(method: Method, ...[argument]: Parameters<LogViewPage[Method]>): void {
    this.channel.request<void>(method, argument).catch(() => undefined);
  }
}
