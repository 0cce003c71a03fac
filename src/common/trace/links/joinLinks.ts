import { remembered } from '../../base/remembered';
import type { LogRecord } from '../../model/logRecord';
import { plainName } from '../../profile/fieldNames';
import { joinKey } from '../../profile/ids';
import { type OrderedRecords, stampOf } from '../records/orderRecords';
import { shares } from '../records/recordSigns';
import { linksOf, type StepDraft } from '../steps/stepDraft';
import { countBefore, type Holder, holdersOf, type Join, mayPrecede, newJoin, writtenBy } from './sharedIds';
import { joinToolCalls } from './toolCalls';

/** The two sides of a message, by the record's own words; `null` where they do not say. */
type Side = 'publishes' | 'consumes' | null;

const publishing =
  /\b(?:publish(?:ed|ing|es)?|sen[dt]|sending|enqueu(?:ed|ing|e)|produc(?:ed|ing|e)|dispatch(?:ed|ing)?|emitt(?:ed|ing)|post(?:ed|ing) to|queued)\b/i;
const consuming =
  /\b(?:receiv(?:ed|ing|e)|consum(?:ed|ing|e)|dequeu(?:ed|ing|e)|deliver(?:ed|ing)|handl(?:ed|ing|e)|process(?:ed|ing)|picked up|got|took|taken)\b/i;
/** `messaging.operation.type` of OpenTelemetry's semantic conventions, and its older and shorter names. */
const operationName = /(?:^|\.)messaging\.operation(?:\.type|\.name)?$/;

/** Names of what a reply or a follow-up says of the message before it. */
const replyNames = new Set(
  'correlationid amqpcorrelationid nservicebuscorrelationid inreplyto replytoid relatedto initiatorid requestmessageid originalmessageid causationid'.split(
    ' ',
  ),
);

/**
 * Links that shared IDs prove where the log states none: from the step that took a message up to the one that published
 * it, from a reply to what it answers, from a tool's run to the answer of the model that asked for it. Only for steps
 * without a stated link to what they follow, and never against time beyond a stamp's tick.
 *
 * @param drafts all logged steps, their stated links resolved
 */
export function joinLinks(drafts: readonly StepDraft[], ordered: OrderedRecords): void {
  if ((ordered.signs.any & shares) === 0) return;
  const open = drafts.filter(followsNone);
  if (open.length === 0) return;
  const join = newJoin();
  joinMessages(open, drafts, ordered, join);
  joinReplies(open, drafts, ordered, join);
  joinToolCalls(open, drafts, ordered, join);
}

const followsNone = (step: StepDraft): boolean => !linksOf(step).some(({ meaning }) => meaning === 'follows');

function joinMessages(
  open: readonly StepDraft[],
  drafts: readonly StepDraft[],
  ordered: OrderedRecords,
  join: Join,
): void {
  const wanted = idsOfRecords(open, ordered, record => (record.messageId === null ? none : [record.messageId]));
  if (wanted.size === 0) return;
  const isOpen = new Set(open);
  const idsOf = ({ messageId }: LogRecord) => (messageId === null ? none : [messageId]);
  for (const holders of holdersOf(drafts, ordered, idsOf, wanted).values()) {
    if (holders.length > 1) joinHolders(holders, isOpen, ordered, join);
  }
}

/**
 * The sides of one message. Where no record says that it publishes, the first step that has the message does; of the
 * others, those that say that they consume it follow. Of those that say nothing only the first: an ID that is handed on
 * through many steps tells of none of them what it follows.
 */
function joinHolders(
  holders: readonly Holder[],
  isOpen: ReadonlySet<StepDraft>,
  ordered: OrderedRecords,
  join: Join,
): void {
  const { records } = ordered;
  const sides = holders.map(({ record }) => sideOf(records[record]!));
  const publishers = holders.filter((_, at) => sides[at] === 'publishes');
  if (publishers.length === 0 && sides[0] === null) publishers.push(holders[0]!);
  let silent = 0;
  holders.forEach((holder, at) => {
    const side = sides[at] ?? null;
    if (side === 'publishes' || publishers[0] === holder) return;
    if (side === null && silent++ > 0) return;
    if (!isOpen.has(holder.step)) return;
    // The last one before it; else, as far as a coarse stamp allows, the first one after it.
    const before = countBefore(publishers, holder.record);
    const publisher = [publishers[before - 1], publishers[before]].find(
      other =>
        other &&
        (side === 'consumes' || isElsewhere(other, holder, ordered)) &&
        (mayPrecede(other, holder, ordered) || (side === 'consumes' && isUntimed(other, holder, ordered))),
    );
    if (publisher) join(holder.step, publisher.step);
  });
}

const isUntimed = (a: Holder, b: Holder, ordered: OrderedRecords): boolean =>
  stampOf(ordered, a.record) === null && stampOf(ordered, b.record) === null;

function isElsewhere(a: Holder, b: Holder, { records }: OrderedRecords): boolean {
  const [one, other] = [records[a.record]!, records[b.record]!];
  return one.service !== other.service || one.host !== other.host || one.thread !== other.thread;
}

export function sideOf({ attributes, message }: LogRecord): Side {
  for (const { name, value } of attributes) {
    if (!operationName.test(name)) continue;
    if (/^(?:publish|send|create)/i.test(value)) return 'publishes';
    if (/^(?:receive|process|deliver|settle)/i.test(value)) return 'consumes';
  }
  const head = message.slice(0, 400);
  const [out, back] = [head.search(publishing), head.search(consuming)];
  if (out < 0 && back < 0) return null;
  return back < 0 || (out >= 0 && out < back) ? 'publishes' : 'consumes';
}

/**
 * An ID beside the message's own that names an earlier message (AMQP's `correlation-id`, NServiceBus's `RelatedTo`): the
 * step follows the last one that had it. One that stands on more than two steps is handed on, and no answer.
 */
function joinReplies(
  open: readonly StepDraft[],
  drafts: readonly StepDraft[],
  ordered: OrderedRecords,
  join: Join,
): void {
  const isReplyName = remembered((name: string) => replyNames.has(plainName(name.slice(name.lastIndexOf('.') + 1))));
  const repliesOf = ({ attributes, correlationIds }: LogRecord) => [
    ...attributes.filter(({ name }) => isReplyName(name)).map(({ value }) => value),
    ...correlationIds.filter(({ field }) => isReplyName(field)).map(({ id }) => id),
  ];
  const waiting = open.filter(followsNone);
  if (!ordered.records.some(({ messageId }) => messageId !== null)) return;
  const replies = holdersOf(waiting, ordered, repliesOf);
  if (replies.size === 0) return;
  const messages = holdersOf(
    drafts,
    ordered,
    ({ messageId }) => (messageId === null ? none : [messageId]),
    new Set(replies.keys()),
  );
  for (const [id, holders] of messages) {
    const answers = replies.get(id)!;
    if (answers.length > 2) continue;
    for (const answer of answers) {
      if (holders.some(({ step }) => step === answer.step)) continue;
      const asked = holders.findLast(holder => mayPrecede(holder, answer, ordered));
      if (asked) join(answer.step, asked.step);
    }
  }
}

/** The IDs on the records of steps, by {@link joinKey}. */
function idsOfRecords(
  steps: readonly StepDraft[],
  { records }: OrderedRecords,
  idsOf: (record: LogRecord) => readonly string[],
): Set<string> {
  const ids = new Set<string>();
  for (const step of steps)
    for (const at of writtenBy(step)) for (const id of idsOf(records[at]!)) ids.add(joinKey(id));
  return ids;
}

const none: readonly string[] = [];
