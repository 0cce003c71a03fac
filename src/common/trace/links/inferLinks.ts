import { logOf } from '../../model/logRecord';
import { int32Column, uint8Column } from '../columns';
import { type OrderedRecords, stampOf } from '../records/orderRecords';
import { isPlumbing } from '../records/stepKind';
import { addLink, endTime, linksOf, notAfter, type StepDraft } from '../steps/stepDraft';
import { containers } from './containers';

/**
 * Links for steps that name no previous step, from time alone: the smallest containing interval of another service,
 * else the step with the latest end at or before the start, else, for a made-up step, the step of the latest record at
 * or before it. Where nothing has a time, lines of one source stand for time.
 */
export function inferLinks(drafts: readonly StepDraft[], ordered: OrderedRecords): void {
  const open = drafts.filter(draft => isOpen(draft) && draft.records.length > 0);
  if (open.length === 0) return;
  if (ordered.origin === null) {
    inferFromLines(drafts, ordered);
    return;
  }
  // What begins after all of them had begun can neither contain nor precede one.
  let reach = Number.NEGATIVE_INFINITY;
  for (const draft of open) {
    reach = Math.max(reach, (draft.entry ?? endTime(draft) ?? reach) + ordered.ticks[draft.records[0]!]!);
  }
  const timed = drafts.filter(({ records, entry }) => records.length > 0 && entry !== null && entry <= reach);
  const enclosing = containers(timed, new Set(open), ordered);
  const byEnd = timed
    .filter(draft => endTime(draft) !== null && endTime(draft)! <= reach)
    .sort((a, b) => endTime(a)! - endTime(b)! || a.entry! - b.entry! || compareKeys(a, b));
  const owners = open.some(isMadeUp) ? recordOwners(drafts, ordered) : [];

  const before = latestEnded(open, byEnd, ordered);

  for (const draft of open) {
    if (draft.entry === null && endTime(draft) === null) continue;
    const encloser = enclosing.get(draft);
    const previous = encloser ?? before.get(draft) ?? (isMadeUp(draft) ? latestRecord(draft) : null);
    if (previous) {
      addLink(draft, previous, encloser ? 'encloses' : 'follows', 'inferred');
    }
  }

  function latestRecord(draft: StepDraft): StepDraft | null {
    for (let index = draft.records[0]! - 1; index >= 0; index--) {
      const owner = owners[index];
      if (owner && owner !== draft && stampOf(ordered, index) !== null) return owner;
    }
    return null;
  }
}

/** Whether neither the log nor a shared ID says what a step follows. */
const isOpen = ({ pointers, firstLink }: StepDraft): boolean => firstLink === null && pointers.length === 0;

const isMadeUp = ({ stepId }: StepDraft): boolean => stepId === null;

const compareKeys = (a: StepDraft, b: StepDraft): number => a.records[0]! - b.records[0]!;

/**
 * For each open step the one that ended last before it began. The open ones are taken from the latest start down, and
 * what does not begin before them is struck out for good (union-find), so that many at one time stay linear.
 */
function latestEnded(
  open: readonly StepDraft[],
  byEnd: readonly StepDraft[],
  { ticks }: OrderedRecords,
): Map<StepDraft, StepDraft> {
  // Of two that touch, the one whose first record stands first is the cause; this keeps inference free of cycles.
  const latestFirst = (a: StepDraft, b: StepDraft) => b.entry! - a.entry! || compareKeys(b, a);
  const ends = byEnd.map(draft => endTime(draft)!);
  const candidates = byEnd.map((_, place) => place).sort((a, b) => latestFirst(byEnd[a]!, byEnd[b]!));
  // By place + 1: the place + 1 of the nearest one at or before it that is still there, 0 for none.
  const standing = int32Column(byEnd.length + 1);
  for (let at = 0; at < standing.length; at++) standing[at] = at;
  const nearest = (at: number): number => {
    let found = at;
    while (standing[found] !== found) found = standing[found]!;
    for (let here = at; here !== found; ) [here, standing[here]] = [standing[here]!, found];
    return found;
  };
  const result = new Map<StepDraft, StepDraft>();
  let struck = 0;
  for (const draft of open.filter(({ entry }) => entry !== null).sort(latestFirst)) {
    for (; struck < candidates.length && latestFirst(byEnd[candidates[struck]!]!, draft) <= 0; struck++) {
      standing[candidates[struck]! + 1] = candidates[struck]!;
    }
    const tick = ticks[draft.records[0]!]!;
    const last = nearest(upperBound(ends, draft.entry! + tick - 1));
    if (last > 0) result.set(draft, byEnd[last - 1]!);
  }
  return result;
}

function recordOwners(drafts: readonly StepDraft[], { records }: OrderedRecords): (StepDraft | undefined)[] {
  const owners = new Array<StepDraft | undefined>(records.length).fill(undefined);
  for (const draft of drafts) for (const index of draft.records) owners[index] = draft;
  return owners;
}

/** Nothing has a time: within one source the order of lines stands for it, across sources nothing is inferred. */
function inferFromLines(drafts: readonly StepDraft[], { records }: OrderedRecords): void {
  const last = new Map<string, StepDraft>();
  const inOrder = drafts.filter(draft => draft.records.length > 0).sort(compareKeys);
  for (const draft of inOrder) {
    const log = logOf(records[draft.records[0]!]!.location);
    const before = last.get(log);
    if (isOpen(draft) && before) {
      addLink(draft, before, 'follows', 'inferred');
    }
    last.set(log, draft);
  }
}

/**
 * A fan-in that names only one of its branches: a sibling of the same kind that nothing follows (but plumbing) and that
 * had ended before the join began belongs to it as well.
 *
 * @param drafts all steps, each at its index
 */
export function completeFanIns(drafts: readonly StepDraft[], ordered: OrderedRecords): void {
  const followed = followedOf(drafts);
  const openBranches = openBranchesOf(drafts, followed);
  const isAtFork = ({ firstLink }: StepDraft) => {
    for (let link = firstLink; link !== null; link = link.next)
      if (link.meaning === 'follows' && openBranches[link.to.index] !== null) return true;
    return false;
  };
  const joins = drafts.filter(draft => {
    const branch = draft.entry === null ? null : soleBranchOf(draft);
    return branch && (isPlumbing(branch.kind) || isAtFork(branch));
  });
  for (const join of joins.sort((a, b) => a.entry! - b.entry!)) {
    // As a branch of an earlier join its own links may be more by now.
    const branch = soleBranchOf(join);
    for (const { to: fork, meaning } of branch ? linksOf(branch) : []) {
      if (meaning !== 'follows') continue;
      const left: StepDraft[] = [];
      for (const sibling of openBranches[fork.index] ?? []) {
        if (followed[sibling.index]) continue;
        const end = endTime(sibling);
        const belongs =
          sibling !== join &&
          sibling !== branch &&
          sibling.kind === branch!.kind &&
          end !== null &&
          notAfter(end, join.entry!, ordered.ticks[join.records[0]!]);
        if (belongs) {
          addLink(join, sibling, 'follows', 'inferred');
          followed[sibling.index] = 1;
        } else {
          left.push(sibling);
        }
      }
      // Dropping those that have a follower by now keeps wide forks linear.
      openBranches[fork.index] = left;
      // Through plumbing, too.
      followed[fork.index] = 1;
    }
  }
}

/** The one step that a step is said to follow, if it is the only one that it is linked to. */
function soleBranchOf({ firstLink: named }: StepDraft): StepDraft | null {
  if (named === null || named.next !== null) return null;
  return named.meaning === 'follows' && named.evidence !== 'inferred' ? named.to : null;
}

/** By index 1 for the steps that others follow, plumbing left out. */
function followedOf(drafts: readonly StepDraft[]): Uint8Array {
  const followed = uint8Column(drafts.length);
  for (let draft = 0; draft < drafts.length; draft++) {
    const { kind, firstLink } = drafts[draft]!;
    if (isPlumbing(kind)) continue;
    for (let link = firstLink; link !== null; link = link.next)
      if (link.meaning === 'follows') followed[link.to.index] = 1;
  }
  return followed;
}

/** By the index of a fork its branches that nothing follows, plumbing left out; `null` for none. */
function openBranchesOf(drafts: readonly StepDraft[], followed: Uint8Array): (StepDraft[] | null)[] {
  const open = new Array<StepDraft[] | null>(drafts.length).fill(null);
  for (let index = 0; index < drafts.length; index++) {
    const draft = drafts[index]!;
    if (followed[index] || isPlumbing(draft.kind)) continue;
    for (let link = draft.firstLink; link !== null; link = link.next) {
      const { to, meaning } = link;
      if (meaning !== 'follows') continue;
      const known = open[to.index];
      if (known) known.push(draft);
      else open[to.index] = [draft];
    }
  }
  return open;
}

/** Number of values that are ≤ `limit` in an ascending list. */
function upperBound(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
