import type { OrderedRecords } from '../records/orderRecords';
import { type AttemptDraft, attemptsOf, hasSeveralAttempts, type StepDraft } from '../steps/stepDraft';

/**
 * An earlier attempt without an end counts as given up, unless the logs show that its end is merely lost: what follows
 * was handed over on its lane, where no later attempt ran. Then that one released the flow, and how it ended is not
 * known.
 *
 * @param drafts all logged steps, their stated links resolved
 */
export function releaseByHandoff(drafts: readonly StepDraft[], ordered: OrderedRecords): void {
  for (let at = 0; at < drafts.length; at++) {
    const { handoffs, firstLink } = drafts[at]!;
    if (handoffs.length === 0) continue;
    for (let link = firstLink; link !== null; link = link.next) {
      const { to, meaning } = link;
      if (!hasSeveralAttempts(to) || meaning !== 'follows') continue;
      const attempts = attemptsOf(to);
      for (const handoff of handoffs) {
        const isWriter = ({ first }: AttemptDraft) => isOneLane(handoff, first, ordered);
        const writer = attempts.find(isWriter);
        if (!writer || writer.endLogged || attempts.filter(isWriter).length > 1) continue;
        if (attempts.indexOf(writer) > attempts.indexOf(to.releasing!)) continue;
        to.releasing = writer;
        writer.status = 'unknown';
      }
    }
  }
}

function isOneLane(a: number, b: number, { records }: OrderedRecords): boolean {
  const [one, other] = [records[a]!, records[b]!];
  return one.service === other.service && one.host !== null && one.host === other.host;
}
