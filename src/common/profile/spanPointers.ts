import type { CorrelationIdValue, PreviousPointer } from '../model/logRecord';
import { knownName } from './fieldNames';
import { joinKey } from './ids';
import type { ReadField } from './recordReader';

/** What an item of a list of references says beside the step it points to. */
interface ReferenceItem {
  traceId: string | null;
  meaning: PreviousPointer['meaning'] | null;
}

/** `references.0.spanID`: the item, and what it names. */
const listed = /^(.*?\.\d+)\.(.+)$/;
const innerList = /\.\d+(?:\.|$)/;

/**
 * What pointers among the fields of one record mean, by what stands beside them. In lists of references: Jaeger's
 * `refType` (`CHILD_OF` encloses, `FOLLOWS_FROM` follows), and whether the trace they name is the record's own. Of a
 * span with `traceId`, `id`, `parentId` and a duration (Zipkin v2) the parent encloses it.
 */
export class SpanPointers {
  private readonly fields: readonly ReadField[];
  private readonly traces: ReadonlySet<string>;
  private items: Map<string, ReferenceItem> | null = null;

  constructor(fields: readonly ReadField[], correlationIds: readonly CorrelationIdValue[]) {
    this.fields = fields;
    this.traces = new Set(correlationIds.map(({ id }) => joinKey(id)));
  }

  /** The meaning of a pointer; `null` where it is a step of another trace, or another step's own pointer. */
  meaningOf({ name }: ReadField, byName: PreviousPointer['meaning']): PreviousPointer['meaning'] | null {
    const [, key, rest] = listed.exec(name) ?? [];
    if (key === undefined || rest === undefined)
      return /^parent_?id$/i.test(name) && this.isSpan() ? 'encloses' : byName;
    if (innerList.test(rest)) return null;
    this.items ??= itemsOf(this.fields);
    const item = this.items.get(key);
    if (item?.traceId && this.traces.size > 0 && !this.traces.has(joinKey(item.traceId))) return null;
    return item?.meaning ?? byName;
  }

  private isSpan(): boolean {
    const has = (name: RegExp) => this.fields.some(field => name.test(field.name));
    return has(/^trace_?id$/i) && has(/^id$/) && (has(/^duration/) || has(/^end(?:ed)?_?(?:time|at)/i));
  }
}

function itemsOf(fields: readonly ReadField[]): Map<string, ReferenceItem> {
  const items = new Map<string, ReferenceItem>();
  for (const { name, value } of fields) {
    const [, key, rest] = listed.exec(name) ?? [];
    if (key === undefined || rest === undefined || innerList.test(rest)) continue;
    const item = items.get(key) ?? { traceId: null, meaning: null };
    items.set(key, item);
    if (/^ref_?type$/i.test(rest)) item.meaning = refTypes[value.toUpperCase()] ?? null;
    else if (knownName(rest)?.role === 'correlationId') item.traceId ??= value;
  }
  return items;
}

/** Of OpenTracing, as Jaeger and SkyWalking write them. */
const refTypes: Record<string, PreviousPointer['meaning']> = { CHILD_OF: 'encloses', FOLLOWS_FROM: 'follows' };
