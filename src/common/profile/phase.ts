import type { Phase } from '../model/logRecord';

/** What words say of a step's life. `outcome` is meant for the end of a step only. */
export interface PhaseWord {
  phase: Phase;
  outcome: 'ok' | 'failed' | null;
}

/** What a message says, and where the verb that ends a step does (0 for other messages). */
export interface MessagePhase extends PhaseWord {
  verbEnd: number;
}

const words = new Map<string, PhaseWord>();
const add = (phase: Phase, outcome: PhaseWord['outcome'], list: string) => {
  for (const word of list.split(' ')) words.set(word, { phase, outcome });
};
add(
  'start',
  null,
  'start started starting begin begins began begun beginning received enter entered entry dequeued consumed first',
);
add('end', 'ok', 'completed complete success succeeded successful done finished finish ok passed resolved');
add('end', 'failed', 'failed failure fail error errored exception timeout timedout aborted crashed rejected fatal');
add(
  'end',
  null,
  'end ended ending ends stop stopped exit exited leave left closed cancelled canceled skipped terminated last',
);
add(
  'progress',
  null,
  'progress running pending inprogress queued enqueued scheduled publishing published sent waiting retry retrying retried',
);

/**
 * What the value of an event, status or phase field says (`step.start`, `LLM_STARTED`, `StepCompleted`,
 * `LLMChatStartEvent`, `failed`): by its last word, `null` where that is no word of a step's life.
 */
export function phaseOfValue(value: string): PhaseWord | null {
  if (value.length > 64) return null;
  const known = words.get(value.toLowerCase());
  if (known) return known;
  const last = /([A-Z]?[a-z]+|[A-Z]+)[^A-Za-z]*$/.exec(value.replace(/(?<=[a-z])Event$/, ''))?.[1];
  return (last && words.get(last.toLowerCase())) || null;
}

/** Words that make of a message a report on something yet to come, on a queue, or on something that did not happen. */
const noPhase =
  /^(?:not|never|if|when|until|before|after|because|will|would|could|should|cannot|publish\w*|enqueu\w*|queu\w*|schedul\w*|sending|send|sent|dispatch\w*|wait\w*|retry\w*|retried|emit\w*|forward\w*|ack\w*|calling|checking|received|receiving)$/;
const yetToCome = /^\s+(?:be|start|begin|execute|run|finish|complete|end)\b/;
const starts = /^(?:started|starting|starts|begins|began|begun|beginning|executing)$/;
const ends = /^(?:completed|finished|succeeded|ended|ends|done|failed|crashed|aborted)$/;
/** Words that are a noun as well: marks of a step as the last word (`LLM step end`), `begin` as the first one, too. */
const marks = /^(?:begin|start|end)$/;
const lastWord = /^[\s.!)\]]*(?:$|[,;:(–-]|(?:took|in|after)\s[\s\S]{0,3}\d|[{[]?[A-Za-z_@][\w.@-]*=)/;
const nounAhead = /\b(?:the|an?|front|back|rear|week|year|dead|high|low|open|its|this|that|each|every)[ -]$/i;
/** Verbs that end a step only beside the time that it took. */
const timedWords =
  'processed|handled|executed|served|responded|returned|answered|took|terminated|stopped|closed|accepted|created|updated|deleted|saved|stored|written|sent|delivered|loaded|fetched|imported|exported|uploaded|downloaded|rendered|generated|computed|indexed';
const timedEnds = new RegExp(`^(?:${timedWords})$`);
const anyTimed = new RegExp(`\\b(?:${timedWords}|failed)\\b`, 'i');
/** Whether a stated duration may change what a message says. */
export const maySayTime = (message: string): boolean => anyTimed.test(message);
const furthest = 12;
const clauseCap = 1000;
const token = /\w[\w']*(?:[-.@/][\w']+)*|[,;:.!?\n(]/g;
const idKey = /(?:[a-z\d]I[dD]|[_-]id|^ID)s?$/;
/** The value of a pair from its sign on. */
const pairRest = /[=:]\s?(?:"[^"]*"|'[^']*'|\[[^\]]*\]|[^\s,;|"'[\])}]*)[,;|]?/y;

/** Where the pair (`key=value`, `orderId: value`) ends that a word begins, which itself ends at `at`; -1 for mere words. */
function pairEnd(text: string, word: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign !== 0x3d && !(sign === 0x3a && idKey.test(word))) return -1;
  // `key= next` has no value.
  if (sign === 0x3d && text.charCodeAt(at + 1) <= 0x20) return at + 1;
  pairRest.lastIndex = at;
  return pairRest.exec(text) ? pairRest.lastIndex : -1;
}

/**
 * What the verb of a message says: `LLM step started`, `Starting …`, `Executing tool`, `Tool execution completed`, `…
 * failed after 30 s`. Everything else is progress, also `Publishing …`, `not completed` or `failed, retrying`.
 * Pairs among its words are passed over. `timed`: the record states a duration.
 */
export function phaseOfMessage(message: string, timed = false): MessagePhase {
  const clause = message.slice(0, clauseCap);
  const answer = answered.exec(clause);
  if (answer) return { phase: 'end', outcome: answer[1] === '5' ? 'failed' : 'ok', verbEnd: answer[0].length };
  let count = 0;
  token.lastIndex = 0;
  for (let match = token.exec(clause); match; match = token.exec(clause)) {
    const word = match[0].toLowerCase();
    if (/^\W/.test(word)) {
      if (count > 0 && word !== '.' && word !== '(' && word !== ':') break;
      continue;
    }
    const behindPair = pairEnd(clause, match[0], match.index + word.length);
    if (behindPair >= 0) {
      token.lastIndex = behindPair;
      continue;
    }
    if (++count > furthest || noPhase.test(word)) break;
    if (word === 'to' && yetToCome.test(clause.slice(match.index + 2))) break;
    if (starts.test(word)) return isVerb(word, count) ? startWord : progressWord;
    if (marks.test(word)) {
      const isMark =
        lastWord.test(clause.slice(match.index + word.length)) && !nounAhead.test(clause.slice(0, match.index));
      if ((isMark && word !== 'end') || (count === 1 && word === 'begin')) return startWord;
      if (isMark) return { phase: 'end', outcome: 'ok', verbEnd: match.index + word.length };
    }
    if (!ends.test(word) && !(timed && timedEnds.test(word))) continue;
    const verbEnd = match.index + word.length;
    const rest = clause.slice(verbEnd);
    if (/\bretry(?!\w*=)/i.test(rest) || (!timed && word === 'failed' && /^\s+to\b/.test(rest))) return progressWord;
    const failed = /^(?:failed|crashed|aborted)$/.test(word) || failedWith.test(rest);
    return { phase: 'end', outcome: failed ? 'failed' : 'ok', verbEnd };
  }
  return /\btimed?[ -]?out\b(?!=)/i.test(clause) ? { ...progressWord, outcome: 'failed' } : progressWord;
}

/** `Executing` and `Beginning` are verbs at the beginning only: `tool executing` is progress. */
const isVerb = (word: string, count: number): boolean => count === 1 || !/^(?:executing|beginning)$/.test(word);

const startWord: MessagePhase = { phase: 'start', outcome: null, verbEnd: 0 };
const progressWord: MessagePhase = { phase: 'progress', outcome: null, verbEnd: 0 };
const failedWith =
  /^\s*(?:with|:|-)?\s*(?:an?\s)?(?:error|errors|failure|exception|status[ =:]+(?:failed|error|5\d\d))\b/i;
/** `Completed 500 Internal Server Error in 9ms` (Rails), `Sent 201 in 24ms` (Phoenix). */
const answered = /^(?:Completed|Sent|Responded|Answered)(?: with)? ([1-5])\d\d(?= (?:[A-Z][A-Za-z]+ ){0,4}in \d|$)/;

/** Codes of gRPC by which a server fails, as HTTP's from 500 on; all others but none are the caller's. */
const serverCodes =
  /^(?:2|4|8|10|13|14|15|unknown|deadline_?exceeded|resource_?exhausted|aborted|internal|unavailable|data_?loss)$/i;

const grpcOutcome = (value: string): 'ok' | 'failed' | null =>
  serverCodes.test(value) ? 'failed' : /^(?:\d{1,2}|[A-Z_]{2,20})$/i.test(value) ? 'ok' : null;

/** What a status, outcome, success or error field says, HTTP status codes included; `null` where it says nothing. */
export function outcomeOf(plainName: string, value: string): 'ok' | 'failed' | null {
  if (/^(?:success|succeeded|ok)$/.test(plainName)) {
    // Python writes its truth in capitals.
    if (/^(?:true|1)$/i.test(value)) return 'ok';
    if (/^(?:false|0)$/i.test(value)) return 'failed';
  }
  // X-Ray: the server's; its `error` is the client's.
  if (plainName === 'fault') return value === 'true' ? 'failed' : null;
  if (/grpc(?:status)?code$/.test(plainName)) return grpcOutcome(value);
  // OpenTelemetry's and gRPC's codes: an error, unknown.
  if (plainName === 'statuscode' && value === '2') return 'failed';
  if (/^[1-5]\d\d$/.test(value)) return value >= '500' ? 'failed' : 'ok';
  return phaseOfValue(value)?.outcome ?? null;
}
