import type { SourceHost } from '../../../src/common/protocol/sourceHost';
import { createEngine } from '../../../src/node/engine/createEngine';
import { MirrorStore } from '../../../src/node/remote/mirrorStore';
import { type RemoteParts, RemoteWork } from '../../../src/node/remote/remoteWork';
import { SshTransport } from '../../../src/node/remote/ssh/sshTransport';
import { tempFolder } from '../../node/support/logs';
import { scanWorker } from '../../node/support/workers';
import { AskedHost } from './askedHost';
import type { SshServer } from './sshServer';

/** Work on remote places in this thread, with the server's home in place of the user's. */
export function sshWork(
  { home }: Pick<SshServer, 'home'>,
  host: SourceHost = new AskedHost(),
  { folder = tempFolder(), ...limits }: { folder?: string } & Pick<RemoteParts, 'patience'> = {},
): RemoteWork {
  const connect = async () => (asked: SourceHost) => new SshTransport(asked, home, 1_000);
  return new RemoteWork({
    store: new MirrorStore(folder, 2 ** 33),
    host,
    connect,
    pauses: [50, 200, 500, 1_000, 2_000],
    ...limits,
  });
}

export const sshEngine = (server: SshServer, host = new AskedHost()) =>
  createEngine({ scanWorker, workers: 2, assumedZone: 'UTC' }, host, sshWork(server, host));
