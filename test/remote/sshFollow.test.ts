import assert from 'node:assert/strict';
import { followLoad, printFollow, seconds } from '../node/support/followLoad';
import { tempFolder } from '../node/support/logs';
import { SshServer } from './support/sshServer';
import { sshEngine } from './support/sshWork';

describe('A busy log that is followed over SSH', function () {
  this.timeout((seconds + 60) * 1000);
  let server: SshServer;

  before(async () => {
    server = await SshServer.start(tempFolder());
  });

  after(() => server.stop());

  it('gives every record exactly once over rotations by name', async () => {
    const outcome = await followLoad('rename', async (folder, follow) => {
      const engine = sshEngine(server);
      try {
        await engine.setSources([{ kind: 'path', path: server.urlOf(`${folder}/*`) }]);
        return await follow(engine);
      } finally {
        await engine.dispose();
      }
    });
    printFollow('over SSH', outcome);
    const { written, numbers, kept } = outcome;
    // The trace itself grows; what was read does not pile up.
    assert.ok(kept < 16, `${kept} MB`);
    assert.deepEqual(
      [...numbers].sort((a, b) => a - b),
      Array.from({ length: written }, (_, at) => at),
    );
  });
});
