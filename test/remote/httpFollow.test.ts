import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { followLoad, printFollow, seconds } from '../node/support/followLoad';
import { httpEngine } from '../node/support/httpSide';
import { tempFolder } from '../node/support/logs';
import { WebServer } from './support/webServer';

describe('A busy log that is followed over HTTP', function () {
  this.timeout((seconds + 60) * 1000);
  let server: WebServer;

  before(async () => {
    server = await WebServer.nginx(tempFolder());
  });

  after(() => server.stop());

  it('gives every record exactly once over rotations by name', async () => {
    const outcome = await followLoad('rename', async (folder, follow) => {
      symlinkSync(folder, path.join(server.logs, 'busy'));
      const engine = httpEngine();
      try {
        await engine.setSources([{ kind: 'path', path: `${server.origin}/html/busy/` }]);
        return await follow(engine);
      } finally {
        await engine.dispose();
      }
    });
    printFollow('over HTTP', outcome);
    const { written, numbers, kept } = outcome;
    // The trace itself grows; what was read does not pile up.
    assert.ok(kept < 16, `${kept} MB`);
    assert.deepEqual(
      [...numbers].sort((a, b) => a - b),
      Array.from({ length: written }, (_, at) => at),
    );
  });
});
