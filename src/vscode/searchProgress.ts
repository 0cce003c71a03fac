import { l10n, ProgressLocation, window } from 'vscode';
import { labelText } from './format';
import type { SearchEnd, TraceSession } from './traceSession';

/** Most searches are over before this; a notification that only flashes up is noise. */
const patience = 700;

/** Shows a notification that can cancel a search, if it takes long. The timeline itself shows the first steps. */
export async function watchSearch(session: TraceSession, search: Promise<SearchEnd>): Promise<SearchEnd> {
  const timer = setTimeout(() => void notify(session, search), patience);
  try {
    return await search;
  } finally {
    clearTimeout(timer);
  }
}

function notify(session: TraceSession, search: Promise<SearchEnd>): Thenable<unknown> {
  const title = l10n.t('Tracing {0}', labelText(session.query, 40));
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => session.cancel());
      let shown = 0;
      const watch = session.onDidChange(state => {
        const read = 'progress' in state ? state.progress : null;
        if (!read || read.bytesTotal === 0) return;
        const percent = Math.min(100, (100 * read.bytesRead) / read.bytesTotal);
        const message = l10n.t('{0} of {1} sources, {2} lines found', read.sourcesDone, read.sources, read.hits);
        progress.report({ message, increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      });
      return search.finally(() => watch.dispose());
    },
  );
}
