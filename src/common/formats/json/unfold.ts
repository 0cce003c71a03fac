import { closeBrace, closeBracket, colon, comma, openBrace, openBracket, quote } from '../../base/jsonCodes';
import type { Field } from '../../model/fieldRole';
import { addMember, type Enclosure, newEnclosure, newPart, type Part } from './enclosure';
import { InheritedFields } from './inheritedFields';
import { type RowLayout, rowLayoutOf } from './jsonRows';
import { skipBlanks, skipScalar, skipString } from './jsonSkip';
import { evidence, evidenceOf, isRecord, isSurelyRecord, pairStanding, standing } from './recordEvidence';
import { isStepList, mayHoldTree, ownStepList, treePlaces } from './recordTrees';
import { stateHistory } from './stateHistory';

/** One record within the text of a document. */
export interface DocumentPart {
  /** UTF-16 offsets in the document's text. */
  start: number;
  end: number;
  /** Fields of what encloses the record (resource, process, trace): their offsets are 0, as they stand outside of it. */
  inherited: Field[];
  /** What its place in the document says of it; where a field of its own has the same name, this is meant. */
  told: readonly Field[];
  /** How it is one though it is no object. */
  row: RowLayout | null;
  /** What in it are records of their own; offsets as above. */
  holes: readonly { start: number; end: number }[];
}

const reference = /^(.+?)_?(?:ID|Id|id)$/;
/** Nanoseconds since the epoch, as Loki writes them. */
const epochNanos = /^\d{19}$/;

/**
 * The records in a JSON document that is a batch of them (`resourceSpans[]…spans[]`, `data[].spans[]`, `records[]`), in
 * the order of the text; `null` where the document is one record itself. What a batch is, is told by what its objects
 * hold and not by its names: see `isRecord`. Records within a record stay its fields, but for those in a list of its steps,
 * which are records of their own (see `recordTrees.ts`). Of a text that ends too early the records up to there. One pass,
 * no recursion.
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
  private readonly mayHoldTree: boolean;
  /** Parts that are steps of others. */
  private children = 0;

  constructor(text: string) {
    this.text = text;
    this.mayHoldTree = mayHoldTree(text);
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
    this.open = newEnclosure(isArray, start, parent, this.parts.length, this.children);
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
    return isSurelyRecord(open.own) && open.parent === null && !this.mayHoldTree ? -1 : end;
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
    closed.end = end;
    if (closed.isArray) this.closeArray(closed, end);
    else if (isRecord(closed) || (closed.hasOwnSteps && closed.own & evidence.time)) {
      this.keepChildren(closed);
      if (parent?.isArray || (!parent && parts.length > firstPart)) this.addPart(closed, parent, end);
    } else if (parts.length > firstPart) {
      if (parent) parent.inner |= closed.inner;
    } else if (parent?.isArray) {
      parts.push(newPart(closed, parent, end, true));
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
      parts.push({ ...newPart(closed, parent, end, false), self: null });
      parent.hasRecord = true;
      parent.inner |= pairStanding;
      return;
    }
    const row = parent?.isArray && this.holdsPlain(firstPart) ? rowLayoutOf(this.text, closed) : null;
    if (row && parent) {
      parts.length = firstPart;
      parts.push({ ...newPart(closed, parent, end, false), self: null, row });
      parent.hasRecord = true;
      parent.inner |= pairStanding;
      return;
    }
    const { records } = closed;
    if (records && parent && records.length === closed.items && isStepList(closed.key, records)) {
      for (const part of records) part.isChild = true;
      this.children += records.length;
      parent.hasOwnSteps ||= ownStepList.test(closed.key);
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

  private addPart(record: Enclosure, owner: Enclosure | null, end: number): void {
    const part = newPart(record, owner, end, false);
    record.part = part;
    this.parts.push(part);
    if (!owner) return;
    owner.records ??= [];
    owner.records.push(part);
    owner.hasRecord = true;
    owner.inner |= standing(record);
  }

  private holdsPlain(firstPart: number): boolean {
    for (let at = firstPart; at < this.parts.length; at++) if (!this.parts[at]!.isPlain) return false;
    return true;
  }

  /** Of the parts within a record only its steps stay. */
  private keepChildren({ firstPart, firstChild }: Enclosure): void {
    const { parts } = this;
    if (parts.length - firstPart === this.children - firstChild) return;
    let kept = firstPart;
    for (let at = firstPart; at < parts.length; at++) if (parts[at]!.isChild) parts[kept++] = parts[at]!;
    parts.length = kept;
  }

  private finish(): DocumentPart[] {
    const { parts, text } = this;
    const inherited = new InheritedFields(text, parts);
    // A record is closed after those in it.
    if (this.children > 0) parts.sort((a, b) => a.start - b.start);
    const places = this.children > 0 ? treePlaces(text, parts) : null;
    const events = stateHistory(text, parts);
    return parts.map(part => {
      const place = places?.get(part) ?? (events && { fields: events.get(part) ?? [], holes: noHoles });
      const around = inherited.of(part);
      const { start, end, row } = part;
      return { start, end, row, inherited: around, told: place?.fields ?? noFields, holes: place?.holes ?? noHoles };
    });
  }
}

const noFields: readonly Field[] = [];
const noHoles: DocumentPart['holes'] = [];
