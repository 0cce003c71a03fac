import { l10n, type TerminalLink, type TerminalLinkContext, type TerminalLinkProvider } from 'vscode';
import { looksLikeId } from '../../common/profile/ids';
import { idTexts } from '../idsOfEditor';

interface IdLink extends TerminalLink {
  id: string;
}

const longestLine = 4_000;

/** IDs in a terminal's lines, each a link to its timeline: those that look like nothing else. */
export class TerminalIdProvider implements TerminalLinkProvider<IdLink> {
  private readonly show: (id: string) => unknown;

  constructor(show: (id: string) => unknown) {
    this.show = show;
  }

  provideTerminalLinks({ line }: TerminalLinkContext): IdLink[] {
    const text = line.slice(0, longestLine);
    const ids = idTexts(text).filter(looksLikeId);
    return ids.map(id => ({ id, startIndex: text.indexOf(id), length: id.length, tooltip: l10n.t('Trace This ID') }));
  }

  handleTerminalLink({ id }: IdLink): void {
    this.show(id);
  }
}
