import { counted } from '../common/base/counted';
import type {
  ListDocument,
  NamedListDocument,
  NoteDocument,
  TraceName,
  UnnamedReason,
} from '../common/protocol/documents';
import { type LogEngine, mostNamed } from '../common/protocol/logEngine';

/** A list with the names of its traces, and notes on those that have none here. */
export async function named(engine: Pick<LogEngine, 'names'>, document: ListDocument): Promise<NamedListDocument> {
  const names = await engine.names({ ids: document.traces.map(({ correlationId }) => correlationId) });
  const traces = document.traces.map((trace, at) => ({ ...trace, ...(names[at] ?? unread) }));
  return { ...document, traces, notes: [...document.notes, ...nameNotes(names)] };
}

const unread: TraceName = { name: null, unnamed: 'unread' };

/** A record that says nothing is no gap: there is nothing to be named. */
const reasons: [reason: UnnamedReason, text: string][] = [
  ['costly', 'no name here: only reading much of a packed log, or asking another machine, would tell what began it.'],
  ['gone', 'no name here: what began it is not where it was. Run it again.'],
  ['unread', `no name here: ${mostNamed.toLocaleString('en')} are named at a time. --limit lists fewer.`],
];

function nameNotes(names: readonly TraceName[]): NoteDocument[] {
  return reasons.flatMap(([reason, text]) => {
    const count = names.filter(({ unnamed }) => unnamed === reason).length;
    if (count === 0) return [];
    const have = counted(count, 'trace', { one: 'has', many: 'have' });
    return [{ kind: 'countedNot', count, text: `${have} ${text}`, steps: [], records: [] }];
  });
}
