import { env, l10n, ThemeIcon } from 'vscode';
import { joinKey } from '../../common/profile/ids';
import type { LogEngine, SourcePlace } from '../../common/protocol/logEngine';
import type { EngineAccess } from '../engine/engineAccess';
import { labelText, traceItem } from '../format';
import { idTexts, idToOffer } from './idsOfEditor';
import { RankedPick } from './rankedPick';
import type { RankedItem } from './ranking';

/** The list of all traces is read only once the user hesitates: who types or pastes at once needs none. */
const listDelay = 400;
const listLimit = 500;
const clipboardPatience = 50;

export interface PickTraceOptions {
  access: Pick<EngineAccess, 'withSources'>;
  title: string;
  placeholder: string;
  /** What stands in the box when it opens; `null`: the clipboard's ID, if it has one. */
  offered: string | null;
  /** What is offered before the logs are known. */
  items: readonly RankedItem[];
  /** Whose traces are listed; left out: those of all sources. */
  places?: SourcePlace[];
  /** IDs that come first among those of the places. */
  recent?: readonly string[];
}

/** Asks for an ID: any text will do, and every trace of the logs is offered. @returns `null` where the user turns away */
export async function pickTrace(options: PickTraceOptions): Promise<string | null> {
  const { title, placeholder, offered, items } = options;
  const clipboard = offered === null ? clipboardId() : Promise.resolve(null);
  // What stands in the box when it opens is selected, so that typing replaces it; what came later would not be.
  const copied = await Promise.race([clipboard, late(clipboardPatience)]);
  const pick = new RankedPick({
    title,
    placeholder,
    items: distinct(items),
    value: offered ?? copied ?? '',
    typed: typedItem,
  });
  const abort = new AbortController();
  const timer = setTimeout(() => void addTraces(pick, options, abort.signal), listDelay);
  if (copied === null) void clipboard.then(id => id !== null && !abort.signal.aborted && pick.add([clipboardItem(id)]));
  try {
    return (await pick.choose())?.id ?? null;
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Every trace of the logs, then their names; a picker without them is still a picker. */
async function addTraces(pick: RankedPick, options: PickTraceOptions, signal: AbortSignal): Promise<void> {
  pick.input.busy = true;
  try {
    const engine = await options.access.withSources();
    for await (const items of traceItems(engine, options, signal)) if (!signal.aborted) pick.add(items);
  } catch {
    // The search itself will say what is wrong.
  } finally {
    if (!signal.aborted) pick.input.busy = false;
  }
}

/** The traces to choose from, and the same again with their names, which take longer to read. */
async function* traceItems(
  engine: Pick<LogEngine, 'list' | 'names'>,
  { places, recent = [] }: PickTraceOptions,
  signal: AbortSignal,
): AsyncGenerator<RankedItem[]> {
  const where = places ? { places } : {};
  const { traces } = await engine.list({ sort: 'start', limit: listLimit, ...where }, { signal });
  const known = new Set(recent.map(joinKey));
  const isKnown = (id: string) => known.has(joinKey(id));
  const ordered = [
    ...traces.filter(({ correlationId }) => isKnown(correlationId)),
    ...traces.filter(({ correlationId }) => !isKnown(correlationId)),
  ];
  yield ordered.map(trace => traceItem(trace, null));
  const ids = ordered.map(({ correlationId }) => correlationId);
  const names = await engine.names({ ids, ...where }, { signal });
  yield ordered.map((trace, at) => traceItem(trace, names[at]?.name ?? null));
}

const clipboardId = async (): Promise<string | null> =>
  idToOffer(await Promise.resolve(env.clipboard.readText()).catch(() => ''));

/** A browser may ask the user before it hands out the clipboard: then its ID is one of the items. */
export const late = (ms: number): Promise<null> => new Promise(resolve => setTimeout(resolve, ms, null));

const clipboardItem = (id: string): RankedItem => idItem(id, l10n.t('in the clipboard'), 'clippy');

export const idItem = (id: string, description: string, icon: string): RankedItem => ({
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
const distinct = (items: readonly RankedItem[]): RankedItem[] =>
  items.filter(({ id }, index) => items.findIndex(other => other.id === id) === index);
