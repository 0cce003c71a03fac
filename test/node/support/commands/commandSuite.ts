import type { RemoteWork } from '../../../../src/node/remote/remoteWork';
import { commandWork, FakeCommands } from './fakeCommands';

export interface CommandSuite {
  fake: FakeCommands;
  work: RemoteWork;
}

/** Programs and work of its own for each test of a suite; called in its `describe`. */
export function commandSuite(): CommandSuite {
  const suite = {} as CommandSuite;
  beforeEach(() => {
    suite.fake = new FakeCommands();
    suite.work = commandWork();
  });
  afterEach(async () => {
    await suite.work.dispose();
    suite.fake.restore();
  });
  return suite;
}
