import assert from 'node:assert/strict';
import { OutputBuffer } from '../../src/vscode/debug/outputBuffer';

describe('The output of a debug session', () => {
  it('is kept as it came, but for a line that another channel would go on in', () => {
    const buffer = new OutputBuffer(1_000);
    buffer.add('half a ', 'stdout');
    buffer.add('line\n', 'stdout');
    buffer.add('open', 'stdout');
    buffer.add('error\n', 'stderr');
    buffer.add('', 'stderr');
    buffer.add('next\n', 'stdout');
    assert.equal(buffer.text, 'half a line\nopen\nerror\nnext\n');
    assert.equal(buffer.droppedLines, 0);
  });

  it('keeps the newest whole lines, and counts the others', () => {
    const buffer = new OutputBuffer(1_000);
    for (let line = 0; line < 1_000; line++) buffer.add(`line ${line}\n`, 'stdout');
    const lines = buffer.text.split('\n');
    assert.equal(lines.at(-2), 'line 999');
    assert.match(lines[0] ?? '', /^line \d+$/);
    assert.ok(buffer.text.length <= 1_000);
    assert.equal(buffer.droppedLines + lines.length - 1, 1_000);
  });

  it('cuts a line that is longer than all that is kept', () => {
    const buffer = new OutputBuffer(100);
    buffer.add('x'.repeat(1_000), 'stdout');
    assert.equal(buffer.text.length, 75);
    assert.equal(buffer.droppedLines, 1);
  });
});
