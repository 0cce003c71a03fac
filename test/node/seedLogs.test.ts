import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepList } from '../../src/common/export/stepList';
import { traceDocument } from '../../src/common/export/traceDocument';
import { joinKey } from '../../src/common/profile/ids';
import { nothingCounted } from '../../src/common/protocol/completeness';
import { assembleTrace } from '../../src/common/trace/assembleTrace';
import { readFolder } from '../simulation/readFolder';

const correlationId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const steps = [
  ['s1', 'Context Management', 'API', 120],
  ['s2', 'LLM Inference', 'Worker1', 8400],
  ['s3', 'Context Management', 'Worker2', 970],
  ['s4', 'Tool execution', 'Worker3', 2100],
  ['s5', 'Context Management', 'Worker2', 160],
  ['s6', 'Result', 'API', 90],
] as const;

interface Entry {
  time: string;
  stepId: string;
  previous: string | null;
  stepType: string;
  service: string;
  message: string;
  durationMs?: number;
}

/** How one record is written in each format. */
const formats: Record<string, (entry: Entry) => string> = {
  'json.log': ({ time, stepId, previous, stepType, service, message, durationMs }) =>
    JSON.stringify({
      timestamp: time,
      level: 'INFO',
      service,
      stepType,
      message,
      context: { correlationId, stepId, previousStepId: previous },
      durationMs,
    }),
  'logfmt.log': ({ time, stepId, previous, stepType, service, message, durationMs }) =>
    `ts=${time} level=info service=${service} correlation_id=${correlationId} step_id=${stepId} ` +
    `previous_step_id=${previous ?? ''} step_type="${stepType}" msg="${message}"` +
    (durationMs === undefined ? '' : ` duration_ms=${durationMs}`),
  'bracketed.log': ({ time, stepId, previous, stepType, service, message, durationMs }) =>
    `• ${time} INFO [correlationId: ${correlationId}, stepId: ${stepId}, previousStepId: ${previous ?? '-'}, ` +
    `stepType: ${stepType}, service: ${service}] ${message}${durationMs === undefined ? '' : ` in ${durationMs}ms`}`,
};

const phases = {
  'stated durations': { wait: 0, write: ['end'], stated: true },
  'pairs of start and end with 5 s waits': { wait: 5000, write: ['start', 'end'], stated: false },
  'starts only': { wait: 5000, write: ['start'], stated: false },
};

const exact = ['120ms', '8.4s', '970ms', '2.1s', '160ms', '90ms'];
const atMost = ['≤ 5.12s', '≤ 13.4s', '≤ 5.97s', '≤ 7.1s', '≤ 5.16s', '—'];

describe("the seed's six steps, from log files", () => {
  for (const [name, write] of Object.entries(formats)) {
    for (const [what, phase] of Object.entries(phases)) {
      it(`${name}: ${what}`, async () => {
        const directory = mkdtempSync(join(tmpdir(), 'throughline-seed-'));
        try {
          writeFileSync(join(directory, name), `${entries(phase).map(write).join('\n')}\n`);
          const records = (await readFolder(directory)).get(joinKey(correlationId))!;
          const list = stepList(traceDocument(assembleTrace({ correlationId, records }), nothingCounted));
          const expected = what === 'starts only' ? atMost : exact;
          assert.deepEqual(
            list.split('\n').map(line => line.split(/ {2,}/)),
            steps.map(([, stepType], index) => [`Step ${index + 1}`, stepType, expected[index]]),
          );
        } finally {
          rmSync(directory, { recursive: true });
        }
      });
    }
  }
});

function entries({ wait, write, stated }: { wait: number; write: string[]; stated: boolean }): Entry[] {
  let clock = Date.parse('2026-03-02T10:15:00Z') - wait;
  return steps.flatMap(([stepId, stepType, service, duration], index) => {
    const start = clock + wait;
    clock = start + duration;
    const base = { stepId, stepType, service, previous: steps[index - 1]?.[0] ?? null };
    const all = {
      start: { ...base, time: new Date(start).toISOString(), message: `${stepType} started` },
      end: {
        ...base,
        time: new Date(clock).toISOString(),
        message: `${stepType} completed`,
        ...(stated ? { durationMs: duration } : {}),
      },
    };
    return write.map(phase => all[phase as 'start' | 'end']);
  });
}
