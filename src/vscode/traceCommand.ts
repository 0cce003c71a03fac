import { env, l10n, ThemeIcon, window } from 'vscode';
import type { EngineAccess } from './engineAccess';
import { labelText, traceItem } from './format';
import { idOfEditor, idTexts, idToOffer, visibleIds } from './idsOfEditor';
import type { LogViews } from './logViews';
import { RankedPick } from './rankedPick';
import type { RankedItem } from './ranking';
import type { RecentIds } from './recentIds';
import type { RemoteHost } from './remote/remoteHost';

export interface TraceCommandParts {
  access: EngineAccess;
  remote: Pick<RemoteHost, 'askAgain'>;
  recent: RecentIds;
  views: Pick<LogViews, 'idAtCursor'>;
  show(text: string): Promise<void>;
}

/** The list of all traces is read only once the user hesitates: who types or pastes at once needs none. */
const listDelay = 400;
const listLimit = 500;
const clipboardPatience = 50;
const linePatience = 300;

/**
 * *Trace Correlation ID…*: with an ID as its argument (a script, a link), from a context menu (VS Code then gives the
 * document's URI, and what was clicked on is meant), or by a picker that takes any text.
 */
export async function traceCommand(parts: TraceCommandParts, args: readonly unknown[]): Promise<void> {
  parts.remote.askAgain();
  const [argument] = args;
  if (typeof argument === 'string' && argument.trim() !== '') return parts.show(argument.trim());
  const editor = window.activeTextEditor;
  const offered = editor ? idOfEditor(editor) : await Promise.race([parts.views.idAtCursor(), late(linePatience)]);
  if (argument !== undefined && editor && offered !== null) return parts.show(offered);
  const chosen = await pickId(parts, offered);
  if (chosen !== null) await parts.show(chosen);
}

async function pickId({ access, recent }: TraceCommandParts, offered: string | null): Promise<string | null> {
  const editor = window.activeTextEditor;
  const clipboard = offered === null ? clipboardId() : Promise.resolve(null);
  // What stands in the box when it opens is selected, so that typing replaces it; what came later would not be.
  const copied = await Promise.race([clipboard, late(clipboardPatience)]);
  const pick = new RankedPick({
    title: l10n.t('Trace Correlation ID'),
    placeholder: l10n.t('An ID, or anything that holds one: a log line, a header, a URL, user = u-42'),
    items: distinct([
      ...recent.all.map(id => idItem(id, l10n.t('traced before'), 'history')),
      ...(editor ? visibleIds(editor) : []).map(id => idItem(id, l10n.t('in this document'), 'file')),
    ]),
    value: offered ?? copied ?? '',
    typed: typedItem,
  });
  const abort = new AbortController();
  const timer = setTimeout(() => void addTraces(pick, access, abort.signal), listDelay);
  if (copied === null) void clipboard.then(id => id !== null && !abort.signal.aborted && pick.add([clipboardItem(id)]));
  try {
    return (await pick.choose())?.id ?? null;
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Every trace of the logs, where the engine can list them; a picker without them is still a picker. */
async function addTraces(pick: RankedPick, access: EngineAccess, signal: AbortSignal): Promise<void> {
  pick.input.busy = true;
  try {
    const engine = await access.withSources();
    const { traces } = await engine.list({ sort: 'start', limit: listLimit }, { signal });
    if (!signal.aborted) pick.add(traces.map(traceItem));
  } catch {
    // The search itself will say what is wrong.
  } finally {
    if (!signal.aborted) pick.input.busy = false;
  }
}

const clipboardId = async (): Promise<string | null> =>
  idToOffer(await Promise.resolve(env.clipboard.readText()).catch(() => ''));

/** A browser may ask the user before it hands out the clipboard: then its ID is one of the items. */
const late = (ms: number): Promise<null> => new Promise(resolve => setTimeout(resolve, ms, null));

const clipboardItem = (id: string): RankedItem => idItem(id, l10n.t('in the clipboard'), 'clippy');

const idItem = (id: string, description: string, icon: string): RankedItem => ({
  id,
  label: labelText(id),
  description,
  iconPath: new ThemeIcon(icon),
});

const typedItem = (text: string): RankedItem => ({
  id: text,
  label: l10n.t('Trace {0}', labelText(text)),
  description: idTexts(text)
    .filter(id => id !== text)
    .slice(0, 1)
    .map(id => labelText(id))
    .join(''),
  iconPath: new ThemeIcon('search'),
});

/** The first of each ID stays: what was traced before stands at the top. */
const distinct = (items: RankedItem[]): RankedItem[] =>
  items.filter(({ id }, index) => items.findIndex(other => other.id === id) === index);
