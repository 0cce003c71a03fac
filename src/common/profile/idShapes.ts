/**
 * Shapes in which one ID hides in another text: W3C `traceparent`, AWS X-Ray, Google Cloud's trace path and header, B3.
 * Sources: W3C Trace Context §3.2; AWS X-Ray tracing header; Google Cloud `LogEntry.trace`; openzipkin/b3-propagation.
 */
export interface CompoundId {
  /** The group part as lower-case hex. */
  trace: string;
  /** The caller's span, where the text names one. */
  parent: string | null;
}

const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/i;
const xray = /^(?:(?:.*;)?\s*Root=)?1-([0-9a-f]{8})-([0-9a-f]{24})(?:;(?:.*;)?Parent=([0-9a-f]{16}))?(?:;.*)?$/i;
const gcpPath = /^projects\/[^/\s]+\/traces\/([0-9a-f]{32})$/i;
const gcpHeader = /^([0-9a-f]{32})\/\d+(?:;o=\d)?$/i;
const b3 = /^([0-9a-f]{32}|[0-9a-f]{16})-([0-9a-f]{16})(?:-[01d])?(?:-([0-9a-f]{16}))?$/i;
const zeros = /^0+$/;
/** LangSmith's path of a run from its root on: `20230914T223155647Z<uuid>.20230914T223155700Z<uuid>`. */
const dottedRun = /^\d{8}T\d{9,15}Z([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const longestPath = 8192;

/** The parts of a compound ID, `null` where the text is none (a wrong or all-zero trace is none). */
export function compoundId(text: string): CompoundId | null {
  if (text.length < 33 || text.length > 255) return dottedOrder(text);
  const w3c = traceparent.exec(text);
  if (w3c) return parts(w3c[1], w3c[2]);
  const google = gcpPath.exec(text) ?? gcpHeader.exec(text);
  if (google) return parts(google[1], undefined);
  const aws = xray.exec(text);
  if (aws) return parts(`${aws[1]}${aws[2]}`, aws[3]);
  const zipkin = b3.exec(text);
  return zipkin ? parts(zipkin[1], zipkin[3]) : dottedOrder(text);
}

/** The root of a path of runs, and the run before the last one; `null` where the text is none. */
export function dottedOrder(text: string): CompoundId | null {
  if (text.length < 52 || text.length > longestPath || !/^\d{8}T/.test(text)) return null;
  const runs = text.split('.').map(part => dottedRun.exec(part)?.[1]?.toLowerCase());
  const [root] = runs;
  if (!root || runs.some(run => !run)) return null;
  return { trace: root.replaceAll('-', ''), parent: runs.at(-2) ?? null };
}

function parts(trace: string | undefined, parent: string | undefined): CompoundId | null {
  if (!trace || zeros.test(trace)) return null;
  return { trace: trace.toLowerCase(), parent: parent && !zeros.test(parent) ? parent.toLowerCase() : null };
}

const hexOnly = /^[0-9a-f]{16,64}$/i;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const longDigits = /^\d+$/;

/**
 * HAProxy's `unique-id-format` as its manual gives it (configuration manual §8.2.6): hex of two addresses with their ports,
 * of time, counter and process.
 */
const uniqueId =
  /^[0-9A-F]{8,32}:[0-9A-F]{1,4}_[0-9A-F]{8,32}:[0-9A-F]{1,4}_[0-9A-F]{8}_[0-9A-F]{1,8}(?::[0-9A-F]{1,8})?$/i;
const sixBitWord = /^(?=.*\d)(?=.*[a-z])[0-9A-Za-z@_-]{27}$/;
/** Letters of both cases change places in a drawn ID far more often than in a name made of words. */
const leastChanges = 9;

/**
 * Whether a text is an ID that servers give requests and that is no hex number: HAProxy's, or 27 characters of base 62 or
 * 64 (Apache's mod_unique_id; KSUID, https://github.com/segmentio/ksuid).
 */
export function isServerId(text: string): boolean {
  if (text.length === 27) return sixBitWord.test(text) && isDrawn(text);
  return text.length > 30 && text.length < 100 && uniqueId.test(text);
}

function isDrawn(text: string): boolean {
  const changes = text.match(/[a-z](?![a-z])|[A-Z](?![A-Z])|[^A-Za-z](?=[A-Za-z])/g)?.length ?? 0;
  const lone = text.match(/[A-Z](?![a-z])/g)?.length ?? 0;
  return changes > leastChanges && lone > 1;
}

/** Sixteen bytes as protobuf's JSON writes them. */
const base64 = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

export const isBase64Trace = (text: string): boolean => base64.test(text);

const sixBits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The hex digits of sixteen bytes that 24 characters of base64 stand for (RFC 4648 §4). */
function hexOfBase64(text: string): string {
  let value = 0n;
  for (const character of text.slice(0, 22)) value = (value << 6n) | BigInt(sixBits.indexOf(character));
  return (value >> 4n).toString(16).padStart(32, '0');
}

/** The base64 form of 32 hex digits. */
export function base64OfHex(hex: string): string {
  const value = BigInt(`0x${hex}`) << 4n;
  let text = '';
  for (let at = 21n; at >= 0n; at--) text += sixBits.charAt(Number((value >> (at * 6n)) & 63n));
  return `${text}==`;
}

/**
 * The lower-case hex digits of a UUID or long hex number in any dress (braces, `urn:uuid:`), else `null`. Digits alone
 * are a decimal number, unless there are 32 of them.
 */
export function bareHex(text: string): string | null {
  if (text.length === 24 && base64.test(text)) return hexOfBase64(text);
  let id = text;
  if (id.length > 36) {
    if (id.startsWith('{') && id.endsWith('}')) id = id.slice(1, -1);
    else if (/^urn:uuid:/i.test(id)) id = id.slice(9);
  }
  if (uuid.test(id)) return id.replaceAll('-', '').toLowerCase();
  if (!hexOnly.test(id) || (longDigits.test(id) && id.length < 32)) return null;
  return id.toLowerCase();
}

/** The group ID in a value of an ID field: the trace part of a compound one as it is spelled there, else the value. */
export function groupIdIn(value: string): string {
  const compound = compoundId(value);
  if (!compound) return value;
  const path = dottedRun.exec(value.split('.', 1)[0] ?? '');
  if (path?.[1]) return path[1];
  const at = value.toLowerCase().indexOf(compound.trace);
  if (at >= 0) return value.slice(at, at + compound.trace.length);
  return /1-[0-9a-f]{8}-[0-9a-f]{24}/i.exec(value)?.[0] ?? value;
}
