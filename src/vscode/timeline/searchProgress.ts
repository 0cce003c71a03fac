import { l10n, ProgressLocation, window } from 'vscode';
import { counted, labelText } from '../format';
import type { SearchEnd, TraceSession } from './traceSession';

/** Most searches are over before this; a message that only flashes up is noise. */
export const patience = 700;

/**
 * Tells of a search that takes long, in a notification that can cancel. A timeline on show has its own progress, first
 * steps and *Cancel*: then the status bar, which tells of all that goes on, is enough.
 */
export async function watchSearch(
  session: TraceSession,
  search: Promise<SearchEnd>,
  isShown: () => boolean,
): Promise<SearchEnd> {
  const timer = setTimeout(() => isShown() || void tell(session, search), patience);
  try {
    return await search;
  } finally {
    clearTimeout(timer);
  }
}

function tell(session: TraceSession, search: Promise<SearchEnd>): Thenable<unknown> {
  const title = l10n.t('Tracing {0}', labelText(session.query, 40));
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => session.cancel());
      let reported = 0;
      const watch = session.onDidChange(state => {
        const read = 'progress' in state ? state.progress : null;
        if (!read || read.bytesTotal === 0) return;
        const percent = Math.min(100, (100 * read.bytesRead) / read.bytesTotal);
        const sources = counted(read.sources, l10n.t('source'), l10n.t('sources'));
        const hits = counted(read.hits, l10n.t('log line found'), l10n.t('log lines found'));
        const message = l10n.t('{0} of {1}, {2}', read.sourcesDone, sources, hits);
        progress.report({ message, increment: Math.max(0, percent - reported) });
        reported = Math.max(reported, percent);
      });
      return search.finally(() => watch.dispose());
    },
  );
}
