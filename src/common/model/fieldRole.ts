/** What a field of a log record can mean. The words are those of the design and of OpenTelemetry. */
export const fieldRoles = [
  'correlationId',
  'stepId',
  'previousStepId',
  'stepType',
  'phase',
  'messageId',
  'toolCallId',
  'service',
  'host',
  'thread',
  'queue',
  'attempt',
  'severity',
  'timestamp',
  'duration',
  'message',
  'logger',
  'userId',
  'sessionId',
  'entityId',
  'organizationId',
  'codeLocation',
  'input',
  'status',
  'exception',
  'tokens',
  'cost',
  'model',
] as const;

export type FieldRole = (typeof fieldRoles)[number];

/** One named value in the text of a record. `start` and `end` are UTF-16 offsets of the value in the record's text. */
export interface Field {
  /** As the log spells it; nested names joined by dots (`context.correlationId`). */
  name: string;
  value: string;
  start: number;
  end: number;
}
