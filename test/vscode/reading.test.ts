import { strict as assert } from 'node:assert';
import { ConfigurationTarget, workspace } from 'vscode';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { readReadingSettings } from '../../src/vscode/settings';
import { SourcePlaces } from '../../src/vscode/sources/sourcePlaces';
import { UserError } from '../../src/vscode/userError';
import { realEngine } from './support/engine';
import { activateExtension, sampleLog, showcaseId } from './support/workspace';

const set = (name: string, value: unknown, target = ConfigurationTarget.Workspace) =>
  workspace.getConfiguration('throughline').update(name, value, target);

const places = () =>
  new SourcePlaces(
    { keys: () => [], get: <T>(_key: string, value?: T) => value as T, update: async () => {} },
    () => {},
  );

describe('How logs are read', () => {
  before(activateExtension);
  afterEach(async () => {
    for (const name of ['sources', 'fields', 'formats']) {
      await set(name, undefined);
      await set(name, undefined, ConfigurationTarget.Global);
    }
  });

  it('is said by the workspace beside the user, member by member', async () => {
    assert.deepEqual(readReadingSettings(), { fields: {}, formats: [] });
    await set('fields', { userId: 'a', stepId: 's' }, ConfigurationTarget.Global);
    await set('fields', { userId: ['b', 'c'] });
    await set('formats', { mine: '(?<x>a)' });
    assert.deepEqual(readReadingSettings(), {
      fields: { userId: ['b', 'c'], stepId: ['s'] },
      formats: [{ name: 'mine', pattern: '(?<x>a)', files: null }],
    });
  });

  it('is said of sources by where they are; of those outside a workspace may say nothing (SEC-12)', async () => {
    const source = (path: string) => ({ path, timezone: 'UTC' });
    await set('sources', ['**/*.log', source('worker*.log'), source('/etc/*.log'), source('https://logs.test/a.log')]);
    assert.deepEqual(places().reading().sources, [{ path: sampleLog('worker*.log'), timezone: 'UTC' }]);
    assert.equal(
      places()
        .current()
        .filter(({ kind }) => kind === 'path').length >= 2,
      true,
    );
    await set('sources', undefined);
    await set('sources', [source('https://logs.test/a.log')], ConfigurationTarget.Global);
    assert.deepEqual(places().reading().sources, [{ path: 'https://logs.test/a.log', timezone: 'UTC' }]);
  });

  it('is refused with the name of the setting and a button that opens it', async () => {
    const wrong: [string, unknown, RegExp][] = [
      ['fields', { cid: 'x' }, /"throughline\.fields" cannot be used: "cid" is no role/],
      ['formats', { mine: 7 }, /"throughline\.formats" cannot be used: "mine" is a number/],
    ];
    for (const [name, value, message] of wrong) {
      await set(name, value);
      assert.throws(readReadingSettings, error => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        assert.equal(error.actions.length, 1);
        return true;
      });
      await set(name, undefined);
    }
  });

  it('is told to the engine before the next search; a pattern that it refuses ends there', async () => {
    const engine = realEngine();
    const access = new EngineAccess(
      engine,
      () => [{ kind: 'path', path: sampleLog('.') }],
      () => places().reading(),
    );
    try {
      const services = async () => {
        const found = await (await access.withSources()).lookup({ text: showcaseId });
        assert.ok(found.kind === 'trace');
        return found.trace.services;
      };
      assert.ok((await services()).length > 1);
      await set('sources', [{ path: '*.*', service: 'all' }]);
      assert.deepEqual(await services(), ['all']);
      await set('formats', { mine: '(?=x)' });
      await assert.rejects(access.withSources(), error => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /"throughline\.formats".*"mine".*linear time/);
        assert.equal(error.actions.length, 1);
        return true;
      });
      await set('formats', undefined);
      assert.deepEqual(await services(), ['all']);
    } finally {
      await access.dispose();
    }
  });
});
