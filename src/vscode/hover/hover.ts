import { type CancellationToken, Hover, type HoverProvider, l10n, type Position, type TextDocument } from 'vscode';
import type { AtRequest, RecordInsight } from '../../common/protocol/logEngine';
import type { EngineAccess } from '../engine/engineAccess';
import { recordOn, requestFor } from '../navigation/lineTraces';
import { idAt } from '../pick/idsOfEditor';
import { isLogDocument, sourceOf } from '../sources/logDocuments';
import type { ErrorReporter } from '../userError';
import type { HoverLinks, RecordWay } from './hoverLinks';
import { type HoverAction, hoverActions, hoverText } from './hoverText';
import type { HoverTraces } from './hoverTraces';

/** In ms. VS Code says that it is loading meanwhile; of a hover that comes later, what is known by then is shown. */
const patience = 1_000;

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
    const { insight, isEarly } = await this.insight(document, position.line, found !== null, token);
    // Where the pointer is on no ID, only a line of a trace that somebody looks at has something to say.
    if (token.isCancellationRequested || (!found && insight?.trace?.record == null)) return null;
    const id = insight?.correlationId ?? found?.id ?? '';
    const place = { source: sourceOf(document), line: position.line + 1 };
    const missing = isEarly ? 'reading' : this.traces.missing(id);
    const actions = this.actionsFor(id, insight, place);
    if (missing === 'reading' && insight?.complete !== true) actions.push(this.later(document, position));
    const texts = [hoverText(found?.id ?? null, insight, missing), hoverActions(actions, insight?.trace ?? null)];
    return new Hover(texts, found?.range ?? document.lineAt(position.line).range);
  }

  private actionsFor(id: string, insight: RecordInsight | null, { source, line }: AtRequest): HoverAction[] {
    const trace = insight?.trace ?? null;
    const token = this.links.tokenFor({ kind: 'timeline', id, step: trace?.step?.key ?? null });
    const actions = [{ icon: 'list-tree', label: l10n.t('Show Timeline'), token }];
    if (trace === null) return actions;
    const add = (icon: string, label: string, way: RecordWay) => {
      const index = recordOn(trace, way);
      if (index === null || index === trace.record) return;
      actions.push({ icon, label, token: this.links.tokenFor({ kind: 'record', id, source, line, way }) });
    };
    add('arrow-up', l10n.t('Previous Record'), 'previous');
    add('arrow-down', l10n.t('Next Record'), 'next');
    add('error', l10n.t('First Error'), 'firstError');
    return actions;
  }

  private later({ uri }: TextDocument, { line, character }: Position): HoverAction {
    const token = this.links.tokenFor({ kind: 'hover', uri: uri.toString(), line, character });
    return { icon: 'watch', label: l10n.t('Show When Read'), token };
  }

  /** Starts the engine and lets it find out how a log is read, so that the first hover on it is no poorer than the next. */
  async prepare(document: TextDocument): Promise<void> {
    if (document.uri.scheme !== 'file' || !isLogDocument(document)) return;
    const engine = await this.access.withSources();
    await engine.at({ source: sourceOf(document), line: 1 });
  }

  /** What is known in time: first what the line says, then what its trace says. `isEarly`: not even the line is read. */
  private async insight(
    document: TextDocument,
    line: number,
    search: boolean,
    token: CancellationToken,
  ): Promise<{ insight: RecordInsight | null; isEarly: boolean }> {
    let known: RecordInsight | null = null;
    let isLate = false;
    const request = requestFor(document, line);
    const abort = new AbortController();
    const { signal } = abort;
    const learn = async () => {
      const engine = await this.access.withSources();
      known = await engine.at(request, { signal });
      const { correlationId, trace } = known;
      if (correlationId === null || !(search || trace) || !this.traces.isWanted(known)) return;
      if (await this.traces.learn(correlationId)) known = await engine.at(request, { signal });
    };
    await new Promise<void>(resolve => {
      const late = setTimeout(() => {
        isLate = true;
        resolve();
      }, patience);
      const settle = () => {
        clearTimeout(late);
        resolve();
      };
      // The look-up goes on: the pointer may come back.
      token.onCancellationRequested(() => {
        abort.abort();
        settle();
      });
      // No place for a message: the pointer may have come by chance.
      learn().then(settle, error => {
        if (!signal.aborted) this.errors.note(error);
        settle();
      });
    });
    return { insight: known, isEarly: isLate && known === null };
  }
}
