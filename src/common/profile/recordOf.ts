import type { CodeLocation, LogRecord, RecordLocation } from '../model/logRecord';
import type { SourceProfile } from '../model/sourceProfile';
import { chatMessage } from './chatMessage';
import { eventSort } from './eventSort';
import { loggedRequest } from './loggedRequest';
import { renderTemplate } from './messageTemplate';
import { stepEventOf } from './readPhase';
import type { ReadField } from './recordReader';
import { correlationIdsOf, previousOf, type RoleSlots, withSourceGroup } from './roleSlots';
import { severityOf } from './severity';
import { isNamelessContainer, isPodName, serviceOfPod } from './sourceName';
import { stackIn } from './stackIn';
import { timingOf } from './time/readTime';
import type { StampContext } from './time/stamp';

/** Puts a record together from its fields by role. */
export function recordOf(
  text: string,
  location: RecordLocation,
  format: string,
  slots: RoleSlots,
  fields: readonly ReadField[],
  profile: SourceProfile,
  context: StampContext,
): LogRecord {
  const { best } = slots;
  const stepId = best('stepId');
  const chat = chatMessage(fields);
  const said = messageIn(slots, fields) ?? chat?.text ?? null;
  const request = said === null ? loggedRequest(fields) : null;
  const sort = said === null && request === null ? eventSort(fields) : null;
  const rest = eventIn(sort, best('exception')) ?? ofRow(text, slots, profile) ?? text;
  const message = (said ?? request?.line ?? rest).replace(/^\n+/, '').trimEnd();
  const severity = severityIn(slots, fields);
  const timing = timingOf(slots, fields, context, profile);
  // What is said in a talk may be about anything.
  const event = stepEventOf(slots, fields, chat ? '' : message, timing, severity, profile.durationUnit);
  const { duration, timeIs } = event;
  // The call of a tool is the model's; what names the call besides is the tool's.
  if (chat?.isCall) for (const { field } of slots.all('toolCallId')) field.role = null;
  const isAnswer = chat?.isAnswer && event.phase === 'progress';
  return {
    location,
    format,
    time: timing.time,
    severity,
    message,
    correlationIds: withSourceGroup(correlationIdsOf(slots), profile, fields),
    stepId,
    previous: previousOf(slots, stepId, fields),
    stepType: best('stepType') ?? chat?.speaker ?? request?.operation ?? (duration === null ? null : sort),
    phase: isAnswer ? 'end' : event.phase,
    duration,
    timeIs,
    outcome: chat?.isError ? 'failed' : event.outcome,
    messageId: best('messageId'),
    toolCallId: chat?.isCall ? null : best('toolCallId'),
    service: (profile.service.evidence === 'user' ? null : serviceIn(slots)) ?? profile.service.value,
    host: best('host'),
    thread: best('thread'),
    queue: best('queue'),
    attempt: attemptOf(slots),
    logger: best('logger'),
    userId: best('userId'),
    sessionId: best('sessionId'),
    entityId: best('entityId'),
    organizationId: best('organizationId'),
    codeLocation: codeLocationOf(slots),
    input: best('input'),
    exception: best('exception'),
    stack: stackIn(slots, message),
    tokens: tokensOf(slots),
    cost: numberOf(best('cost')),
    model: best('model'),
    attributes: attributesOf(slots, fields),
  };
}

/** Of a row of spans its cells say no more than what they are spans of. */
const ofRow = (text: string, { best }: RoleSlots, { table }: SourceProfile): string | null =>
  table || text.startsWith('[') ? best('stepType') : null;

/** What an event without words says: its sort, and what went wrong. */
const eventIn = (sort: string | null, error: string | null): string | null =>
  sort === null || error === null || /^(?:true|1)$/i.test(error) ? (sort ?? error) : `${sort}: ${error}`;

function serviceIn(slots: RoleSlots): string | null {
  const [candidate] = slots.all('service');
  if (!candidate) return null;
  const { name, value } = candidate.field;
  if (isPodName(name)) return serviceOfPod(value);
  if (/log_?group(?:name)?$|^@log$/i.test(name)) return value.split('/').at(-1) ?? value;
  const pod = isNamelessContainer(name, value)
    ? slots.all('host').find(({ field }) => isPodName(field.name))
    : undefined;
  return pod ? serviceOfPod(pod.field.value) : value;
}

/** What no other property of the record holds: of several names of a step only the best is its type. */
function attributesOf(slots: RoleSlots, fields: readonly ReadField[]): LogRecord['attributes'] {
  const attributes: LogRecord['attributes'] = [];
  const type = slots.all('stepType')[0]?.field;
  for (const field of fields) {
    const { role, name, value } = field;
    if (role === null || (role === 'stepType' && field !== type)) attributes.push({ name, value });
  }
  return attributes;
}

/** The message, a template with its values, else an event's sentence. */
function messageIn(slots: RoleSlots, fields: readonly ReadField[]): string | null {
  const [said] = slots.all('message');
  if (said)
    return /template$|^mt$/.test(said.binding.plain) ? renderTemplate(said.field.value, fields) : said.field.value;
  return slots.all('phase').find(({ field }) => field.value.includes(' '))?.field.value ?? null;
}

function severityIn(slots: RoleSlots, fields: readonly ReadField[]): LogRecord['severity'] {
  for (const { field, binding } of slots.all('severity')) {
    // GELF's levels are syslog's.
    const isSyslog = /^[0-7]$/.test(field.value) && fields.some(({ name }) => name === 'short_message');
    const severity = severityOf(isSyslog ? 'priority' : binding.plain, field.value);
    if (severity) return severity;
  }
  return null;
}

const numberOf = (value: string | null): number | null => {
  const number = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
};

/** The number of the attempt from 1; a count of retries is one less. */
function attemptOf(slots: RoleSlots): number | null {
  for (const { field, binding } of slots.all('attempt')) {
    const number = numberOf(field.value);
    if (number !== null) return /^retr/.test(binding.plain) ? number + 1 : number;
  }
  return null;
}

/** The total, else what goes in plus what comes out. */
function tokensOf(slots: RoleSlots): number | null {
  let sum: number | null = null;
  for (const { field, binding } of slots.all('tokens')) {
    const number = numberOf(field.value);
    if (number === null) continue;
    if (!/^(?:input|output|prompt|completion)|(?:put|prompt|completion)$/.test(binding.plain)) return number;
    sum = (sum ?? 0) + number;
  }
  return sum;
}

const placeInFile = /^(.*?[^\s:]):(\d+)(?::\d+)?$/;
const javaFrame = /^(?:[\w.$<>]+\.)?([\w$<>]+)\(([\w.$-]+)(?::(\d+))?\)$/;

/** The code that wrote the record, from one field (`file.go:12`, `a.B.c(B.java:12)`) or from file, line and function. */
function codeLocationOf(slots: RoleSlots): CodeLocation | null {
  const location: CodeLocation = { file: '', line: null, function: null };
  for (const { field, binding } of slots.all('codeLocation')) {
    const { value } = field;
    if (/func|method/.test(binding.plain)) location.function ??= value;
    else if (/line|lineno|linenumber/.test(binding.plain)) location.line ??= numberOf(value);
    else if (location.file === '') {
      const frame = javaFrame.exec(value);
      const place = frame ?? placeInFile.exec(value);
      location.file = (frame ? frame[2] : place?.[1]) ?? value;
      location.line ??= numberOf((frame ? frame[3] : place?.[2]) ?? null);
      if (frame) location.function ??= frame[1] ?? null;
    }
  }
  return location.file === '' ? null : location;
}
