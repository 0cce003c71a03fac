import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { others, tempFolder } from '../node/support/logs';
import { skip } from '../node/support/skip';
import { AskedHost } from './support/askedHost';
import { freePort, SshServer } from './support/sshServer';
import { sshWork } from './support/sshWork';
import { newUser, removeUser } from './support/users';

describe('To log in by SSH', () => {
  let server: SshServer;
  let host: AskedHost;

  beforeEach(async () => {
    host = new AskedHost();
    server = await SshServer.start(tempFolder());
    writeFileSync(path.join(server.logs, 'app.log'), others(10));
  });

  afterEach(() => server.stop());

  /** What is read of the log, or why it is not. */
  async function read(url = server.url('app.log')): Promise<string> {
    const work = sshWork(server, host);
    try {
      const { files, skipped } = await work.list(url);
      return files[0] ? readFileSync(files[0].path, 'utf8') : (skipped[0]?.reason ?? 'nothing');
    } finally {
      await work.dispose();
    }
  }

  it('takes a key that the configuration names, by an alias of the host', async () => {
    const { port, folder } = server;
    server.configure([
      'Host logs',
      'HostName 127.0.0.1',
      `Port ${port}`,
      `IdentityFile ${folder}/user_key`,
      `User ${userInfo().username}`,
    ]);
    assert.equal(await read(`ssh://logs${server.logs}/app.log`), others(10));
    assert.deepEqual(host.hosts, []);
  });

  it('goes through another host where the configuration says so', async () => {
    const { port, folder } = server;
    const key = `IdentityFile ${folder}/user_key`;
    server.configure([
      'Host gate',
      'HostName 127.0.0.1',
      `Port ${port}`,
      key,
      'Host inner',
      'HostName 127.0.0.1',
      `Port ${port}`,
      'ProxyJump gate',
      key,
    ]);
    assert.equal(await read(`ssh://inner${server.logs}/app.log`), others(10));
    server.configure([
      'Host inner',
      'HostName 127.0.0.1',
      `Port ${port}`,
      `ProxyJump nobody@127.0.0.1:${await freePort()}`,
      key,
    ]);
    assert.match(await read(`ssh://inner${server.logs}/app.log`), /refuses the connection/);
  });

  it('says which keys were not taken', async () => {
    server.newKey('other_key');
    server.configure([`IdentityFile ${server.folder}/other_key`]);
    assert.match(await read(), /does not let us in \(tried were the key .*other_key\): check the user/);
  });

  it('asks for the passphrase of a key, and again where it is wrong', async () => {
    const key = server.newKey('locked_key', 'open sesame');
    writeFileSync(path.join(server.folder, 'authorized_keys'), readFileSync(`${key}.pub`));
    server.configure([`IdentityFile ${key}`]);
    host.answers = ['wrong', 'open sesame'];
    assert.equal(await read(), others(10));
    const questions = host.secrets.map(({ kind, of, refused }) => ({ kind, of, refused }));
    assert.deepEqual(questions, [
      { kind: 'passphrase', of: key, refused: false },
      { kind: 'passphrase', of: key, refused: true },
    ]);
  });

  it('takes the keys of the agent', async () => {
    const socket = path.join(server.folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      for (let tries = 0; tries < 50; tries++) {
        try {
          execFileSync('ssh-add', ['-q', path.join(server.folder, 'user_key')], { env, stdio: 'ignore' });
          break;
        } catch {
          execFileSync('sleep', ['0.1']);
        }
      }
      rmSync(path.join(server.folder, 'user_key'));
      writeFileSync(path.join(server.home, '.ssh/config'), `IdentityAgent ${socket}\n`);
      assert.equal(await read(), others(10));
    } finally {
      agent.kill();
    }
  });

  it('asks for a password, tells of a wrong one, and gives up after three', async function () {
    if (userInfo().uid !== 0) return skip(this, 'only root can make a user with a password');
    const user = 'throughline-ssh';
    const home = tempFolder({ 'app.log': others(10) });
    execFileSync('chmod', ['-R', 'a+rX', home]);
    try {
      newUser(user, 'right');
      await server.stop();
      await server.run(['PasswordAuthentication yes']);
      server.configure(['IdentityFile none']);
      const url = `ssh://${user}@127.0.0.1:${server.port}${home}/app.log`;
      host.answers = ['wrong', 'right'];
      assert.equal(await read(url), others(10));
      assert.deepEqual(
        host.secrets.map(({ kind, refused }) => [kind, refused]),
        [
          ['password', false],
          ['password', true],
        ],
      );
      assert.equal(host.secrets[0]?.of, `${user}@127.0.0.1:${server.port}`);
      host.answers = ['wrong'];
      assert.match(await read(url), /does not let us in \(tried were a password\)/);
      host.answers = [null];
      assert.match(await read(url), /there is neither an agent nor a key nor a password/);
    } finally {
      removeUser(user);
    }
  });

  it('asks about a host that is not known, by its fingerprint', async () => {
    rmSync(path.join(server.home, '.ssh/known_hosts'));
    assert.match(await read(), /is an unknown host \(ssh-ed25519 SHA256:.*\), and was not trusted/);
    assert.deepEqual(host.hosts, [
      {
        host: server.hostName,
        keyType: 'ssh-ed25519',
        fingerprint: server.fingerprint(),
        server: server.urlOf(''),
      },
    ]);
    host.trust = 'trusted';
    assert.equal(await read(), others(10));
    host.trust = 'changed';
    assert.match(await read(), /shows another key than before/);
  });

  it('asks the host for a key of a kind that is known', async () => {
    const file = path.join(server.home, '.ssh/known_hosts');
    const known = readFileSync(file, 'utf8');
    await server.stop();
    execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', path.join(server.folder, 'ecdsa_key')]);
    await server.run([
      `HostKey ${path.join(server.folder, 'ecdsa_key')}`,
      `HostKey ${path.join(server.folder, 'host_key')}`,
    ]);
    writeFileSync(file, `${server.hostName} sk-ssh-ed25519@openssh.com AAAA\n${known}`);
    assert.equal(await read(), others(10));
    assert.deepEqual(host.hosts, []);
  });

  it('asks nobody where the configuration is strict', async () => {
    rmSync(path.join(server.home, '.ssh/known_hosts'));
    host.trust = 'trusted';
    server.configure([`IdentityFile ${server.folder}/user_key`, 'StrictHostKeyChecking yes']);
    assert.match(await read(), /is an unknown host .* and StrictHostKeyChecking is on/);
    assert.deepEqual(host.hosts, []);
  });

  it('refuses a host whose key has changed, whatever anybody says', async () => {
    await server.stop();
    server.newKey('host_key');
    await server.run();
    host.trust = 'trusted';
    assert.match(await read(), /shows another key than before .* refused: somebody may pretend to be it/);
    assert.deepEqual(host.hosts, []);
  });

  it('refuses a key that is revoked', async () => {
    const [type, key] = readFileSync(path.join(server.folder, 'host_key.pub'), 'utf8').split(' ');
    writeFileSync(
      path.join(server.home, '.ssh/known_hosts'),
      `@revoked * ${type} ${key}\n${server.hostName} ${type} ${key}\n`,
    );
    assert.match(await read(), /marks as revoked/);
  });

  it('says what is wrong with an address', async () => {
    const user = userInfo().username;
    assert.match(
      await read(`ssh://${user}@127.0.0.1:${await freePort()}/app.log`),
      /refuses the connection: check the port/,
    );
    assert.match(
      await read(`ssh://${user}@no-such-host.invalid/app.log`),
      /no host of .*no-such-host.invalid is known/,
    );
  });
});
