import assert from 'node:assert/strict';
import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { continueSources } from '../../src/node/sources/continueSources';
import { rotatedSets } from '../../src/node/sources/discover/rotatedSets';
import { markOf } from '../../src/node/sources/readMark';
import { others, tempFolder } from './support/logs';
import { discover } from './support/readSource';

/** In any order in, by set and age out. */
function sets(...names: string[]): Record<string, string[]> {
  const forth = rotatedSets(names);
  const back = rotatedSets([...names].reverse());
  const named = (found: typeof forth) =>
    Object.fromEntries(found.map(({ name, members }) => [name, members.map(member => member.name)]));
  assert.deepEqual(named(back), named(forth), 'the order of the names does not matter');
  return named(forth);
}

describe('Rotated sets by their names', () => {
  const cases: [string, string, string[]][] = [
    ['numbers behind the name', 'app.log', ['app.log.10.gz', 'app.log.2.gz', 'app.log.1', 'app.log']],
    ['names without an ending', 'syslog', ['syslog.3.xz', 'syslog.2.zst', 'syslog.1', 'syslog']],
    ['days behind the name', 'app.log', ['app.log-20260228.gz', 'app.log-20260301', 'app.log-20260302', 'app.log']],
    ['days without an ending', 'messages', ['messages-20260222', 'messages-20260301', 'messages']],
    ['seconds behind the name', 'app.log', ['app.log-1772323200.gz', 'app.log-1772409600', 'app.log']],
    ['days and seconds', 'app.log', ['app.log-20260301-1772323200.gz', 'app.log-20260301-1772326800', 'app.log']],
    ['days with dashes', 'app.log', ['app.log.2026-02-28', 'app.log.2026-03-01', 'app.log']],
    ['hours', 'app.log', ['app.log.2026-03-01-09', 'app.log.2026-03-01-10', 'app.log.2026-03-01-11', 'app.log']],
    ['months', 'app.log', ['app-2025-12.log.gz', 'app-2026-01.log', 'app.log']],
    ['days before the ending', 'app.log', ['app-2026-03-01.log.bz2', 'app-2026-03-02.log', 'app.log']],
    ['days alone', '.log', ['2026-03-01.log', '2026-03-02.log']],
    [
      'days and numbers',
      'app.log',
      [
        'app.2026-03-01.0.log.gz',
        'app.2026-03-01.9.log.gz',
        'app.2026-03-01.10.log.gz',
        'app.2026-03-02.0.log',
        'app.log',
      ],
    ],
    [
      'times to the millisecond',
      'app.log',
      [
        'app-2026-03-02T10-15-00.000.log.gz',
        'app-2026-03-02T10-15-00.250.log',
        'app-2026-03-02T11-00-00.000.log',
        'app.log',
      ],
    ],
    ['times of a container', '0.log', ['0.log.20260302-091500.gz', '0.log.20260302-101500', '0.log']],
    ['a container’s JSON', 'c0ffee-json.log', ['c0ffee-json.log.2', 'c0ffee-json.log.1', 'c0ffee-json.log']],
    ['numbers before the ending', 'app.log', ['app.2.log', 'app.1.log', 'app.log']],
    ['numbers before the ending, counting on', 'app.log', ['app.1.log', 'app.2.log', 'app.10.log']],
    ['numbers with a dash beside a live file', 'app.log', ['app-1.log', 'app-2.log', 'app.log']],
    ['what was before', 'boot.log', ['boot.log.old', 'boot.log']],
    ['another kind of text', 'access_log.txt', ['access_log.2026-03-01.txt', 'access_log.2026-03-02.txt']],
    ['days and numbers behind', 'app.log', ['app.log-20260301', 'app.log.2', 'app.log.1', 'app.log']],
  ];
  for (const [what, name, members] of cases) {
    it(`are known by ${what}`, () => assert.deepEqual(sets(...members), { [name]: members }));
  }

  it('take a packed file and the plain one of the same turn together', () => {
    const [set] = rotatedSets(['app.log.1.gz', 'app.log.1', 'app.log']);
    assert.deepEqual(
      set?.members.map(({ turn }) => turn === set.members[0]?.turn),
      [true, true, false],
    );
  });

  it('take a file and what it was packed to together, though nothing else was rotated', () => {
    const [set] = rotatedSets(['app.log', 'app.log.xz']);
    assert.deepEqual(set?.members, [
      { name: 'app.log.xz', turn: 'live  0' },
      { name: 'app.log', turn: 'live  0' },
    ]);
  });

  it('are kept apart from other logs of the folder', () => {
    const found = sets('api.log', 'api.log.1', 'worker.log', 'worker.log.1', 'readme.txt', 'alone.log.1');
    assert.deepEqual(found, { 'api.log': ['api.log.1', 'api.log'], 'worker.log': ['worker.log.1', 'worker.log'] });
  });

  it('are not made of single files, processes, hosts, versions and numbers that are no dates', () => {
    for (const names of [
      ['app.log'],
      ['app.log.1'],
      ['worker-1.log', 'worker-2.log'],
      ['worker1.log', 'worker2.log'],
      ['web01.log', 'web02.log'],
      ['order-20261399.log', 'order-99999999.log'],
      ['app.log', 'app.log.gz.txt'],
      ['a.json', 'b.json'],
      ['a.gz', 'a.xz'],
      [],
    ]) {
      assert.deepEqual(sets(...names), {}, names.join(' '));
    }
  });

  it('are found among many long names at once', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `${'1-2.'.repeat(40)}app.log.${at}`);
    assert.equal(rotatedSets(names)[0]?.members.length, 5000);
  });
});

describe('Rotated sets in a folder', () => {
  const idsOf = async (folder: string) => {
    const { sources, skipped } = await discover(folder);
    return {
      files: sources.map(({ id, set }) => [path.relative(folder, id), set?.name ?? null, set?.index ?? null]),
      skipped: skipped.map(({ source, reason }) => [path.relative(folder, source), reason.replace(folder, '')]),
    };
  };

  it('are read in order as one, where the first of them stands', async () => {
    const folder = tempFolder({
      'app.log': others(3, 30),
      'app.log.1': others(3, 20),
      'app.log.2.gz': gzipSync(others(3, 10)),
      'b.log': others(1),
      'sub/app.log.3': others(3),
    });
    const { files, skipped } = await idsOf(folder);
    assert.deepEqual(files, [
      ['app.log.2.gz', 'app.log', 0],
      ['app.log.1', 'app.log', 1],
      ['app.log', 'app.log', 2],
      ['b.log', null, null],
      [path.join('sub', 'app.log.3'), null, null],
    ]);
    assert.deepEqual(skipped, []);
  });

  it('count what is there plain and packed only once', async () => {
    const old = others(2000);
    const folder = tempFolder({ 'app.log': others(3, 30), 'app.log.1': old, 'app.log.1.gz': gzipSync(old) });
    const { files, skipped } = await idsOf(folder);
    assert.deepEqual(files, [
      ['app.log.1', 'app.log', 0],
      ['app.log', 'app.log', 1],
    ]);
    assert.deepEqual(skipped, [['app.log.1.gz', `holds the same as ${path.sep}app.log.1, which is read`]]);
  });

  it('keep what is called the same but holds something else', async () => {
    const folder = tempFolder({
      'app.log': others(3, 30),
      'app.log.1': others(5),
      'app.log.1.gz': gzipSync(others(5, 7)),
    });
    assert.equal((await idsOf(folder)).files.length, 3);
  });

  it('count a copy that is being made only once', async () => {
    const text = others(800);
    const folder = tempFolder({ 'app.log': text, 'app.log.1': text });
    utimesSync(path.join(folder, 'app.log.1'), 1, 1);
    const { files, skipped } = await idsOf(folder);
    assert.deepEqual(files, [['app.log.1', null, null]]);
    assert.match(skipped[0]?.[1] ?? '', /holds the same as/);
  });

  it('know the time of each file’s last change', async () => {
    const folder = tempFolder({ 'app.log': 'x\n' });
    utimesSync(path.join(folder, 'app.log'), 1_772_445_600, 1_772_445_600);
    assert.equal((await discover(folder)).sources[0]?.modified, 1_772_445_600_000);
  });
});

describe('A log that was renamed since it was listed', () => {
  it('is waited for, and not taken for emptied', async () => {
    const folder = tempFolder({ 'app.log': others(20) });
    const live = path.join(folder, 'app.log');
    const [ref] = (await discover(live)).sources;
    assert.ok(ref);
    const mark = markOf(ref, ref.storedSize);
    renameSync(live, `${live}.1`);
    writeFileSync(live, others(20, 500));
    assert.deepEqual(await continueSources([mark], [ref]), {
      goneOn: [],
      copied: [],
      begun: [],
      gone: [{ mark, emptied: false }],
    });
    const { sources } = await discover(folder);
    const { goneOn, begun } = await continueSources([mark], sources);
    assert.deepEqual([goneOn[0]?.ref.id, begun[0]?.id], [`${live}.1`, live]);
  });
});
