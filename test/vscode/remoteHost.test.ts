import { strict as assert } from 'node:assert';
import type { Memento, SecretStorage } from 'vscode';
import { RemoteHost } from '../../src/vscode/remote/remoteHost';

/** What VS Code keeps, in memory. */
function storage() {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const host = new RemoteHost({
    secrets: {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => void secrets.set(key, value),
      delete: async (key: string) => void secrets.delete(key),
    } as unknown as SecretStorage,
    globalState: {
      get: (key: string, otherwise: unknown) => state.get(key) ?? otherwise,
      update: async (key: string, value: unknown) => void state.set(key, value),
    } as unknown as Memento & { setKeysForSync(): void },
  });
  return { host, secrets, state };
}

const question = { kind: 'password', key: 'ssh me@far', of: 'me@far', refused: false, server: 'ssh://far' } as const;
const far = { host: 'far', keyType: 'ssh-ed25519', fingerprint: 'SHA256:one', server: 'ssh://far' };

describe('What remote logs ask of the user', () => {
  it('is not asked where it is kept, and can be forgotten', async () => {
    const { host, secrets, state } = storage();
    secrets.set('remote ssh me@far', 'open sesame');
    state.set('remoteSecrets', ['remote ssh me@far']);
    assert.equal(await host.secret(question), 'open sesame');
    await host.forgetSecrets();
    assert.equal(secrets.size, 0);
    host.dispose();
  });

  it('is their word on a host, which holds for that key only', async () => {
    const { host, state } = storage();
    state.set('trustedHosts', { 'far ssh-ed25519': 'SHA256:one' });
    assert.equal(await host.trustsHost(far), 'trusted');
    assert.equal(await host.trustsHost({ ...far, fingerprint: 'SHA256:two' }), 'changed');
    await host.forgetHosts();
    assert.deepEqual(state.get('trustedHosts'), undefined);
    host.dispose();
  });

  it('is told how each place is doing', () => {
    const { host } = storage();
    let changes = 0;
    host.onDidChange(() => changes++);
    assert.equal(host.stateOf('ssh://far/x'), null);
    let reached = 0;
    host.onDidReach(() => reached++);
    const state = {
      place: 'ssh://far/x',
      phase: 'failed',
      error: 'no',
      bytes: 0,
      missed: true,
      notes: [] as string[],
    } as const;
    host.told(state);
    assert.equal(host.stateOf('ssh://far/x')?.error, 'no');
    assert.deepEqual([changes, reached], [1, 0]);
    host.told({ ...state, phase: 'ready', error: null });
    host.told({ ...state, phase: 'ready', error: null, missed: false });
    assert.deepEqual([changes, reached], [3, 1]);
    host.dispose();
  });
});
