import { type CancellationToken, Hover, type HoverProvider, type Position, type TextDocument } from 'vscode';
import type { AtRequest, RecordInsight } from '../common/protocol/logEngine';
import type { EngineAccess } from './engineAccess';
import type { HoverLinks } from './hoverLinks';
import { hoverLink, hoverText } from './hoverText';
import { idAt } from './idsOfEditor';
import { isUntitled, sourceOf } from './logDocuments';
import type { ErrorReporter } from './userError';

/** A hover that comes later is an annoyance: what is known by then is shown. */
const patience = 50;
/** Longer texts are not copied to the engine for a hover. */
const maxText = 5_000_000;

/** On an ID in a log: whose request it is, how it ended, and where in it this line stands. */
export class IdHoverProvider implements HoverProvider {
  private readonly access: EngineAccess;
  private readonly links: HoverLinks;
  private readonly errors: ErrorReporter;

  constructor(access: EngineAccess, links: HoverLinks, errors: ErrorReporter) {
    this.access = access;
    this.links = links;
    this.errors = errors;
  }

  async provideHover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | null> {
    const found = idAt(document, position);
    if (!found) return null;
    const insight = await this.insight(document, position.line, token);
    if (token.isCancellationRequested) return null;
    const id = insight?.correlationId ?? found.id;
    const link = hoverLink(this.links.tokenFor({ id, step: insight?.trace?.step?.key ?? null }));
    return new Hover([hoverText(found.id, insight), link], found.range);
  }

  /**
   * What the engine knows in time, else nothing: a hover never waits for a search. A late answer is not called off: what
   * the engine had to find out for it (how a source is read) makes the next hover quick.
   */
  private async insight(document: TextDocument, line: number, token: CancellationToken): Promise<RecordInsight | null> {
    const abort = new AbortController();
    const cancelled = token.onCancellationRequested(() => abort.abort());
    const answer = this.ask(requestFor(document, line), abort.signal).finally(() => cancelled.dispose());
    return Promise.race([answer, late()]);
  }

  private async ask(request: AtRequest, signal: AbortSignal): Promise<RecordInsight | null> {
    try {
      const engine = await this.access.withSources();
      return await engine.at(request, { signal });
    } catch (error) {
      // No place for a message: the pointer may have come by chance.
      this.errors.note(error);
      return null;
    }
  }
}

const late = (): Promise<null> => new Promise(resolve => setTimeout(resolve, patience, null));

function requestFor(document: TextDocument, line: number): AtRequest {
  const request = { source: sourceOf(document), line: line + 1 };
  if (!document.isDirty && !isUntitled(document)) return request;
  const text = document.getText();
  return text.length > maxText ? request : { ...request, text };
}
