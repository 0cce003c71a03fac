import { l10n, type Memento } from 'vscode';
import type { SourcePlace } from '../../common/protocol/logEngine';
import { stateKeys } from '../contributions';
import { labelText } from '../format';

/** Where alone a timeline searches. */
export interface SearchScope {
  /** As a person calls it. */
  name: string;
  /** Of folders and files, absolute. */
  paths: readonly string[];
}

const mostKept = 20;
const longestName = 40;

/**
 * The folders and files that timelines search alone. They are kept for timelines that VS Code restores, and found again by the name
 * of the tab, which no page can change: a page names no path (SEC-04).
 */
export class SearchScopes {
  private readonly state: Memento;
  private readonly places: () => SourcePlace[];

  /** @param places what is searched where no scope is given */
  constructor(state: Memento, places: () => SourcePlace[]) {
    this.state = state;
    this.places = places;
  }

  /** What is searched now; a file that is open as it stands in the editor. */
  placesOf({ paths }: SearchScope): SourcePlace[] {
    const places = paths.map((path): SourcePlace => ({ kind: 'path', path }));
    return [...places, ...this.places().filter(({ kind }) => kind === 'unsaved')];
  }

  async keep(scope: SearchScope): Promise<void> {
    const others = this.kept.filter(({ name }) => name !== scope.name);
    await this.state.update(stateKeys.searchScopes, [scope, ...others].slice(0, mostKept));
  }

  /** Of a timeline by the name of its tab, `title` being that without the scope; `null`: none is known by it. */
  ofTab(tab: string): { scope: SearchScope; title: string } | null {
    for (const scope of this.kept) {
      const end = titleIn('', scope);
      if (tab.endsWith(end)) return { scope, title: tab.slice(0, -end.length) };
    }
    return null;
  }

  private get kept(): SearchScope[] {
    // An older version kept them in another form.
    return this.state.get<SearchScope[]>(stateKeys.searchScopes, []).filter(({ paths }) => Array.isArray(paths));
  }
}

/** The name of a tab. */
export const titleIn = (title: string, scope: SearchScope | null): string =>
  scope ? l10n.t('{0} in {1}', title, labelText(scope.name, longestName)) : title;
