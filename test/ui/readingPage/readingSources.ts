import type { DetectedSource, FieldDocument } from '../../../src/common/protocol/documents';

const field = (text: string, name: string, value: string, role: string | null): FieldDocument => {
  const start = text.indexOf(value);
  return { name, value, role, evidence: role ? 'name' : null, start, end: start + value.length };
};

const jsonLine =
  '{"time":"2026-03-02T10:15:00.123Z","level":"error","msg":"Tool search failed","correlationId":"7c2d9f7b-18e7-4c7a","stepId":"s-3","user":"u-42"}';
const textLine =
  '10:15:00.200 WARN [worker-3] orders - retrying order=1234\n    at com.example.Orders.place(Orders.java:12)';
const hostile = '<img src=x onerror=alert(1)> \u202e\u001b[31m id=zz';

const base: DetectedSource = {
  path: '/srv/logs/api.jsonl',
  format: 'json',
  sampled: 400,
  records: 1204,
  lines: 1204,
  unparsed: 0,
  recordsWithCorrelationId: 1180,
  distinctCorrelationIds: 37,
  roles: {
    correlationId: { field: 'correlationId', evidence: 'name' },
    stepId: { field: 'stepId', evidence: 'name' },
    userId: { field: 'user', evidence: 'user' },
    timestamp: { field: 'time', evidence: 'name' },
  },
  timezone: { value: 'UTC', assumed: false, evidence: 'name' },
  encoding: 'utf-8',
  wrapper: null,
  framing: 'line',
  service: { value: 'api', evidence: 'default' },
  stampIs: 'end',
  formats: [{ name: 'json', share: 1 }],
  set: null,
  coverage: [
    {
      service: 'API',
      records: 700,
      with: { correlationId: 700, stepId: 690, timestamp: 700, severity: 700, userId: 350 },
    },
    { service: 'Worker1', records: 504, with: { correlationId: 480, stepId: 2, timestamp: 504, severity: 504 } },
  ],
  unparsedExamples: [],
  samples: [
    {
      line: 12,
      text: jsonLine,
      fields: [
        field(jsonLine, 'time', '2026-03-02T10:15:00.123Z', 'timestamp'),
        field(jsonLine, 'level', 'error', 'severity'),
        field(jsonLine, 'msg', 'Tool search failed', 'message'),
        field(jsonLine, 'correlationId', '7c2d9f7b-18e7-4c7a', 'correlationId'),
        field(jsonLine, 'stepId', 's-3', 'stepId'),
        field(jsonLine, 'user', 'u-42', 'userId'),
      ],
    },
  ],
};

export const sources: DetectedSource[] = [
  base,
  {
    ...base,
    path: '/srv/logs/worker2.log.3',
    format: 'text',
    formats: [
      { name: 'text', share: 0.93 },
      { name: 'json', share: 0.07 },
    ],
    unparsed: 31,
    recordsWithCorrelationId: 0,
    distinctCorrelationIds: 0,
    wrapper: 'docker',
    set: 'worker2.log',
    timezone: { value: 'Europe/Berlin', assumed: true, evidence: 'default' },
    service: { value: 'worker2', evidence: 'default' },
    unparsedExamples: [
      { line: 77, text: '%%% garbage %%%' },
      { line: null, text: hostile },
    ],
    samples: [
      {
        line: 3,
        text: textLine,
        fields: [field(textLine, 'severity', 'WARN', 'severity'), field(textLine, 'order', '1234', null)],
      },
      { line: null, text: hostile, fields: [field(hostile, 'id', 'zz', 'correlationId')] },
    ],
  },
];
