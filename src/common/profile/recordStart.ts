import { formatNamed } from '../formats/formats';
import { startsWithStamp } from '../formats/header';
import type { SourceProfile } from '../model/sourceProfile';
import type { StartsRecord } from '../scan/recordFramer';
import { headStampEnd } from './time/looseStamp';
import { stampAt } from './time/timestamp';

/** As much of a line as is looked at. */
const headLength = 200;
/** As much as the longest stamp needs. */
const stampLength = 40;
const escapeCode = 0x1b;
const openBrace = 0x7b;
const indentedBullet = /^\s+[^\w\s"'`.,:;()[\]{}<>]\ufe0f?\s/;
const bracketedHead = /^[\s\u0080-\uffff]*(?:[*>-]\s*)?[[({<]["']?[A-Za-z_@][\w.@ -]{0,60}["']?\s?[:=]/;
const logfmtHead = /^[A-Za-z_@][\w.@/-]*=\S+ +[A-Za-z_@][\w.@/-]*=/;

/**
 * The rule by which a source's records begin, on raw bytes: at each line, or at each line with a stamp or another head
 * that the source's formats have (a JSON object, a bracket of pairs).
 */
export function recordStart(profile: Pick<SourceProfile, 'framing' | 'formats'>): RecordRule {
  return { startsRecord: startOf(profile), leavesOpen: () => false };
}

/** By which lines records begin and go on. */
export interface RecordRule {
  startsRecord: StartsRecord;
  leavesOpen: StartsRecord;
}

function startOf({ framing, formats }: Pick<SourceProfile, 'framing' | 'formats'>): StartsRecord {
  if (framing !== 'stamp') return () => true;
  const has = (name: string) => formats.some(format => format.name === name && format.share > 0);
  const [hasJson, hasBracketed, hasLogfmt] = [has('json'), has('bracketed'), has('logfmt')];
  const beginnings = formats.flatMap(({ name, share }) => (share > 0 ? (formatNamed(name).begins ?? []) : []));
  return (bytes, start, end) => {
    const first = bytes[start] ?? 0;
    if (first === openBrace && hasJson) return true;
    const isIndented = first === 0x20 || first === 0x09;
    if (isIndented && !hasBracketed && !mayBeBullet(bytes, start, end)) return false;
    // Most records begin with the year, day or hour of their stamp: what decides stands in a few bytes.
    if (first >= 0x30 && first <= 0x39) {
      const stamp = asciiOf(bytes, start, Math.min(end, start + stampLength));
      if (stampAt(stamp, 0) !== null || headStampEnd(stamp, 0) >= 0) return true;
    }
    const head = headOf(bytes, start, end);
    if (isIndented && !hasBracketed && !indentedBullet.test(head)) return false;
    return (
      startsWithStamp(head) ||
      (hasBracketed && bracketedHead.test(head)) ||
      (hasLogfmt && logfmtHead.test(head)) ||
      beginnings.some(pattern => pattern.test(head))
    );
  };
}

function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** Whether what stands first behind the indent is neither a letter, a digit nor a bracket. */
function mayBeBullet(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  const first = bytes[at] ?? 0;
  return first >= 0x80 || first === 0x2a || first === 0x2d || first === 0x3e;
}

const decoder = new TextDecoder();

/** The beginning of a line, colours left out. */
function headOf(bytes: Uint8Array, start: number, end: number): string {
  const stop = Math.min(end, start + headLength);
  const head = isAscii(bytes, start, stop) ? asciiOf(bytes, start, stop) : decoder.decode(bytes.subarray(start, stop));
  return bytes.subarray(start, stop).includes(escapeCode) ? head.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '') : head;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}
