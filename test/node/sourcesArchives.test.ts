import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { nameIn, pathOf } from '../../src/cli/places';
import { discoverSources } from '../../src/node/sources/discover/discoverSources';
import { openSource } from '../../src/node/sources/openSource';
import { type MemberToPack, tarOf, zipOf } from './support/archives';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';
import { packings } from './support/packings';
import { discover, readSource } from './support/readSource';

const longName = `${'folder-with-a-long-name/'.repeat(14)}app.log`;
const hostile = ['../../outside.log', '/etc/passwd', 'C:\\logs\\app.log', 'a\u001b[31m\nb.log', '', '.'];

const members: MemberToPack[] = [
  { name: 'logs/api.log', bytes: others(400), modified: new Date(2026, 2, 2, 10) },
  { name: 'logs/api.log.1.gz', bytes: gzipSync(others(50, 500)) },
  { name: 'logs/utf16.log', bytes: Buffer.from('\ufeffhello\nworld\n', 'utf16le') },
  { name: longName, bytes: 'long\n' },
  { name: 'image.png', bytes: Buffer.from('89504e470d0a1a0a00000000', 'hex') },
  { name: 'empty.log', bytes: '' },
  { name: 'inner.zip', bytes: zipOf([{ name: 'x.log', bytes: 'x\n' }]) },
  { name: 'inner.tgz', bytes: gzipSync(tarOf([{ name: 'x.log', bytes: 'x\n' }])) },
];

const archives: Record<string, Uint8Array> = {
  'a.zip': zipOf(members),
  'a.tar': tarOf(members),
  'a.tgz': gzipSync(tarOf(members)),
};

for (const [name, bytes] of Object.entries(archives)) {
  describe(`An archive, ${name},`, () => {
    it('is read like a folder, and tells what it does not read', async () => {
      const folder = tempFolder({ [name]: bytes });
      const { sources, skipped } = await discover(folder);
      const archive = path.join(folder, name);
      const inside = (id: string) => id.replace(`${archive}!/`, '');
      assert.deepEqual(
        sources.map(({ id, packing, encoding, set }) => [inside(id), packing, encoding, set?.index ?? null]),
        [
          ['logs/api.log.1.gz', 'gzip', 'utf-8', 0],
          ['logs/api.log', 'none', 'utf-8', 1],
          ['logs/utf16.log', 'none', 'utf-16le', null],
          [longName, 'none', 'utf-8', null],
        ],
      );
      const reasons = Object.fromEntries(skipped.map(({ source, reason }) => [inside(source), reason]));
      assert.deepEqual(Object.keys(reasons), ['image.png', 'empty.log', 'inner.zip', 'inner.tgz']);
      assert.equal(reasons['image.png'], 'binary (PNG)');
      assert.equal(reasons['empty.log'], 'empty');
      assert.match(reasons['inner.zip'] ?? '', /an archive inside an archive/);
      assert.match(reasons['inner.tgz'] ?? '', /an archive inside an archive/);
    });

    it('hands out each member whole, and opens one by its name', async () => {
      const archive = path.join(tempFolder({ [name]: bytes }), name);
      assert.equal((await readSource(`${archive}!/logs/api.log`)).text, others(400));
      assert.equal((await readSource(`${archive}!/logs/api.log.1.gz`)).text, others(50, 500));
      assert.equal((await readSource(`${archive}!/logs/utf16.log`)).text, 'hello\nworld\n');
      assert.equal((await readSource(`${archive}!/${longName}`)).text, 'long\n');
      const { skipped } = await discover(`${archive}!/none.log`, `${archive}!/empty.log`);
      assert.deepEqual(
        skipped.map(({ reason }) => reason),
        ['not there (any more)', 'empty'],
      );
      assert.equal((await discover(archive, `${archive}!/logs/api.log`)).sources.length, 4);
    });

    it('takes names as names, whatever they hold, and the same one twice', async () => {
      const named = [...hostile, hostile[0] ?? ''].map((member, at) => ({ name: member, bytes: `${at}: text\n` }));
      const made = name === 'a.zip' ? zipOf(named) : tarOf(named);
      const folder = tempFolder({ 'deep/down/x.log': 'x\n' });
      const archive = path.join(folder, 'deep', 'down', name);
      writeFileSync(archive, name === 'a.tgz' ? gzipSync(made) : made);
      const { sources } = await discover(archive);
      const ids = sources.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(ids.includes(`${archive}!/../../outside.log` as (typeof ids)[number]));
      assert.ok(ids.includes(`${archive}!/../../outside.log (2)` as (typeof ids)[number]));
      for (const id of ids) assert.match((await readSource(id)).text, /^\d: text\n$/);
      assert.ok(!existsSync(path.join(folder, 'outside.log')));
    });

    it('that is cut off gives what is there', async () => {
      const folder = tempFolder({ [name]: bytes.subarray(0, Math.floor(bytes.length / 2)) });
      const { sources, skipped } = await discover(folder);
      assert.match(skipped.at(-1)?.reason ?? '', /cut off|damaged/);
      for (const ref of sources) {
        const source = openSource(ref);
        await source.stream(() => true);
        source.close();
      }
      if (name !== 'a.zip') assert.ok(sources.length > 0);
    });

    it('is searched like files', async () => {
      const wanted = json(10_000, { correlationId: orderId, service: 'api', message: 'wanted' });
      const log = { name: 'logs/app.log', bytes: others(3000) + wanted };
      const made = name === 'a.zip' ? zipOf([log]) : tarOf([log]);
      const archive = path.join(tempFolder({ [name]: name === 'a.tgz' ? gzipSync(made) : made }), name);
      await withEngine([archive], async engine => {
        const result = await engine.lookup({ text: orderId });
        assert.equal(result.kind, 'trace');
        const document = result.kind === 'trace' ? await engine.document(result.trace.traceId) : null;
        const [record] = document?.steps.flatMap(({ records }) => records) ?? [];
        assert.deepEqual([record?.source, record?.line], [`${archive}!/logs/app.log`, 3001]);
        const insight = await engine.at({ source: `${archive}!/logs/app.log`, line: 3001 });
        assert.equal(insight.record.message, 'wanted');
        await assert.rejects(engine.at({ source: archive, line: 1 }), /is not one file/);
      });
    });
  });
}

describe('The name of a member', () => {
  it('of what is no archive is told, whatever stands around it', async () => {
    const folder = tempFolder({ 'a.log': 'a\n' });
    const { skipped } = await discover(
      `${folder}/a.log!/b`,
      `${folder}/a.log/c!/b`,
      `${folder}/no!/b`,
      `${folder}/!/b\0`,
    );
    assert.equal(skipped.length, 4);
  });

  it('is kept on the command line as it is, behind the place of its archive', () => {
    const cwd = path.resolve('/srv/logs');
    const id = `${path.join(cwd, 'a.tar')}!/../../x.log`;
    assert.equal(pathOf('a.tar!/../../x.log', cwd), id);
    assert.equal(nameIn(cwd)(id), 'a.tar!/../../x.log');
    assert.equal(pathOf('https://example.org/a.log?b=c', cwd), 'https://example.org/a.log?b=c');
  });
});

describe('A zip file', () => {
  it('tells of what is encrypted or packed in an unknown way', async () => {
    const folder = tempFolder({
      'a.zip': zipOf([
        { name: 'secret.log', bytes: 'x\n', how: 'encrypted' },
        { name: 'odd.log', bytes: 'x\n', how: 'unknown' },
        { name: 'plain.log', bytes: 'plain\n', how: 'stored' },
      ]),
    });
    const { sources, skipped } = await discover(folder);
    assert.equal(sources.length, 1);
    assert.match(skipped[0]?.reason ?? '', /encrypted/);
    assert.match(skipped[1]?.reason ?? '', /zip method 99/);
    assert.equal((await readSource(path.join(folder, 'a.zip!/plain.log'))).text, 'plain\n');
  });

  it('that is a document or a program is told in one line', async () => {
    const names = ['[Content_Types].xml', 'word/document.xml', 'word/styles.xml'];
    const { sources, skipped } = await discover(
      tempFolder({ 'a.docx': zipOf(names.map(name => ({ name, bytes: '<xml/>' }))) }),
    );
    assert.deepEqual([sources.length, skipped.length], [0, 1]);
    assert.match(skipped[0]?.reason ?? '', /^binary/);
  });

  it('whose member was damaged gives what stands before, with a note', async () => {
    const bytes = zipOf([{ name: 'a.log', bytes: others(2000) }]);
    bytes.writeUInt8(bytes.readUInt8(20_000) ^ 0xff, 20_000);
    const result = await readSource(path.join(tempFolder({ 'a.zip': bytes }), 'a.zip'));
    assert.equal(result.note?.kind, 'truncatedSource');
    assert.match(result.note?.text ?? '', /a\.zip!\/a\.log is cut off or damaged/);
  });

  it('holds no bomb that is read to its end', async () => {
    const file = path.join(
      tempFolder({ 'a.zip': zipOf([{ name: 'a.log', bytes: Buffer.alloc(90_000_000, 'a\n') }]) }),
      'a.zip',
    );
    const result = await readSource(file);
    assert.equal(result.note?.kind, 'cut');
    assert.ok(result.bytes < 70_000_000);
  });

  it('has as many members as are looked at, and no more', async () => {
    const many = Array.from({ length: 10_050 }, (_, at) => ({ name: `${at}.log`, bytes: '', how: 'stored' as const }));
    const { skipped } = await discover(tempFolder({ 'a.zip': zipOf([...many.slice(0, 10_001)]) }));
    assert.equal(skipped.length, 10_001);
    assert.match(skipped.at(-1)?.reason ?? '', /more than 10000 members: only the first of them are read/);
  });
});

describe('A tar', () => {
  it('tells of links and what is no file, and knows when each member was changed', async () => {
    const modified = new Date('2026-03-02T10:00:00Z');
    const folder = tempFolder({
      'a.tar': tarOf([
        { name: 'logs', bytes: '', type: 'Directory' },
        { name: 'logs/current', bytes: '', type: 'SymbolicLink' },
        { name: 'logs/pipe', bytes: '', type: 'FIFO' },
        { name: 'logs/a.log', bytes: 'a\n', modified },
      ]),
    });
    const { sources, skipped } = await discover(folder);
    assert.equal(sources[0]?.modified, modified.getTime());
    assert.match(skipped[0]?.reason ?? '', /a link in an archive/);
    assert.match(skipped[1]?.reason ?? '', /no regular file/);
  });

  it('may be packed in any way', async () => {
    const folder = tempFolder({ 'a.log.gz': gzipSync(tarOf([{ name: 'x.log', bytes: 'x\n' }])) });
    assert.equal((await readSource(path.join(folder, 'a.log.gz!/x.log'))).text, 'x\n');
    const inside = tempFolder({ 'a.tar': tarOf([{ name: 'x.log.bz2', bytes: packings.bzip2.utf16 }]) });
    assert.equal((await readSource(path.join(inside, 'a.tar'))).ref.encoding, 'utf-16le');
  });

  it('that is given as a text is told, not read', async () => {
    const { skipped } = await discoverSources([
      { kind: 'text', id: '<stdin>', text: tarOf([{ name: 'x', bytes: 'x\n' }]) },
    ]);
    assert.match(skipped[0]?.reason ?? '', /tar archive .* save it/);
  });
});
