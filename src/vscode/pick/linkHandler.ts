import { l10n, type Uri, type UriHandler, window } from 'vscode';
import { readTraceLink } from '../../common/query/traceLink';
import { labelText } from '../format';
import type { ShowManner } from '../timeline/timelines';
import { type ErrorReporter, UserError } from '../userError';

export interface LinkHandlerParts {
  errors: ErrorReporter;
  /** Places that a search reads and that do not lie in the workspace. @throws UserError where a setting cannot be used */
  outside(): string[];
  show(text: string, manner: ShowManner): Promise<void>;
}

const placesTold = 5;

/**
 * Opens what a `vscode://` link names. Anybody can write one, a web page too: it says which ID to look for, and nothing
 * else. What a search reads is what the user has chosen; where that leaves the workspace, the user is asked.
 */
export class LinkHandler implements UriHandler {
  private readonly parts: LinkHandlerParts;
  /** One question at a time: another link that comes meanwhile waits for nobody. */
  private asking = false;
  readonly handleUri: (uri: Uri) => Promise<void>;

  constructor(parts: LinkHandlerParts) {
    this.parts = parts;
    this.handleUri = parts.errors.guard((uri: Uri) => this.open(uri));
  }

  private async open({ path, query }: Uri): Promise<void> {
    const link = readTraceLink({ path, query });
    if (!link) {
      throw new UserError(
        l10n.t(
          'This link names no trace. One that does ends in "/trace?id=" and a correlation ID, as Copy Link makes it.',
        ),
      );
    }
    const outside = this.parts.outside();
    if (outside.length > 0 && !(await this.mayRead(outside, link.id))) return;
    await this.parts.show(link.id, { selected: link.step });
  }

  private async mayRead(places: readonly string[], id: string): Promise<boolean> {
    if (this.asking) return false;
    this.asking = true;
    try {
      const search = l10n.t('Search');
      const more = places.length - placesTold;
      const detail = [
        l10n.t('A link asks for this. These logs would be searched, too, as your settings or open files name them:'),
        ...places.slice(0, placesTold).map(place => labelText(place, 200)),
        ...(more > 0 ? [l10n.t('… and {0} more', more)] : []),
      ].join('\n');
      const question = l10n.t('Search logs outside of this workspace for {0}?', labelText(id, 60));
      return (await window.showWarningMessage(question, { modal: true, detail }, search)) === search;
    } finally {
      this.asking = false;
    }
  }
}
