import type { LogEvent } from './model.ts';
import type { FormatName } from './services.ts';

type Fields = Record<string, unknown>;

/** One record as text, without its final line break; stack traces make it several lines. */
export function formatEvent(event: LogEvent): string {
  return formats[event.service.format](event);
}

const formats: Record<FormatName, (event: LogEvent) => string> = {
  nestedJson: event => {
    const { step, identity, service, level } = event;
    return JSON.stringify({
      timestamp: iso(event.time),
      level,
      service: service.name,
      host: event.host,
      thread: event.thread,
      message: event.message,
      ...(step && identity
        ? {
            event: { start: 'step.start', end: 'step.end', handoff: 'message.publish', progress: 'log', noise: 'log' }[
              event.kind
            ],
            stepType: step.stepType,
            context: {
              correlationId: identity.correlationId,
              stepId: step.stepId,
              previousStepId: previousAsJson(event),
              entityId: identity.entityId,
              organizationId: identity.organizationId,
              userId: identity.userId,
            },
            sessionId: identity.sessionId,
            messageId: step.messageId,
          }
        : {}),
      ...again(event),
      ...(event.status ? { status: event.status } : {}),
      ...(event.error ? { error: { message: event.error, stack: stackOf(event).join('\n') } } : {}),
      ...event.attributes,
    });
  },

  flatJson: event => {
    const { step, identity } = event;
    return JSON.stringify({
      ts: event.time,
      severity: event.level,
      service_name: event.service.name,
      instance: event.host,
      thread_name: event.thread,
      msg: event.message,
      ...(step && identity
        ? {
            correlation_id: identity.correlationId,
            step_id: step.stepId,
            previous_step_id: previousAsJson(event),
            step_type: step.stepType,
            message_id: step.messageId,
            user_id: identity.userId,
            organization_id: identity.organizationId,
          }
        : {}),
      ...again(event),
      ...(event.status ? { status: event.status } : {}),
      ...(event.durationMs === null ? {} : { duration_ms: event.durationMs }),
      ...(event.error ? { error: event.error } : {}),
      ...event.attributes,
    });
  },

  logfmt: event =>
    pairs({
      ts: iso(event.time),
      level: event.level.toLowerCase(),
      service: event.service.name,
      host: event.host,
      thread: event.thread,
      ...snakeContext(event),
      msg: event.message,
      ...(event.error ? { error: event.error } : {}),
      ...event.attributes,
    }),

  bracketed: event => {
    const { step, identity } = event;
    const context: Fields = {
      ...(step && identity ? camelContext(event) : {}),
      service: event.service.name,
      host: event.host,
      thread: event.thread,
      ...(step && identity ? { stepType: step.stepType, messageId: step.messageId, userId: identity.userId } : {}),
      ...again(event),
      ...event.attributes,
    };
    const inside = Object.entries(context).map(([name, value]) => `${name}: ${value}`);
    const head = `${spaced(event.time)} ${event.level} [${inside.join(', ')}] ${event.message}`;
    return [head, ...stackOf(event)].join('\n');
  },

  mdc: event => {
    const { step, identity } = event;
    const context: Fields = {
      ...(step && identity ? { ...camelContext(event), stepType: step.stepType, messageId: step.messageId } : {}),
      service: event.service.name,
      host: event.host,
      ...again(event),
      ...event.attributes,
    };
    const inside = Object.entries(context).map(([name, value]) => `${name}=${value}`);
    const logger = step ? 'com.acme.agent.ToolWorker' : 'com.acme.agent.Health';
    const stamp = spaced(event.time).replace('.', ',');
    const head = `${stamp} [${event.thread}] ${event.level.padEnd(5)} ${logger} {${inside.join(', ')}} - ${event.message}`;
    return [head, ...stackOf(event)].join('\n');
  },

  keyValue: event => {
    const tail = pairs({
      ...snakeContext(event),
      ...(event.durationMs === null ? {} : { elapsed: `"${event.durationMs / 1000}s"` }),
      service: event.service.name,
      host: event.host,
      ...event.attributes,
    });
    const head = `${iso(event.time)} [${event.thread}] ${event.level.padEnd(5)} ${event.message} ${tail}`;
    return [head, ...stackOf(event)].join('\n');
  },
};

function camelContext({ step, identity }: LogEvent): Fields {
  return { correlationId: identity?.correlationId, stepId: step?.stepId, previousStepId: previousAsText(step) };
}

function snakeContext(event: LogEvent): Fields {
  const { step, identity } = event;
  if (!step || !identity) return {};
  return {
    correlation_id: identity.correlationId,
    step_id: step.stepId,
    previous_step_id: previousAsText(step),
    step_type: step.stepType,
    message_id: step.messageId,
    session_id: identity.sessionId,
    ...again(event),
  };
}

/** The redelivery count is logged where there is something to say. */
const again = ({ attempt }: LogEvent): Fields => (attempt > 1 ? { attempt } : {});

function previousAsJson({ step }: LogEvent): string | string[] | null {
  const ids = step?.named.map(previous => previous.stepId) ?? [];
  return ids.length > 1 ? ids : (ids[0] ?? null);
}

function previousAsText(step: LogEvent['step']): string {
  return step?.named.map(previous => previous.stepId).join(',') || '-';
}

function stackOf({ error, service }: LogEvent): string[] {
  if (!error) return [];
  return [
    `com.acme.agent.${error}`,
    `\tat com.acme.agent.${service.name}.execute(${service.name}.java:118)`,
    '\tat com.acme.agent.StepRunner.run(StepRunner.java:64)',
    '\tat java.base/java.lang.Thread.run(Thread.java:1583)',
  ];
}

function pairs(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${quoted(String(value))}`)
    .join(' ');
}

function quoted(text: string): string {
  const bare = text.startsWith('"') || !/[\s"=]/.test(text);
  return bare ? text : `"${text.replaceAll('"', '\\"')}"`;
}

const iso = (time: number) => new Date(time).toISOString();

/** Without a zone; it is UTC. */
const spaced = (time: number) => iso(time).replace('T', ' ').replace('Z', '');
