import { plainName } from '../profile/fieldNames';
import { joinKey } from '../profile/ids';
import { daysFromCivil, isDate } from '../profile/time/calendar';
import { durationOf } from '../profile/time/duration';
import { stampOf } from '../profile/time/looseStamp';
import type { TraceSummaryDocument } from '../protocol/documents';

/** What a query can ask of a trace. */
export type QueryField =
  | 'correlationId'
  | 'user'
  | 'session'
  | 'entity'
  | 'organization'
  | 'service'
  | 'status'
  | 'duration'
  | 'records'
  | 'steps'
  | 'errors'
  | 'start'
  | 'end';

type FieldKind = 'id' | 'text' | 'status' | 'duration' | 'count' | 'time';

interface QueryFieldType {
  kind: FieldKind;
  /** Other names of the field, as `plainName` compares them. */
  names: string;
  /** The values that a trace has for it; none where it is not known. */
  of(trace: TraceSummaryDocument): (string | number | null)[];
}

export const queryFields: Record<QueryField, QueryFieldType> = {
  correlationId: {
    kind: 'id',
    names: 'correlationid correlation traceid trace id requestid xcorrelationid',
    of: trace => [trace.correlationId],
  },
  user: { kind: 'text', names: 'user userid username', of: trace => [trace.userId] },
  session: { kind: 'id', names: 'session sessionid', of: trace => [trace.sessionId] },
  entity: { kind: 'id', names: 'entity entityid', of: trace => [trace.entityId] },
  organization: {
    kind: 'text',
    names: 'organization organisation organizationid organisationid org orgid tenant tenantid',
    of: trace => [trace.organizationId],
  },
  service: { kind: 'text', names: 'service services servicename', of: trace => trace.services },
  status: { kind: 'status', names: 'status', of: trace => [trace.status] },
  duration: { kind: 'duration', names: 'duration durationms took', of: trace => [trace.durationMs] },
  records: { kind: 'count', names: 'records lines', of: trace => [trace.records] },
  steps: { kind: 'count', names: 'steps', of: trace => [trace.steps] },
  errors: { kind: 'count', names: 'errors', of: trace => [trace.errors] },
  start: { kind: 'time', names: 'start from since', of: trace => [timeOf(trace.start)] },
  end: { kind: 'time', names: 'end to until', of: trace => [timeOf(trace.end)] },
};

const byName = new Map<string, QueryField>();
for (const field of Object.keys(queryFields) as QueryField[]) {
  for (const name of queryFields[field].names.split(' ')) byName.set(name, field);
}

export const queryFieldNamed = (name: string): QueryField | null => byName.get(plainName(name)) ?? null;

export const fieldNames: readonly string[] = Object.keys(queryFields);

export const statuses: readonly string[] = ['ok', 'failed', 'recovered', 'running', 'unknown'];

/** The value of a comparison in the field's own terms; a sentence on what is wrong with it where it has none. */
export function valueFor(field: QueryField, text: string): { value: string | number } | { problem: string } {
  switch (queryFields[field].kind) {
    case 'duration': {
      const duration = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1e6 : durationOf('', text);
      return duration === null
        ? { problem: `"${text}" is no duration: write 250ms, 1.5s or 2m` }
        : { value: duration / 1e6 };
    }
    case 'count':
      return /^\d+$/.test(text) ? { value: Number(text) } : { problem: `"${text}" is no whole number` };
    case 'time': {
      const time = timeOf(text);
      return time === null
        ? { problem: `"${text}" is no time: write 2026-03-02 or 2026-03-02T10:15:00Z` }
        : { value: time };
    }
    case 'status': {
      const status = text.toLowerCase();
      return statuses.includes(status)
        ? { value: status }
        : { problem: `"${text}" is no status: ${statuses.join(', ')}` };
    }
    case 'id':
    case 'text':
      return { value: text };
  }
}

/** Epoch milliseconds (with a fraction) of a stamp or date, in UTC where it names no zone. */
function timeOf(text: string | null): number | null {
  if (text === null) return null;
  const stamp = stampOf(text);
  if (stamp) return Number(stamp.at) / 1e6;
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!date) return null;
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
  return isDate(year, month, day) ? daysFromCivil(year, month, day) * 86_400_000 : null;
}

/** How two values of a field compare: below, at or above 0; IDs by their join key, text without case. */
export function compareValues(field: QueryField, a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const fold = queryFields[field].kind === 'id' ? joinKey : (value: string) => value.toLowerCase();
  const [left, right] = [fold(String(a)), fold(String(b))];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Fields that have an order. */
export const isOrdered = (field: QueryField): boolean =>
  ['duration', 'count', 'time'].includes(queryFields[field].kind);
