import { remembered } from '../../base/remembered';
import type { LogRecord } from '../../model/logRecord';
import type { LinkEvidence } from '../../model/trace';
import { spanKindOf } from './spanKind';

/** Whom one record says that it calls, or what it publishes to. */
export interface Callee {
  name: string;
  means: 'call' | 'publish';
  /** `stated` by a field that names it, `inferred` from the words of the message. */
  evidence: Exclude<LinkEvidence, 'joined'>;
  /** Whether the record's whole span is the call. */
  isSpan: boolean;
}

/**
 * Fields that name the far side, strongest first, by OpenTelemetry's semantic conventions (and OpenTracing's `peer.*`),
 * Zipkin's remote endpoint. Those of the first list say so wherever they stand, those of the second on a client's span only:
 * on a server's they are its own.
 */
const remoteNames = ['peer.service', 'remoteendpoint.servicename', 'db.system.name', 'db.system', 'db.type'];
const clientNames = [
  'url.full',
  'http.url',
  'url.host',
  'http.host',
  'server.address',
  'net.peer.name',
  'peer.hostname',
];
const queueNames = ['messaging.destination.name', 'messaging.destination', 'message_bus.destination'];

const verbs =
  'calling|invoking|fetching|requesting|querying|downloading(?: from)?|uploading to|connecting to|(?:call|request) to|' +
  'send(?:ing)? (?:an? )?(?:http )?request(?: to)?|processing http request|http request:';
const callWords = new RegExp(`\\b(?:${verbs})(?=[\\s"'\`])`, 'i');
const urlHost = /\bhttps?:\/\/(?:[^\s/?#@"']{0,100}@)?([\w.-]{1,253})/i;
/** A name that looks like one: with a dash or dot in it, or the word for what it is at its end. No function call. */
const namedAfter =
  /^\s+(?:(?:the|an?|external|remote|upstream|downstream|service|api)\s+){0,3}["'`]?((?:[a-z]\w*(?:[-.]\w+)+)|[a-z]\w*(?:service|api|gateway|provider|server|database))(?![\w(.-]*\()/i;
const thisMachine = /^(?:localhost|127\.|0\.0\.0\.0|::1$)/i;

const longestText = 400;

/** What the name of a field says of the far side; remembered, since few names stand on many records. */
type NameClass = { rank: number; of: 'remote' | 'client' | 'queue' } | 'kind' | null;

/** Reads records one after another: whom each calls. */
export function calleeReader(count: number) {
  const classOf = remembered(classify);
  let callees: (Callee | null)[] | null = null;

  /** @param mayName whether the name of any of its attributes tells of whom is called */
  function read(record: LogRecord, at: number, mayName: boolean): void {
    const callee = calleeOf(record, mayName);
    if (callee === null) return;
    callees ??= new Array<Callee | null>(count).fill(null);
    callees[at] = callee;
  }

  /** `null` where the record names nobody, or is written by who was called. */
  function calleeOf(record: LogRecord, mayName: boolean): Callee | null {
    const kind = mayName ? spanKindOf(record) : null;
    if (kind === 'server' || kind === 'consumer') return null;
    if (kind === 'producer') {
      const destination = named(record, 'queue') ?? record.queue;
      return destination ? { name: destination, means: 'publish', evidence: 'stated', isSpan: true } : null;
    }
    const isClient = kind === 'client';
    const name = mayName ? (named(record, 'remote') ?? (isClient ? named(record, 'client') : null)) : null;
    if (name === null) return calleeInText(record.message, isClient);
    const host = urlHost.exec(name)?.[1] ?? name;
    return thisMachine.test(host) ? null : { name: host, means: 'call', evidence: 'stated', isSpan: isClient };
  }

  function named({ attributes }: LogRecord, of: 'remote' | 'client' | 'queue'): string | null {
    let best = Number.POSITIVE_INFINITY;
    let found: string | null = null;
    for (const { name, value } of attributes) {
      const known = classOf(name);
      if (known === null || known === 'kind' || known.of !== of || known.rank >= best) continue;
      if (value !== '' && value.length <= longestName) [best, found] = [known.rank, value];
    }
    return found;
  }

  /** By record; `null` where none calls anybody. */
  return { read, callees: () => callees };
}

/** Whether a field of such a name may say whom its record calls. */
export const namesCallee = (name: string): boolean => classify(name) !== null;

/** By the end of the name: such fields stand in `attributes`, `tags` or at the top. */
function classify(name: string): NameClass {
  const plain = name.toLowerCase();
  if (plain === 'shared' || plain.endsWith('kind')) return 'kind';
  for (const [of, names] of Object.entries({ remote: remoteNames, client: clientNames, queue: queueNames })) {
    const rank = names.findIndex(wanted => plain === wanted || plain.endsWith(`.${wanted}`));
    if (rank >= 0) return { rank, of: of as 'remote' | 'client' | 'queue' };
  }
  return null;
}

const longestName = 500;

function calleeInText(message: string, isSpan: boolean): Callee | null {
  const text = message.length > longestText ? message.slice(0, longestText) : message;
  const verb = callWords.exec(text);
  if (!verb) return null;
  const rest = text.slice(verb.index + verb[0].length);
  const name = (urlHost.exec(rest) ?? namedAfter.exec(rest))?.[1];
  if (!name || thisMachine.test(name)) return null;
  return { name, means: 'call', evidence: 'inferred', isSpan };
}
