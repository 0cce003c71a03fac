import type { Step } from '../../model/trace';

const longest = 80;

const nouns = { call: 'calls', publish: 'messages' };

/** `TraceID: 4bf92f35… SpanID: 00f067aa… `: what a line begins with and all lines of a trace share says nothing of the step. */
const leadingIds = /^(?:[\w.-]{1,40} ?[:=] ?["']?[\da-f-]{8,64}["']?[\s,;|]+){1,4}(?=\S)/i;
/** `step_id=s1|user=bob|`: pairs that bars end stand before what the line says. */
const leadingPairs = /^(?:[\w.-]{1,40}=[^|\s]{0,200} ?\| ?){1,30}(?=\S)/;

/** `Order saved |url: https://shop/orders|action: Create`: pairs behind bars (NLog). */
const barredPairs = /\s*(?:\|[\w.-]{1,40}: ?[^|]{0,300}){2,30}$/;
/** `RequestId: 6f3d9a12-1111-…`: a long ID anywhere says what the whole trace is called, or the step's own ID. */
const namedIds =
  /(?<=^|\s)[\w.-]{1,40} ?[:=] ?["']?(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,64})["']?(?:[\s,;|]+|$)/gi;
/** `order taken rows=5 cached=no`: two pairs or more that go on to the end. */
const firstPair = /[\s,;|]+(?=[\w.-]{1,60}=)/;
const pairsAlone = /^(?:[\s,;|]+[\w.-]{1,60}=(?:"[^"]{0,300}"|[^\s"]{0,300})){2,40}$/;

/** What a step is called: its type, else the first words that it logged, else its ID. */
export function stepLabel(
  step: Pick<Step, 'stepType' | 'stepId' | 'key'> & { external?: Step['external'] },
  firstMessage: string | undefined,
): string {
  if (step.external)
    return `${step.stepType}${step.external.calls > 1 ? ` (${step.external.calls} ${nouns[step.external.means]})` : ''}`;
  if (step.stepType) return step.stepType;
  return (firstMessage && wordsOf(firstMessage)) || (step.stepId ?? step.key);
}

/** What the first line of a message says, without what it has to name; the beginning of what is long. */
export function wordsOf(message: string): string {
  const line = saidIn(message.trim().split('\n', 1)[0]?.trim() ?? '');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Where a printed object is looked for, in characters. */
const furthest = 1000;
/** `… started ctx={"stepId":…}`, `… started Context(stepId=…`: what was handed over, as the program prints it. */
const printedObject =
  /[\s,;|:-]{1,4}(?:[\w.-]{1,40} ?= ?)?(?:[A-Za-z_][\w.]{0,80}(?=[([{])|[A-Z]\w{0,80} (?=\{))?[({[] ?["':]?[A-Za-z_][\w.-]{0,60}["']?\s?(?:=>|=|:)(?=\S|\s["'A-Za-z\d])/;

function saidIn(text: string): string {
  const printed = /[)}\]]$/.test(text) ? text.slice(0, furthest).search(printedObject) : -1;
  const line = printed > 0 ? text.slice(0, printed) : text;
  const named = line.replace(barredPairs, '').replace(leadingPairs, '').replace(leadingIds, '');
  const first = named.search(firstPair);
  const said = first > 0 && pairsAlone.test(named.slice(first)) ? named.slice(0, first) : named;
  return said.replace(namedIds, '').trim() || said;
}
