import type { FieldRole } from '../../src/common/model/fieldRole';
import type { Evidence } from '../../src/common/model/sourceProfile';

/** Roles in the words of the page. */
export const roleTexts: Partial<Record<string, string>> & Record<FieldRole, string> = {
  correlationId: 'correlation ID',
  stepId: 'step ID',
  previousStepId: 'previous step',
  stepType: 'step type',
  phase: 'start or end',
  messageId: 'message ID',
  toolCallId: 'tool call',
  service: 'service',
  host: 'host',
  thread: 'thread',
  queue: 'queue',
  attempt: 'attempt',
  severity: 'severity',
  timestamp: 'time',
  duration: 'duration',
  message: 'message',
  logger: 'logger',
  userId: 'user',
  sessionId: 'session',
  entityId: 'entity',
  organizationId: 'organisation',
  codeLocation: 'code',
  input: 'input',
  status: 'status',
  exception: 'exception',
  tokens: 'tokens',
  cost: 'cost',
  model: 'model',
};

export const evidenceTexts: Record<Evidence, string> = {
  user: 'by your setting',
  name: 'by its name',
  layout: 'by its place or shape',
  data: 'by its values',
  position: 'by its place',
  source: 'by the first records, for all',
  default: 'nothing better',
};

/** Roles that are coloured alike. Colour is never alone: each mark also names its role. */
export function hueOf(role: string): 'id' | 'time' | 'who' | 'where' | 'state' | 'text' {
  if (/^(?:correlationId|stepId|previousStepId|messageId|toolCallId)$/.test(role)) return 'id';
  if (/^(?:timestamp|duration)$/.test(role)) return 'time';
  if (/^(?:userId|sessionId|entityId|organizationId)$/.test(role)) return 'who';
  if (/^(?:service|host|thread|queue|logger|codeLocation)$/.test(role)) return 'where';
  if (/^(?:severity|status|phase|exception|attempt)$/.test(role)) return 'state';
  return 'text';
}
