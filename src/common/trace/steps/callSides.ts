import { sortFew } from '../../base/sortFew';
import type { OrderedRecords } from '../records/orderRecords';
import { hints } from '../records/recordSigns';
import { spanKindOf } from '../records/spanKind';
import type { AttemptDraft } from './stepDraft';

/**
 * Puts the server's side of each call to the client's, where the records say which is which: even where the clocks of the
 * two are so far apart that neither contains the other. The first server's side goes with the first client's.
 *
 * @returns the attempts that are left, in the same order
 */
export function joinCallSides(attempts: AttemptDraft[], { records, signs }: OrderedRecords): AttemptDraft[] {
  if (attempts.length < 2 || (signs.any & hints) === 0) return attempts;
  const sideOf = attempts.map(attempt => {
    for (const index of attempt.records) {
      const kind = (signs.of[index]! & hints) === 0 ? null : spanKindOf(records[index]!);
      if (kind) return kind;
    }
    return null;
  });
  const servers = attempts.filter((_, at) => sideOf[at] === 'server');
  let clients = attempts.filter((_, at) => sideOf[at] === 'client');
  // With `shared` alone the other half says nothing of itself.
  if (clients.length === 0) clients = attempts.filter((_, at) => sideOf[at] === null);
  if (servers.length === 0 || clients.length === 0) return attempts;
  for (const [at, server] of servers.entries()) addSide(clients[Math.min(at, clients.length - 1)]!, server);
  const moved = new Set(servers);
  return attempts.filter(attempt => !moved.has(attempt));
}

/** The other side of one call: its records belong to it, its times are another lane's. */
export function addSide(attempt: AttemptDraft, side: AttemptDraft): void {
  addRecords(attempt, side);
  attempt.sides = [...(attempt.sides ?? []), side];
}

export function addRecords(attempt: AttemptDraft, { records }: AttemptDraft): void {
  attempt.records = sortFew([...attempt.records, ...records], (a, b) => a - b);
}
