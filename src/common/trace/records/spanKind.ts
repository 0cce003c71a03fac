import type { LogRecord } from '../../model/logRecord';

/** Which part in a call or a message a record tells of, by its span's kind. */
export type SpanKind = 'client' | 'server' | 'producer' | 'consumer' | 'internal';

/** `span.kind` of OpenTracing and OpenTelemetry, `kind` of Zipkin and of OTLP in JSON. */
const kindName = /(?:^|\.)(?:otel[._])?(?:span[._]?)?kind$/i;
/** `SPAN_KIND_CLIENT`, `CLIENT`, `client`; OTLP in JSON also writes the enum's number. */
const kinds = new Map<string, SpanKind>(
  Object.entries({
    internal: 'internal',
    server: 'server',
    client: 'client',
    producer: 'producer',
    consumer: 'consumer',
    1: 'internal',
    2: 'server',
    3: 'client',
    4: 'producer',
    5: 'consumer',
  }),
);

/** By the record's span kind; Zipkin's `shared` marks the server's half of a span ID that the client made. */
export function spanKindOf({ attributes }: LogRecord): SpanKind | null {
  let isShared = false;
  for (const { name, value } of attributes) {
    if (kindName.test(name)) {
      const kind = kinds.get(value.toLowerCase().replace(/^span_kind_/, ''));
      if (kind) return kind;
    }
    isShared ||= name === 'shared' && value === 'true';
  }
  return isShared ? 'server' : null;
}
