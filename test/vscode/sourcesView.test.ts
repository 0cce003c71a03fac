import { strict as assert } from 'node:assert';
import { commands, TreeItemCollapsibleState } from 'vscode';
import type { DetectDocument, DetectedSource } from '../../src/common/protocol/documents';
import type { LogEngine, SourcePlace } from '../../src/common/protocol/logEngine';
import type { RemoteState } from '../../src/common/protocol/sourceHost';
import { commandIds } from '../../src/vscode/contributions';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import type { SourceNode } from '../../src/vscode/sources/sourceNodes';
import { SourcesTree, type SourcesTreeParts } from '../../src/vscode/sources/sourcesTree';
import { realEngine } from './support/engine';
import { activateExtension, sampleLog } from './support/workspace';

const detectedSource: DetectedSource = {
  path: '',
  format: 'json',
  sampled: 1,
  records: null,
  lines: null,
  unparsed: null,
  recordsWithCorrelationId: null,
  distinctCorrelationIds: null,
  roles: {},
  timezone: { value: 'UTC', assumed: false, evidence: 'data' },
  encoding: 'utf-8',
  wrapper: null,
  framing: 'line',
  service: { value: null, evidence: 'default' },
  stampIs: 'end',
  formats: [],
  set: null,
  coverage: [],
  unparsedExamples: [],
  samples: null,
};

describe('The tree of sources', () => {
  let engine: LogEngine;
  const place = { kind: 'path', path: '' } as const;

  before(async () => {
    await activateExtension();
    engine = realEngine();
  });
  after(() => engine.dispose());

  const treeOf = (engine: LogEngine, added: string[] = [], more: Partial<SourcesTreeParts> = {}) => {
    const places = (): SourcePlace[] => [{ ...place, path: sampleLog('.'), optional: true }];
    return new SourcesTree({
      access: new EngineAccess(engine, places),
      places: { current: places, added },
      sessionOf: () => null,
      remoteOf: () => null,
      ...more,
    });
  };

  it('tells of each source how it is read, and of an added place that has none', async () => {
    const tree = treeOf(engine, ['/nowhere/at/all']);
    assert.deepEqual(tree.getChildren(), [], 'nothing is read before it is asked for');
    await tree.read();
    const [settings, added] = tree.getChildren();
    assert.ok(settings && added);
    assert.equal(tree.getTreeItem(settings).label, 'By setting');
    assert.equal(tree.getTreeItem(added).description, 'nothing to read');
    assert.equal(tree.getTreeItem(added).contextValue, 'added');
    const items = tree.getChildren(settings).map(node => tree.getTreeItem(node));
    const api = items.find(({ label }) => label === 'api.log');
    assert.ok(api, items.map(({ label }) => label).join());
    assert.match(String(api.description), / · UTC|[+]00:00|Z/);
    assert.match(String(api.tooltip), /Records looked at: \d/);
    // The sample logs; other tests may have put theirs beside them.
    assert.ok(items.length >= 8, `${items.length} sources`);
  });

  it('names a file outside of the workspace first, then its folder', async () => {
    const found: DetectDocument = {
      sources: ['/srv/far/away/shop/api.log', '/srv/far/away/mail/api.log'].map(path => ({
        ...detectedSource,
        path,
      })),
      notes: [],
    };
    const told = { setSources: async () => {}, sources: async () => found } as unknown as LogEngine;
    const tree = treeOf(told);
    await tree.read();
    const [group] = tree.getChildren();
    const items = tree.getChildren(group).map(node => tree.getTreeItem(node));
    assert.deepEqual(
      items.map(({ label, description }) => `${label}: ${description}`),
      ['api.log: …/away/shop · json · UTC', 'api.log: …/away/mail · json · UTC'],
    );
  });

  it('tells of a place on another machine how it is doing, and what went wrong', async () => {
    const path = 'ssh://logs@far/var/log/*.log';
    const places = (): SourcePlace[] => [{ kind: 'path', path }];
    const text = `${path} is not read: logs@far refuses the connection.`;
    const found: DetectDocument = {
      sources: [],
      notes: [{ kind: 'skippedSource', count: 1, text, steps: [], records: [] }],
    };
    const told = { setSources: async () => {}, sources: async () => found } as unknown as LogEngine;
    let state: RemoteState | null = {
      place: path,
      phase: 'connecting',
      error: null,
      bytes: 0,
      missed: false,
      notes: [],
    };
    const tree = treeOf(told, [path], { places: { current: places, added: [path] }, remoteOf: () => state });
    await tree.read();
    const [node, ...others] = tree.getChildren();
    assert.ok(node);
    assert.deepEqual(others, [], 'what is wrong with it stands below it');
    assert.equal(tree.getTreeItem(node).label, 'logs@far');
    assert.equal(tree.getTreeItem(node).description, 'connecting… · /var/log/*.log');
    assert.equal(tree.getTreeItem(node).contextValue, 'remote added');
    state = { ...state, phase: 'failed', error: 'logs@far refuses the connection', bytes: 2_500_000 };
    assert.equal(tree.getTreeItem(node).description, 'not read · 2.5 MB read · /var/log/*.log');
    assert.deepEqual(
      tree.getChildren(node).map(child => tree.getTreeItem(child).label),
      ['logs@far refuses the connection'],
    );
    const left = `${path}: only 1 of 9 MB were searched`;
    state = { ...state, phase: 'ready', error: null, notes: [left] };
    assert.deepEqual(
      tree.getChildren(node).map(child => tree.getTreeItem(child).label),
      [left],
    );
  });

  it('shows what is not read, and what went wrong, as text', async () => {
    const found: DetectDocument = {
      sources: [],
      notes: [{ kind: 'skippedSource', count: 1, text: '/x/$(zap).log is not read: gone.', steps: [], records: [] }],
    };
    const told = { setSources: async () => {}, sources: async () => found } as unknown as LogEngine;
    const tree = treeOf(told);
    await tree.read();
    const [notRead] = tree.getChildren();
    assert.ok(notRead);
    assert.equal(tree.getTreeItem(notRead).collapsibleState, TreeItemCollapsibleState.Expanded);
    const [note] = tree.getChildren(notRead);
    assert.ok(note);
    assert.equal(tree.getTreeItem(note).label, '/x/$ (zap).log is not read: gone.');
    const failing = {
      setSources: async () => {},
      sources: () => Promise.reject(Object.assign(new Error('It is broken.'), { name: 'EngineError' })),
    } as unknown as LogEngine;
    const broken = treeOf(failing);
    await broken.read();
    assert.deepEqual(
      broken.getChildren().map(node => broken.getTreeItem(node).label),
      ['It is broken.'],
    );
  });

  it('opens thousands of sources 500 at a time', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => ({ path: `/ws/${index}.log` }));
    const told = { setSources: async () => {}, sources: async () => ({ sources: many, notes: [] }) };
    const tree = treeOf(told as unknown as LogEngine);
    await tree.read();
    const [group] = tree.getChildren();
    assert.ok(group);
    const nodes = tree.getChildren(group);
    assert.equal(nodes.length, 502);
    const last = nodes.at(-1);
    assert.ok(last);
    assert.equal(tree.getTreeItem(last).label, 'More… 1,001 to 1,200 of 1,200');
    assert.equal(tree.getChildren(last).length, 200);
  });

  it('takes commands for its own nodes only', async () => {
    const tree = treeOf(engine);
    await tree.read();
    const [group] = tree.getChildren();
    assert.equal(tree.own(group), group);
    const madeUp = { kind: 'group', group: { kind: 'added', path: '/etc', sources: [] } } satisfies SourceNode;
    for (const node of [undefined, 'x', madeUp]) assert.equal(tree.own(node), null);
    // Nothing happens, and nothing fails.
    await commands.executeCommand(commandIds.removeSource, madeUp);
    await commands.executeCommand(commandIds.openSource, { kind: 'source', source: { path: '/etc/passwd' } });
  });
});
