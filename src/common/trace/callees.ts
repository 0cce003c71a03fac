import type { LogRecord } from '../model/logRecord';
import type { LinkEvidence } from '../model/trace';
import { spanKindOf } from './callSides';

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

/** @returns `null` where the record names nobody, or is written by who was called */
export function calleeOf(record: LogRecord): Callee | null {
  const { attributes, message, queue } = record;
  let kind: ReturnType<typeof spanKindOf> = null;
  if (attributes.length > 0) {
    kind = spanKindOf(record);
    if (kind === 'server' || kind === 'consumer') return null;
    const isClient = kind === 'client';
    if (kind === 'producer') {
      const destination = named(record, queueNames) ?? queue;
      return destination ? { name: destination, means: 'publish', evidence: 'stated', isSpan: true } : null;
    }
    const name = named(record, remoteNames) ?? (isClient ? named(record, clientNames) : null);
    if (name) {
      const host = urlHost.exec(name)?.[1] ?? name;
      return thisMachine.test(host) ? null : { name: host, means: 'call', evidence: 'stated', isSpan: isClient };
    }
  }
  const text = message.length > longestText ? message.slice(0, longestText) : message;
  const verb = callWords.exec(text);
  if (!verb) return null;
  const rest = text.slice(verb.index + verb[0].length);
  const name = (urlHost.exec(rest) ?? namedAfter.exec(rest))?.[1];
  if (!name || thisMachine.test(name)) return null;
  return { name, means: 'call', evidence: 'inferred', isSpan: kind === 'client' };
}

/** The value of the first of some fields that a record has, by the end of its name: they may stand in `attributes` or `tags`. */
function named({ attributes }: LogRecord, names: readonly string[]): string | null {
  let best = names.length;
  let found: string | null = null;
  for (const { name, value } of attributes) {
    const plain = name.toLowerCase();
    for (let at = 0; at < best; at++) {
      const wanted = names[at]!;
      if (!plain.endsWith(wanted) || (plain.length > wanted.length && plain[plain.length - wanted.length - 1] !== '.'))
        continue;
      if (value === '' || value.length > 500) continue;
      [best, found] = [at, value];
    }
  }
  return found;
}
