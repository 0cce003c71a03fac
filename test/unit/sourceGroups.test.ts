import assert from 'node:assert/strict';
import type { DetectedSource } from '../../src/common/protocol/documents';
import type { SourcePlace } from '../../src/common/protocol/logEngine';
import { groupSources } from '../../src/vscode/sources/sourceGroups';

const sources = (...paths: string[]) => paths.map(path => ({ path }) as DetectedSource);

describe('The sources by the reason why they are read', () => {
  const places: SourcePlace[] = [
    { kind: 'path', path: '/ws/**/*.log', optional: true },
    { kind: 'path', path: '/logs/old' },
    { kind: 'path', path: '/elsewhere/open.log' },
    { kind: 'path', path: '/ws/open.log' },
    { kind: 'text', id: 'untitled:Untitled-1', text: 'x' },
  ];
  const named = { places, added: ['/logs/old', '/logs/none'], folders: ['/ws'] };

  it('that are on other machines stand by their places, also where there are none', () => {
    const far = ['ssh://a@h/log/*.log', 'ssh://a@h/~/logs', 'ssh://b@h:2222/x'];
    const groups = groupSources(sources('ssh://a@h/log/app.log', 'ssh://a@h/home/a/logs/b.log', '/ws/a.log'), {
      places: [...places, ...far.map((path): SourcePlace => ({ kind: 'path', path }))],
      added: far.slice(1),
      folders: ['/ws'],
    });
    const remote = groups.flatMap(group =>
      group.kind === 'remote' ? [[group.path, group.isAdded, group.sources.map(({ path }) => path)]] : [],
    );
    assert.deepEqual(remote, [
      [far[0], false, ['ssh://a@h/log/app.log']],
      [far[1], true, ['ssh://a@h/home/a/logs/b.log']],
      [far[2], true, []],
    ]);
    assert.ok(!groups.some(({ kind }) => kind === 'added'));
  });

  it('each stand in one group, which tells whoever added a place what is in it', () => {
    const all = sources(
      '/ws/a.log',
      '/ws/open.log',
      '/logs/old/b.log',
      '/logs/old/c.zip!/d.log',
      '/logs/older.log',
      '/elsewhere/open.log',
      'untitled:Untitled-1',
      'throughline-debug:/1/Launch.log',
    );
    const groups = groupSources(all, named).map(group => [
      group.kind === 'added' ? group.path : group.kind,
      group.sources.map(({ path }) => path),
    ]);
    assert.deepEqual(groups, [
      ['settings', ['/ws/a.log', '/ws/open.log', '/logs/older.log']],
      ['/logs/old', ['/logs/old/b.log', '/logs/old/c.zip!/d.log']],
      ['/logs/none', []],
      ['open', ['/elsewhere/open.log', 'untitled:Untitled-1']],
      ['debug', ['throughline-debug:/1/Launch.log']],
    ]);
  });

  it('are no groups where there is nothing', () => {
    assert.deepEqual(groupSources([], { places: [], added: [], folders: [] }), []);
  });
});
