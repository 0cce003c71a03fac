import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../src/cli/run';
import type { Terminal } from '../../src/cli/terminal';
import { json, orderId, others, tempFolder } from '../node/support/logs';
import { throughline } from '../node/support/workers';
import { SshServer } from './support/sshServer';

describe('The command line over SSH', () => {
  let server: SshServer;
  let home: string | undefined;

  before(async () => {
    server = await SshServer.start(tempFolder());
    writeFileSync(
      path.join(server.logs, 'app.log'),
      others(100) + json(1, { correlationId: orderId, message: 'here' }),
    );
    home = process.env.HOME;
    process.env.HOME = server.home;
  });

  after(async () => {
    process.env.HOME = home;
    await server.stop();
  });

  async function cli(args: string[], ask?: Terminal['ask']) {
    const out: string[] = [];
    const err: string[] = [];
    const terminal: Terminal = {
      out: text => void out.push(text),
      err: text => void err.push(text),
      readStdin: async () => Buffer.alloc(0),
      ...(ask ? { ask } : {}),
      width: 100,
      color: false,
      cwd: server.folder,
    };
    const status = await run(args, terminal, path.dirname(throughline.path));
    return { status, out: out.join('\n'), err: err.join('\n') };
  }

  it('traces, and keeps what came where it is told to', async () => {
    const cache = path.join(server.folder, 'cache');
    const { status, out, err } = await cli(['trace', orderId, server.url('*.log'), '--cache', cache, '--json']);
    assert.deepEqual([status, err], [0, '']);
    assert.equal(JSON.parse(out).steps[0].records[0].source, server.url('app.log'));
  });

  it('asks at the terminal about an unknown host, and nobody where there is none', async () => {
    writeFileSync(path.join(server.home, '.ssh/known_hosts'), '');
    const refused = await cli(['trace', orderId, server.url('app.log')]);
    assert.equal(refused.status, 2);
    assert.match(refused.err, /is an unknown host .* was not trusted/);
    const asked: string[] = [];
    const answer = (text: string) => async (question: string) => {
      asked.push(question);
      return text;
    };
    assert.equal((await cli(['trace', orderId, server.url('app.log')], answer('y'))).status, 2);
    const yes = await cli(['trace', orderId, server.url('app.log')], answer('yes'));
    assert.equal(yes.status, 0);
    assert.ok(yes.err.includes(server.fingerprint()));
    assert.equal(asked.length, 2);
  });

  it('refuses what is no place', async () => {
    const { status, err } = await cli(['trace', orderId, 'ssh://user:secret@host/app.log']);
    assert.equal(status, 2);
    assert.match(err, /A password in a place is refused/);
  });
});
