import type { OrderedRecords } from './orderRecords';
import { type AttemptDraft, noteTimes, type StepDraft } from './stepDraft';

/**
 * An earlier attempt without an end counts as given up, unless the logs show that its end is merely lost: what follows
 * was handed over on its lane, where no later attempt ran. Then that one released the flow, and how it ended is not
 * known.
 *
 * @param drafts all logged steps, their stated links resolved
 */
export function releaseByHandoff(drafts: readonly StepDraft[], ordered: OrderedRecords): void {
  for (let at = 0; at < drafts.length; at++) {
    const { handoffs, links } = drafts[at]!;
    if (handoffs.length === 0) continue;
    for (const { to, meaning } of links) {
      if (to.attempts.length < 2 || meaning !== 'follows') continue;
      for (const handoff of handoffs) {
        const isWriter = ({ first }: AttemptDraft) => isOneLane(handoff, first, ordered);
        const writer = to.attempts.find(isWriter);
        if (!writer || writer.endLogged || to.attempts.filter(isWriter).length > 1) continue;
        if (to.attempts.indexOf(writer) > to.attempts.indexOf(to.releasing!)) continue;
        to.releasing = writer;
        writer.status = 'unknown';
        noteTimes(to, ordered);
      }
    }
  }
}

function isOneLane(a: number, b: number, { records }: OrderedRecords): boolean {
  const [one, other] = [records[a]!, records[b]!];
  return one.service === other.service && one.host !== null && one.host === other.host;
}
