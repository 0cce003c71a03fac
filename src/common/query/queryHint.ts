import type { QueryError } from './queryError';
import { fieldNames, type QueryField, queryFieldNamed, queryFields, statuses } from './queryFields';

/** A field, a sign and what there is of a value, at the end of what is typed. */
const lastComparison = /([A-Za-z]\w*)\s*(?:!=|>=|<=|==|=|>|<|!~|~)\s*([^\s()"'=<>!~]*)$/;
const lastWord = /(?:^|[\s(])([A-Za-z]{2,})$/;

/** Whether a query that cannot be read yet may become one by what is typed behind it. */
export function mayBeCompleted(text: string, { position }: QueryError): boolean {
  if (position >= text.trimEnd().length) return true;
  // A quote or parenthesis that is still open, a value that is not written out.
  if (/^["'(]/.test(text.slice(position))) return true;
  const [, , value = ''] = lastComparison.exec(text) ?? [];
  return value !== '' && position === text.length - value.length && isBeginning(text, value);
}

function isBeginning(text: string, value: string): boolean {
  const field = queryFieldNamed(lastComparison.exec(text)?.[1] ?? '');
  if (field === null) return false;
  switch (queryFields[field].kind) {
    case 'status':
      return statuses.some(status => status.startsWith(value.toLowerCase()));
    case 'duration':
      return /^\d+(?:\.\d*)?[a-zµ]*$/i.test(value);
    case 'time':
      return /^\d[\d:.TZ+-]*$/.test(value);
    default:
      return false;
  }
}

const allFields = `Fields: ${fieldNames.join(', ')}`;

/** What may stand where one types: the values of the field, or the fields that begin like the word. `null`: anything. */
export function queryHint(text: string): string | null {
  if (text.trim() === '') return allFields;
  const [, name, value = ''] = lastComparison.exec(text) ?? [];
  if (name !== undefined) {
    const field = queryFieldNamed(name);
    return field === null ? allFields : valueHint(field, value);
  }
  const word = lastWord.exec(text)?.[1]?.toLowerCase();
  const fields = word === undefined ? [] : fieldNames.filter(field => field.toLowerCase().startsWith(word));
  return fields.length === 0 ? null : `Fields: ${fields.map(field => examples[field as QueryField]).join(', ')}`;
}

function valueHint(field: QueryField, value: string): string | null {
  switch (queryFields[field].kind) {
    case 'status': {
      const fitting = statuses.filter(status => status.startsWith(value.toLowerCase()));
      return fitting.includes(value.toLowerCase()) || fitting.length === 0 ? null : fitting.join(', ');
    }
    case 'duration':
      return value === '' ? '250ms, 1.5s, 2m' : null;
    case 'count':
      return value === '' ? 'A whole number' : null;
    case 'time':
      return value === '' ? '2026-03-02, 2026-03-02T10:15:00Z' : null;
    default:
      return null;
  }
}

const examples: Record<QueryField, string> = {
  correlationId: 'correlationId = …',
  user: 'user = …',
  session: 'session = …',
  entity: 'entity = …',
  organization: 'organization = …',
  service: 'service ~ …',
  status: 'status = failed',
  duration: 'duration > 1s',
  records: 'records > 10',
  steps: 'steps > 10',
  errors: 'errors > 0',
  start: 'start >= 2026-03-02',
  end: 'end <= 2026-03-02',
};
