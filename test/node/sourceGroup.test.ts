import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { tempFolder, withEngine } from './support/logs';

const session = '0199a213-81c0-7800-8aa1-bbab2a035a53';
const file = `rollout-${session}.jsonl`;
const line = (second: number, type: string, payload: object) =>
  `${JSON.stringify({ timestamp: new Date(Date.UTC(2026, 2, 2, 10, 0, second)).toISOString(), type, payload })}\n`;

const talk = [
  line(0, 'session_meta', { id: session, cwd: '/home/u' }),
  line(1, 'response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Why?' }] }),
  line(4, 'response_item', { type: 'function_call', name: 'shell', arguments: '{}', call_id: 'call_7XaQm2TzVv' }),
  line(9, 'response_item', { type: 'function_call_output', call_id: 'call_7XaQm2TzVv', output: 'no such file' }),
  line(12, 'response_item', { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Gone.' }] }),
].join('');

describe('a transcript that names its session once', () => {
  for (const [name, bytes] of [
    [file, talk],
    [`${file}.gz`, gzipSync(talk)],
  ] as const)
    it(`is one trace with its tools, and says that its records do not name it: ${name}`, async () => {
      await withEngine([tempFolder({ [name]: bytes, 'other.log': '2026-03-02T10:00:00Z INFO up\n' })], async engine => {
        const { traces } = await engine.list({});
        assert.deepEqual(
          traces.map(({ correlationId, records }) => [correlationId, records]),
          [[session, 5]],
        );
        const result = await engine.lookup({ text: session });
        assert.ok(result.kind === 'trace');
        const { trace } = result;
        const steps = await engine.window({ traceId: trace.traceId, from: 0, to: 9 });
        assert.deepEqual(
          steps.map(({ label, kind }) => `${label} ${kind}`),
          ['user work', 'assistant llm', 'shell tool', 'assistant llm'],
        );
        const [note] = trace.notes.filter(({ kind }) => kind === 'ofSource');
        assert.equal(note?.count, 4);
        assert.match(note?.text ?? '', /payload\.id/);
        const records = await engine.records({ traceId: trace.traceId, from: 0, to: 9 });
        assert.deepEqual(
          records.map(record => record.line),
          [1, 2, 3, 4, 5],
        );
        const byCall = await engine.lookup({ text: 'call_7XaQm2TzVv' });
        assert.equal(byCall.kind === 'trace' && byCall.trace.correlationId, session);
      });
    });

  it('takes in what is written to it later', async () => {
    const folder = tempFolder({ [file]: talk });
    await withEngine([folder], async engine => {
      await engine.list({});
      appendFileSync(path.join(folder, file), line(20, 'event_msg', { type: 'user_message', message: 'Thanks' }));
      const { traces } = await engine.list({});
      assert.deepEqual(
        traces.map(({ records }) => records),
        [6],
      );
    });
  });
});
