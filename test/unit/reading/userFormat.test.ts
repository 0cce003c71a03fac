import assert from 'node:assert/strict';
import path from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { patternProblem } from '../../../src/common/formats/userFormat';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import type { ProfileOverrides } from '../../../src/common/profile/profileOverrides';
import { profileSource } from '../../../src/common/profile/profileSource';
import type { ReadRecord } from '../../../src/common/profile/recordReader';
import { framerOf } from '../../../src/common/scan/framer';

const place = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };

function readAll(text: string, overrides: ProfileOverrides) {
  const profile = profileSource({ sample: text, sourceName: 'x.log', overrides, complete: true });
  const reader = compileReader(profile);
  const reads: ReadRecord[] = [];
  const framer = framerOf(profile, reader, ({ bytes }) =>
    reads.push(...reader.read(new TextDecoder().decode(bytes), place)),
  );
  framer.push(new TextEncoder().encode(text));
  framer.finish();
  return { profile, reads, records: reads.map(({ record }) => record) };
}

const using = (pattern: string, more: Omit<ProfileOverrides, 'formats'> = {}, meant = false): ProfileOverrides => ({
  ...more,
  formats: [{ name: 'mine', pattern, meant }],
});
const ids = ({ correlationIds }: LogRecord) => correlationIds.map(({ id }) => id);

const odd = `~~ 2026-03-02T10:00:00Z ~ ord!A77x91z ~ api ~ Order taken, account=u-1
~~ 2026-03-02T10:00:01Z ~ ord!A77x91z ~ worker ~ Payment refused
   because of funds
no stamp here either
~~ 2026-03-02T10:00:02Z ~ ord!B12y44z ~ api ~ Order taken, account=u-2
`;
const oddPattern = String.raw`^~~ (?<timestamp>\S+) ~ ord!(?<correlationId>\w+) ~ (?<service>\w+) ~ (?<message>.*)$`;

describe('a format of the user', () => {
  it('names fields by its groups, those of roles by their role', () => {
    const { profile, records } = readAll(odd, using(oddPattern));
    assert.deepEqual(
      records.map(record => [ids(record)[0], record.service, record.format]),
      [
        ['A77x91z', 'api', 'mine'],
        ['A77x91z', 'worker', 'mine'],
        ['B12y44z', 'api', 'mine'],
      ],
    );
    assert.equal(profile.format, 'mine');
    assert.deepEqual(profile.formats.find(({ name }) => name === 'mine')?.share, 1);
    assert.deepEqual(profile.roles.correlationId, { fields: ['correlationId'], evidence: 'user' });
    assert.notEqual(records[0]?.time, null);
  });

  it('with a stamp says where records begin; the message takes in the lines that follow', () => {
    const { records } = readAll(odd, using(oddPattern));
    assert.equal(records[1]?.message, 'Payment refused\n   because of funds\nno stamp here either');
  });

  it('leaves what it does not name to the format that reads the rest', () => {
    const text = `2026-03-02T10:00:00Z INFO order A77x91z taken account=u-1\n2026-03-02T10:00:01Z WARN nothing here\n`;
    const { profile, records } = readAll(
      text,
      using(String.raw`order (?<correlationId>\w+)`, { fields: { userId: ['account'] } }),
    );
    assert.deepEqual(
      records.map(record => [record.format, ids(record), record.severity, record.time !== null, record.userId]),
      [
        ['mine', ['A77x91z'], 'info', true, 'u-1'],
        ['text', [], 'warn', true, null],
      ],
    );
    assert.equal(profile.framing, 'stamp');
  });

  it('goes before JSON and pairs, whose fields stay beside its own', () => {
    const json = `{"time":"2026-03-02T10:00:00Z","msg":"job <k-81> for bob","service":"api"}\n`;
    const [record] = readAll(json.repeat(3), using('job <(?<correlationId>[^>]+)> for (?<userId>[a-z]+)')).records;
    assert.deepEqual([record && ids(record), record?.userId, record?.service], [['k-81'], 'bob', 'api']);
  });

  it('reads mixed files: what does not fit is read as ever', () => {
    const text = `${odd}2026-03-02T10:00:03Z ERROR [correlationId: C99w10q, service: web] broken\n`;
    const { records } = readAll(text, using(oddPattern));
    assert.deepEqual([records.length, records[3] && ids(records[3])], [4, ['C99w10q']]);
    assert.notEqual(records[3]?.format, 'mine');
  });

  it('is left out where no line fits, unless it was meant for this very source', () => {
    const text = '2026-03-02T10:00:00Z INFO a\n2026-03-02T10:00:01Z INFO b\n';
    assert.deepEqual(readAll(text, using(oddPattern)).profile.userFormats, []);
    const meant = readAll(text, using(oddPattern, {}, true));
    assert.equal(meant.profile.userFormats.length, 1);
    assert.equal(meant.records.length, 2);
  });

  it('may be demanded for a source, before others that fit', () => {
    const formats = ['first', 'second'].map(name => ({ name, pattern: `(?<${name}>order)`, meant: false }));
    const text = 'order 1\norder 2\n';
    assert.equal(readAll(text, { formats }).records[0]?.format, 'first');
    assert.equal(readAll(text, { formats, format: 'second' }).records[0]?.format, 'second');
    assert.equal(readAll(text, { formats, format: 'second' }).profile.format, 'second');
  });

  it('does not turn a document into lines for a pattern that fits a few of them', () => {
    const text =
      '[\n  {"traceId": "4bf92f3577b34da6a3ce929d0e0e4736",\n   "note": "at 10:00:00"},\n  {"traceId": "5bf92f3577b34da6a3ce929d0e0e4736"}\n]\n';
    const { profile, records } = readAll(text, using(String.raw`at (?<timestamp>\S+)"`));
    assert.deepEqual([profile.framing, profile.format, records.length], ['json', 'json', 2]);
  });

  it('gives the places of its fields in the text', () => {
    const text = odd.split('\n').slice(0, 1).join('\n');
    const fields = readAll(`${text}\n`, using(oddPattern)).reads[0]?.fields ?? [];
    assert.ok(fields.length >= 4);
    for (const { start, end, value } of fields) assert.equal(text.slice(start, end), value);
  });

  it('sees text without its colours', () => {
    const coloured = odd.replaceAll('api', '\x1b[32mapi\x1b[0m');
    assert.equal(readAll(coloured, using(oddPattern)).records[0]?.service, 'api');
  });
});

describe('patterns', () => {
  it('are refused with the place of what is wrong', () => {
    const wrong: [string, RegExp][] = [
      ['a(?=b)', /character 2, "\(\?=": look-around .* linear time/],
      ['(?<x>a)(?<!b)', /character 8, .*look-around/],
      [String.raw`(?<x>a)\1`, /character 8, .*back references/],
      ['(?<x>a)(?<x>b)', /character 11, "x": duplicate/],
      ['(?<x>a', /character 1.*missing closing/],
      ['(?<x>a*)', /fits an empty text/],
      ['order', /no named group/],
      ['(?<x>a.{0,999}b).{0,999}', /too large/],
    ];
    for (const [pattern, message] of wrong) assert.match(patternProblem(pattern) ?? '', message, pattern);
    assert.equal(patternProblem(oddPattern), null);
  });

  it('that make other engines backtrack for ever read a record of 1 MiB (SEC-10)', () => {
    const text = `${'a'.repeat(1 << 20)}!\n`;
    for (const pattern of ['(?<x>(a*)*b)', String.raw`^(?<x>(\s+)+)$`, '(?<x>(a|aa)+)c', '(?<x>(.*)*)=']) {
      assert.equal(readAll(text, using(pattern, {}, true)).records.length, 1);
    }
  });

  it('never throw, whatever they are and whatever they read', () => {
    const part = fc.constantFrom(
      '(?<a>',
      '(',
      ')',
      '[',
      ']',
      '*',
      '+',
      'x',
      '.',
      '\\d',
      '^',
      '$',
      '|',
      '{2}',
      '\\',
      '\u00e9',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.string({ unit: 'binary' }), (parts, text) => {
        const pattern = parts.join('');
        const isWrong = patternProblem(pattern) !== null;
        const { records, profile } = readAll(`${text}\nx é\n`, using(pattern, {}, true));
        assert.ok(records.length > 0 && profile.sampled > 0);
        if (!isWrong) assert.deepEqual(profile.userFormats[0]?.pattern, pattern);
      }),
      { numRuns: 300 },
    );
  });

  it('are not compiled on the main thread of the extension host: it has no code to do so (SEC-10)', async () => {
    const root = path.join(import.meta.dirname, '../../..');
    const { metafile } = await build({
      entryPoints: [path.join(root, 'src/extension.ts')],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      external: ['vscode'],
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    assert.ok(inputs.some(input => input.endsWith('readingSettings.ts')));
    assert.deepEqual(
      inputs.filter(input => input.includes('re2js')),
      [],
    );
  });
});
