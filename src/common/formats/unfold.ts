import { closeBrace, closeBracket, colon, comma, openBrace, openBracket, quote } from '../base/jsonCodes';
import type { Field } from '../model/fieldRole';
import { InheritedFields, type Member, type Reference } from './inheritedFields';
import { skipBlanks, skipScalar, skipString } from './jsonSkip';
import { evidenceOf, type Holdings, isRecord, isSurelyRecord, pairStanding, standing } from './recordEvidence';

/** One record within the text of a document. */
export interface DocumentPart {
  /** UTF-16 offsets in the document's text. */
  start: number;
  end: number;
  /** Fields of what encloses the record (resource, process, trace): their offsets are 0, as they stand outside of it. */
  inherited: Field[];
}

/** An object or array that is open, or that encloses parts. */
interface Enclosure extends Holdings {
  isArray: boolean;
  /** Its name in its parent; empty in arrays. */
  key: string;
  start: number;
  parent: Enclosure | null;
  /** How many parts there were when it began: those from there on are within it. */
  firstPart: number;
  /** Of an object, once it has any: what it holds beside the arrays of parts. */
  members: Member[] | null;
  /** Of an object: its fields that may refer to something further out. */
  references: Reference[] | null;
  /** Of an object: the key whose value is awaited. Of an array: how many items it has. */
  pending: string | null;
  items: number;
  /** Of an array: whether an item of its own is a record; whether it is a pair of a stamp and a line so far. */
  hasRecord: boolean;
  isPair: boolean;
}

interface Part {
  start: number;
  end: number;
  owner: Enclosure;
  references: Reference[] | null;
  /** An item that is no record itself: it is one if others of its array are. */
  isPlain: boolean;
}

const reference = /^(.+?)_?(?:ID|Id|id)$/;
/** Nanoseconds since the epoch, as Loki writes them. */
const epochNanos = /^\d{19}$/;

/**
 * The records in a JSON document that is a batch of them (`resourceSpans[]…spans[]`, `data[].spans[]`, `records[]`), in
 * the order of the text; `null` where the document is one record itself. What a batch is, is told by what its objects
 * hold and not by its names: see `isRecord`. Records within a record stay its fields. Of a text that ends too early the
 * records up to there. One pass, no recursion.
 */
export function unfold(text: string): DocumentPart[] | null {
  if (!holdsList(text)) return null;
  const parts = new Unfolding(text).run();
  return parts && parts.length > 0 ? parts : null;
}

/** Whether there is an array of objects or arrays: without one there is nothing to unfold. */
function holdsList(text: string): boolean {
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
    const code = text.charCodeAt(skipBlanks(text, at + 1));
    if (code === openBrace || code === openBracket) return true;
  }
  return false;
}

class Unfolding {
  private readonly text: string;
  private readonly parts: Part[] = [];
  private open: Enclosure | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** `null` where the text is no JSON, or one record. */
  run(): DocumentPart[] | null {
    const { text } = this;
    let at = skipBlanks(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
    const first = text.charCodeAt(at);
    if (first !== openBrace && first !== openBracket) return null;
    do {
      const code = text.charCodeAt(at);
      if (code === openBrace || code === openBracket) {
        this.begin(code === openBracket, at++);
      } else if (code === closeBrace || code === closeBracket) {
        if (!this.open || this.open.isArray !== (code === closeBracket)) return null;
        this.close(this.open, ++at);
      } else if (code === comma) {
        at++;
      } else {
        const end = code === quote ? skipString(text, at) : skipScalar(text, at);
        if (end < 0) break;
        if (end === at) return null;
        const next = this.take(at, end, code === quote);
        if (next < 0) return null;
        at = next;
      }
      at = skipBlanks(text, at);
    } while (this.open && at < text.length);
    while (this.open) this.close(this.open, text.length);
    return this.finish();
  }

  private begin(isArray: boolean, start: number): void {
    const parent = this.open;
    if (parent?.isArray) parent.items++;
    this.open = {
      isArray,
      key: parent?.pending ?? '',
      start,
      parent,
      firstPart: this.parts.length,
      own: 0,
      deep: 0,
      inner: 0,
      members: null,
      references: null,
      pending: null,
      items: 0,
      hasRecord: false,
      isPair: false,
    };
  }

  /** Takes a string, number or word, as a key or a value; where to go on, -1 to give up. */
  private take(start: number, end: number, isString: boolean): number {
    const { text, open } = this;
    if (!open) return -1;
    if (open.isArray) {
      open.items++;
      if (open.items === 1) open.isPair = isString && epochNanos.test(text.slice(start + 1, end - 1));
      else if (open.items === 2) open.isPair &&= isString;
      else open.isPair = false;
      return end;
    }
    if (open.pending === null) {
      const next = skipBlanks(text, end);
      if (!isString || text.charCodeAt(next) !== colon) return -1;
      open.pending = text.slice(start + 1, end - 1);
      return next + 1;
    }
    this.addScalar(open, open.pending, start, end, isString);
    open.pending = null;
    // The usual record is one by its first fields.
    return isSurelyRecord(open.own) && open.parent === null ? -1 : end;
  }

  private addScalar(open: Enclosure, key: string, start: number, end: number, isString: boolean): void {
    const value = isString ? this.text.slice(start + 1, end - 1) : this.text.slice(start, end);
    addMember(open, { key, start, end });
    open.own |= evidenceOf(key, value);
    if (open.parent && !open.parent.isArray) {
      open.parent.deep |= evidenceOf(open.key === '_source' ? key : `${open.key}.${key}`, value);
    }
    const stem = isString && /[dD]$/.test(key) ? reference.exec(key)?.[1] : undefined;
    if (stem !== undefined) {
      open.references ??= [];
      open.references.push({ stem, value });
    }
  }

  private close(closed: Enclosure, end: number): void {
    const { parts } = this;
    const { parent, firstPart } = closed;
    this.open = parent;
    if (closed.isArray) this.closeArray(closed, end);
    else if (isRecord(closed)) {
      parts.length = firstPart;
      if (parent?.isArray) this.addPart(closed, parent, end);
    } else if (parts.length > firstPart) {
      if (parent) parent.inner |= closed.inner;
    } else if (parent?.isArray) {
      parts.push({ start: closed.start, end, owner: parent, references: closed.references, isPlain: true });
    }
    if (!parent || parent.isArray) return;
    parent.pending = null;
    if (parts.length === firstPart) addMember(parent, { key: closed.key, start: closed.start, end });
  }

  private closeArray(closed: Enclosure, end: number): void {
    const { parts } = this;
    const { parent, firstPart } = closed;
    if (closed.isPair && closed.items <= 3 && closed.items >= 2 && parent?.isArray) {
      parts.length = firstPart;
      parts.push({ start: closed.start, end, owner: parent, references: null, isPlain: false });
      parent.hasRecord = true;
      parent.inner |= pairStanding;
      return;
    }
    if (!closed.hasRecord) {
      let kept = firstPart;
      for (let at = firstPart; at < parts.length; at++) {
        const part = parts[at];
        if (part && !(part.isPlain && part.owner === closed)) parts[kept++] = part;
      }
      parts.length = kept;
    }
    if (parent) parent.inner |= closed.inner;
  }

  private addPart(record: Enclosure, owner: Enclosure, end: number): void {
    this.parts.push({ start: record.start, end, owner, references: record.references, isPlain: false });
    owner.hasRecord = true;
    owner.inner |= standing(record);
  }

  private finish(): DocumentPart[] {
    const inherited = new InheritedFields(this.text, this.parts);
    return this.parts.map(part => ({ start: part.start, end: part.end, inherited: inherited.of(part) }));
  }
}

function addMember(to: Enclosure, member: Member): void {
  if (to.members) to.members.push(member);
  else to.members = [member];
}
