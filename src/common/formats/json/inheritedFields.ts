import type { Field, FieldRole } from '../../model/fieldRole';
import { knownName } from '../../profile/fieldNames';
import { skipBlanks, skipString, skipValue } from './jsonSkip';
import { jsonFieldsOf } from './jsonTokens';
import { pairListAt } from './pairList';

/** Where one member of an object stands: its key, and the offsets of its value. */
export interface Member {
  key: string;
  start: number;
  end: number;
}

/** What encloses records: an object's members beside the arrays with the records, and what encloses it. */
export interface Surroundings {
  parent: Surroundings | null;
  members: Member[] | null;
  /** Set where it is a record itself: what it says is not said of the records in it, but for whose they are. */
  part: unknown;
}

/** A field that may name an entry of a map further out: `processID: "p1"` is `processes.p1` (stem `process`). */
export interface Reference {
  stem: string;
  value: string;
}

/** A record as far as it inherits. */
export interface Heir {
  owner: Surroundings | null;
  references: Reference[] | null;
}

/** Most fields that a record inherits. */
const inheritedCap = 200;

/** Roles that tell of one event: of a batch they say nothing of the records in it. */
const ofTheBatch: ReadonlySet<FieldRole> = new Set<FieldRole>([
  'stepId',
  'previousStepId',
  'stepType',
  'phase',
  'messageId',
  'toolCallId',
  'attempt',
  'timestamp',
  'duration',
  'message',
  'codeLocation',
  'input',
  'status',
  'exception',
  'tokens',
  'cost',
]);
/** What a step says for the steps in it, too. */
const ofTheTree: ReadonlySet<FieldRole> = new Set<FieldRole>([
  'correlationId',
  'userId',
  'sessionId',
  'entityId',
  'organizationId',
  'service',
  'host',
]);
/** What names the batch itself. */
const ownName = /^(?:id|uuid|name|type|kind|key)$/;

/**
 * What records take over from around them, nearest first: the entries of maps that their fields refer to, and the scalars,
 * objects and lists of pairs of each enclosing object, by their names there. Records with the same surroundings and
 * references share one list.
 */
export class InheritedFields {
  private readonly text: string;
  /** Stems of all references: the maps that they choose from are inherited by no one as a whole. */
  private readonly stems: ReadonlySet<string>;
  private readonly shared = new Map<Surroundings, Map<string, Field[]>>();
  private readonly all = new Map<Surroundings, Field[]>();
  private readonly own = new Map<Surroundings, Field[]>();
  private readonly maps = new Map<Surroundings, Map<string, Map<string, number>>>();

  constructor(text: string, heirs: readonly Heir[]) {
    this.text = text;
    const stems = new Set<string>();
    for (const { references } of heirs) for (const { stem } of references ?? []) stems.add(stem);
    this.stems = stems;
  }

  of({ owner, references }: Heir): Field[] {
    if (!owner) return [];
    const entries: { stem: string; start: number }[] = [];
    for (const { stem, value } of references ?? []) {
      const start = this.entryOf(owner, stem, value);
      if (start >= 0) entries.push({ stem, start });
    }
    const around = this.around(owner);
    if (entries.length === 0) return around;
    const lists = this.shared.get(owner) ?? new Map<string, Field[]>();
    this.shared.set(owner, lists);
    const key = entries.map(({ stem, start }) => `${stem}:${start}`).join();
    let list = lists.get(key);
    if (!list) {
      const chosen = entries.flatMap(({ stem, start }) => outside(jsonFieldsOf(this.text, start, stem)));
      list = [...chosen, ...around.slice(0, Math.max(0, inheritedCap - chosen.length))];
      lists.set(key, list);
    }
    return list;
  }

  /** What all surroundings tell, the nearest first. */
  private around(owner: Surroundings): Field[] {
    const open: Surroundings[] = [];
    let at: Surroundings | null = owner;
    for (; at && !this.all.has(at); at = at.parent) open.push(at);
    let list = (at && this.all.get(at)) ?? [];
    for (const surroundings of open.reverse()) {
      const own = this.fieldsOf(surroundings);
      if (own.length > 0) list = [...own, ...list].slice(0, inheritedCap);
      this.all.set(surroundings, list);
    }
    return list;
  }

  private fieldsOf(surroundings: Surroundings): Field[] {
    let fields = this.own.get(surroundings);
    if (!fields) {
      fields = (surroundings.members ?? []).flatMap(member => this.fieldsOfMember(member));
      if (surroundings.part) fields = fields.filter(({ name }) => ofTheTree.has(knownName(name)?.role ?? 'message'));
      this.own.set(surroundings, fields);
    }
    return fields;
  }

  private fieldsOfMember({ key, start }: Member): Field[] {
    if (ownName.test(key) || this.isChosenFrom(key)) return [];
    if (this.text.charCodeAt(start) === 0x5b && !pairListAt(this.text, start)) return [];
    return outside(jsonFieldsOf(this.text, start, key)).filter(({ name }) => {
      const role = knownName(name)?.role;
      return role === undefined || !ofTheBatch.has(role);
    });
  }

  private isChosenFrom(key: string): boolean {
    return this.stems.has(key.replace(/s$/, '')) || this.stems.has(key.replace(/es$/, ''));
  }

  /** Where the entry begins that a reference names in the nearest map of its name; -1 where there is none. */
  private entryOf(owner: Surroundings, stem: string, value: string): number {
    for (let at: Surroundings | null = owner; at; at = at.parent) {
      const maps = this.mapsOf(at);
      const start = maps.get(`${stem}s`)?.get(value) ?? maps.get(`${stem}es`)?.get(value);
      if (start !== undefined) return start;
    }
    return -1;
  }

  private mapsOf(surroundings: Surroundings): Map<string, Map<string, number>> {
    let maps = this.maps.get(surroundings);
    if (!maps) {
      maps = new Map();
      for (const { key, start } of surroundings.members ?? []) {
        if (this.text.charCodeAt(start) === 0x7b && this.isChosenFrom(key)) maps.set(key, this.entriesOf(start));
      }
      this.maps.set(surroundings, maps);
    }
    return maps;
  }

  /** Where the value of each key of the object at `from` begins. */
  private entriesOf(from: number): Map<string, number> {
    const { text } = this;
    const entries = new Map<string, number>();
    for (let at = skipBlanks(text, from + 1); text.charCodeAt(at) === 0x22; ) {
      const keyEnd = skipString(text, at);
      if (keyEnd < 0) break;
      const start = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
      entries.set(text.slice(at + 1, keyEnd - 1), start);
      const end = skipValue(text, start);
      if (end < 0) break;
      at = skipBlanks(text, skipBlanks(text, end) + 1);
    }
    return entries;
  }
}

/** Fields that stand outside of the record. */
function outside(fields: Field[]): Field[] {
  for (const field of fields) {
    field.start = 0;
    field.end = 0;
  }
  return fields;
}
