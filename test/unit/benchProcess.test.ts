import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { timedProcess } from '../bench/timedProcess';

describe('the benchmark: a command that is timed', () => {
  before(function () {
    if (spawnSync('bash', ['--version']).status === 0) return;
    console.log('      skipped: there is no bash');
    this.skip();
  });

  it('gives its output and what it took', async () => {
    const work = 'let n = 0; for (let i = 0; i < 3e7; i++) n += i % 7; console.error("aside"); console.log(n);';
    const { output, ms, cpuMs, peakBytes } = await timedProcess(process.execPath, ['-e', work]);
    assert.equal(output, '89999995\n');
    assert.ok(cpuMs > 0, `${cpuMs} ms`);
    assert.ok(ms > 0, `${ms} ms`);
    if (process.platform === 'linux') assert.ok(peakBytes > 10e6, `${peakBytes} bytes`);
  });

  it('fails with what a failing command says', async () => {
    await assert.rejects(timedProcess('sh', ['-c', 'echo too bad >&2; exit 3']), /ended with 3: too bad/);
    await assert.rejects(timedProcess('no-such-command', []), /ended with 127/);
  });
});
