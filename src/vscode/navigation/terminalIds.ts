import { l10n, type TerminalLink, type TerminalLinkContext, type TerminalLinkProvider } from 'vscode';
import { requestIdsIn } from '../pick/idsOfEditor';

interface IdLink extends TerminalLink {
  id: string;
}

const longestLine = 4_000;

/** IDs in a terminal's lines, each a link to its timeline: what is named so or looks like nothing else. */
export class TerminalIdProvider implements TerminalLinkProvider<IdLink> {
  private readonly show: (id: string) => unknown;

  constructor(show: (id: string) => unknown) {
    this.show = show;
  }

  provideTerminalLinks({ line }: TerminalLinkContext): IdLink[] {
    const tooltip = l10n.t('Trace This ID');
    return requestIdsIn(line.slice(0, longestLine)).map(({ id, at }) => ({
      id,
      startIndex: at,
      length: id.length,
      tooltip,
    }));
  }

  handleTerminalLink({ id }: IdLink): void {
    this.show(id);
  }
}
