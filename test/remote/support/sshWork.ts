import { createEngine } from '../../../src/node/engine/createEngine';
import { MirrorStore } from '../../../src/node/remote/mirrorStore';
import { RemoteWork } from '../../../src/node/remote/remoteWork';
import { SshTransport } from '../../../src/node/remote/ssh/sshTransport';
import { tempFolder } from '../../node/support/logs';
import { scanWorker } from '../../node/support/workers';
import { AskedHost } from './askedHost';
import type { SshServer } from './sshServer';

/** Work on remote places in this thread, with the server's home in place of the user's. */
export function sshWork({ home }: Pick<SshServer, 'home'>, host = new AskedHost(), folder = tempFolder()): RemoteWork {
  const connect = async () => () => new SshTransport(host, home, 1_000);
  return new RemoteWork({
    store: new MirrorStore(folder, 2 ** 33),
    host,
    connect,
    pauses: [50, 200, 500, 1_000, 2_000],
  });
}

export const sshEngine = (server: SshServer, host = new AskedHost()) =>
  createEngine({ scanWorker, workers: 2, assumedZone: 'UTC' }, host, sshWork(server, host));
