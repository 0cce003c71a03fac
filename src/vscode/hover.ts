import { type CancellationToken, Hover, type HoverProvider, type Position, type TextDocument } from 'vscode';
import type { AtRequest, RecordInsight } from '../common/protocol/logEngine';
import type { EngineAccess } from './engineAccess';
import type { HoverLinks } from './hoverLinks';
import { hoverLink, hoverText } from './hoverText';
import type { HoverTraces } from './hoverTraces';
import { idAt } from './idsOfEditor';
import { isLogDocument, isUntitled, sourceOf } from './logDocuments';
import type { ErrorReporter } from './userError';

/** A hover that comes later is an annoyance: what is known by then is shown. */
const patience = 50;
/** Longer texts are not copied to the engine for a hover. */
const maxText = 5_000_000;

/** On an ID in a log: whose request it is, how it ended, and where in it this line stands. */
export class IdHoverProvider implements HoverProvider {
  private readonly access: EngineAccess;
  private readonly links: HoverLinks;
  private readonly traces: HoverTraces;
  private readonly errors: ErrorReporter;

  constructor(access: EngineAccess, links: HoverLinks, traces: HoverTraces, errors: ErrorReporter) {
    this.access = access;
    this.links = links;
    this.traces = traces;
    this.errors = errors;
  }

  async provideHover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | null> {
    const found = idAt(document, position);
    if (!found) return null;
    const insight = await this.insight(document, position.line, token);
    if (token.isCancellationRequested) return null;
    const id = insight?.correlationId ?? found.id;
    const link = hoverLink(this.links.tokenFor({ id, step: insight?.trace?.step?.key ?? null }));
    const reading = this.traces.isLearning(id);
    return new Hover([hoverText(found.id, insight, reading), link], found.range);
  }

  /** Starts the engine and lets it find out how a log is read, so that the first hover on it is no poorer than the next. */
  async prepare(document: TextDocument): Promise<void> {
    if (document.uri.scheme !== 'file' || !isLogDocument(document)) return;
    const engine = await this.access.withSources();
    await engine.at({ source: sourceOf(document), line: 1 });
  }

  /** What is known in time: first what the line says, then what its trace says. A hover never waits for a search. */
  private async insight(document: TextDocument, line: number, token: CancellationToken): Promise<RecordInsight | null> {
    let known: RecordInsight | null = null;
    const request = requestFor(document, line);
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const { signal } = abort;
    const learn = async () => {
      const engine = await this.access.withSources();
      known = await engine.at(request, { signal });
      if (known.complete || known.correlationId === null || token.isCancellationRequested) return;
      if (await this.traces.learn(known.correlationId)) known = await engine.at(request, { signal });
    };
    // No place for a message: the pointer may have come by chance.
    await Promise.race([learn().catch(error => this.errors.note(error)), late()]);
    return known;
  }
}

const late = (): Promise<null> => new Promise(resolve => setTimeout(resolve, patience, null));

function requestFor(document: TextDocument, line: number): AtRequest {
  const request = { source: sourceOf(document), line: line + 1 };
  if (!document.isDirty && !isUntitled(document)) return request;
  const text = document.getText();
  return text.length > maxText ? request : { ...request, text };
}
