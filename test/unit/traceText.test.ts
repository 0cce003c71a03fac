import assert from 'node:assert/strict';
import { TraceText } from '../../src/common/export/traceText';
import type { RecordDocument } from '../../src/common/protocol/documents';

const record = (timestamp: string | null, message: string, severity: string | null = 'info'): RecordDocument => ({
  source: '/a.log',
  line: 1,
  byteOffset: 0,
  timestamp,
  severity,
  message,
  stack: null,
});

describe('A trace as text', () => {
  it('has a line a record, with columns, and further lines of a message below it', () => {
    const text = new TraceText(['api', 'worker1']);
    text.say('# heading');
    text.add(record('2026-03-04T10:15:00.120Z', 'begun'), { service: 'api' });
    text.add(record('2026-03-04T10:15:02.5Z', 'Boom\r\n  at f (/app/a.js:3:1)', 'error'), { service: 'worker1' });
    text.add(record(null, 'no time', null), { service: null });
    assert.deepEqual(text.text.split('\n'), [
      '# heading',
      '2026-03-04 10:15:00.120         +0.000 s  api      info   begun',
      '2026-03-04 10:15:02.5           +2.380 s  worker1  error  Boom',
      '      at f (/app/a.js:3:1)',
      '(no time)                                 -        -      no time',
      '',
    ]);
    assert.equal(text.length, text.text.length);
    const lines = text.text.split('\n');
    assert.deepEqual(
      text.records.map(({ line, length }) => lines[line]?.slice(0, length)),
      ['2026-03-04 10:15:00.120', '2026-03-04 10:15:02.5', '(no time)'],
    );
    const [frame] = text.frames;
    assert.ok(frame && text.frames.length === 1);
    assert.equal(lines[frame.line]?.slice(frame.start, frame.end), '/app/a.js:3:1');
    assert.deepEqual([frame.file, frame.lineOfFile, frame.column], ['/app/a.js', 3, 1]);
  });

  it('shows a stack of a field of its own as one in a text log', () => {
    const text = new TraceText(['api']);
    const stack = 'Error: Boom\n    at f (/app/a.js:3:1)';
    text.add({ ...record('2026-03-04T10:15:00Z', 'failed', 'error'), stack }, { service: 'api' });
    const [, ...below] = text.text.split('\n');
    assert.deepEqual(below, ['    Error: Boom', '        at f (/app/a.js:3:1)', '']);
    assert.deepEqual(
      text.frames.map(({ line, file, lineOfFile }) => [line, file, lineOfFile]),
      [[2, '/app/a.js', 3]],
    );
  });

  it('shows what drives a terminal or turns a line around, and keeps a record in its lines', () => {
    const text = new TraceText([]);
    text.add(record('2026-03-04T10:15:00Z', 'a\u001b[2Jb\u202ec\u2028d', 'in\nfo'), { service: 'a\nb' });
    assert.equal(text.text.split('\n').length, 2);
    assert.ok(!/[\u001b\u202e\u2028]/.test(text.text));
    assert.match(text.text, /a␊b {2}in␊fo {2}a␛\[2Jb⟪RLO⟫c⟪LS⟫d/);
  });
});
