import type { Field } from '../../model/fieldRole';

/** What all histories of Temporal and Cadence have in their events. */
const sign = 'EventAttributes"';

/**
 * What an event in the history of a workflow says by the numbers of others (Temporal's and Cadence's `HistoryEvent`): which
 * step it is of (the one that `scheduledEventId` … names, else its own; the workflow itself is that of event 1), what came
 * before it, and the step's name. The fields stand nowhere in the text; empty for every other record.
 */
export function workflowHistoryFields(text: string, fields: readonly Field[]): Field[] {
  if (!text.includes(sign)) return [];
  const said = (name: string) => fields.find(field => field.name === name)?.value;
  const [id, type] = [said('eventId'), said('eventType')];
  const attribute = fields.find(({ name }) => /^\w+EventAttributes\./.test(name));
  if (!id || !type || !/^\d+$/.test(id)) return [];
  const words = wordsOf(type);
  const around = attribute?.name.slice(0, attribute.name.indexOf('.') + 1) ?? '';
  const own = (name: string) => said(around + name);
  const event = (name: string) => {
    const number = own(name);
    return number && /^[1-9]\d*$/.test(number) ? number : undefined;
  };
  const isWorkflow = /^workflow execution (?!signal|update|cancel requested)/.test(words);
  const timer = words.startsWith('timer ') ? event('startedEventId') : undefined;
  const step = isWorkflow ? '1' : (event('scheduledEventId') ?? event('initiatedEventId') ?? timer ?? id);
  const cause = event('workflowTaskCompletedEventId') ?? event('decisionTaskCompletedEventId');
  // A workflow's task is scheduled together with the event that calls for it.
  const trigger =
    /^(?:workflow|decision) task scheduled$/.test(words) && Number(id) > 2 ? String(Number(id) - 1) : cause;
  const name = own('activityType.name') ?? own('workflowType.name') ?? own('signalName') ?? nameIn(words);
  const told: [string, string | undefined][] = [
    ['stepId', step],
    ['messageId', id],
    ['previousEventId', isWorkflow ? undefined : trigger],
    ['parentSpanId', step === '1' ? undefined : '1'],
    ['stepType', name],
    ['phase', phaseOf(words)],
    ['exceptionMessage', own('failure.message')],
  ];
  return told.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, start: 0, end: 0 }]));
}

/** `EVENT_TYPE_ACTIVITY_TASK_STARTED`, `ActivityTaskStarted` → `activity task started`. */
const wordsOf = (type: string): string =>
  type
    .replace(/^EVENT_TYPE_/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll('_', ' ')
    .toLowerCase();

/** What has no name of its own: `workflow task`, `timer`. */
const nameIn = (words: string): string | undefined => /^(?:workflow|decision) task(?= )|^timer(?= )/.exec(words)?.[0];

/** What is scheduled or initiated has not begun; a timer that has not fired may never have been waited for. */
function phaseOf(words: string): string {
  if (words === 'timer started') return 'progress';
  const [last = ''] = /(?:timed out|as new|\w+)$/.exec(words) ?? [];
  if (last === 'fired' || last === 'as new') return 'completed';
  if (last === 'timed out') return 'timeout';
  return /^(?:started|completed|failed|canceled|terminated)$/.test(last) ? last : 'progress';
}
