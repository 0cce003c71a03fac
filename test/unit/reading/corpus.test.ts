import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import { joinKey } from '../../../src/common/profile/ids';
import { profileSource } from '../../../src/common/profile/profileSource';
import { framerOf } from '../../../src/common/scan/framer';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));

/** Line numbers per correlation, as read. */
function groupsOf(path: string): Map<string, number[]> {
  const bytes = readFileSync(corpus + path);
  const reader = compileReader(profileSource({ sample: bytes.subarray(0, 256 * 1024), sourceName: path }));
  const groups = new Map<string, number[]>();
  const source = sourceId(path);
  const framer = framerOf(reader.profile, reader, ({ bytes: text, line, byteStart, byteEnd }) => {
    const location = {
      source,
      line: lineNumber(line),
      byteStart: byteOffset(byteStart),
      byteEnd: byteOffset(byteEnd),
    };
    for (const { record } of reader.read(new TextDecoder().decode(text), location)) {
      for (const { id } of record.correlationIds.slice(0, 1)) {
        groups.set(joinKey(id), [...(groups.get(joinKey(id)) ?? []), record.location.line ?? 0]);
      }
    }
  });
  framer.push(bytes);
  framer.finish();
  return groups;
}

interface Expectation {
  path: string;
  distinctCorrelationIds: number | null;
  recordsWithCorrelationId: number | null;
}

/** Formats that this reader is made for; what the others need comes with them. */
const understood = [
  'clef/',
  'libformats/golang-zap',
  'libformats/js-ts',
  'libformats/java-log4j2-json',
  'k8s/',
  'loki/ingester',
  'nezha/tt_2023-01-29_08_50.docker',
  'spring/',
  'gcp/',
  'dotnet/',
];

describe('the corpus', () => {
  before(function () {
    if (existsSync(`${corpus}expectations.json`)) return;
    console.log(`      skipped: ${corpus} is not there`);
    this.skip();
  });

  it('is read as expected where the formats are known', () => {
    const expectations = JSON.parse(readFileSync(`${corpus}expectations.json`, 'utf8')) as Expectation[];
    const chosen = expectations.filter(({ path }) => understood.some(prefix => path.startsWith(prefix)));
    assert.ok(chosen.length >= understood.length);
    for (const { path, distinctCorrelationIds, recordsWithCorrelationId } of chosen) {
      const groups = groupsOf(path);
      assert.equal(groups.size, distinctCorrelationIds, path);
      assert.equal([...groups.values()].flat().length, recordsWithCorrelationId, path);
    }
  }).timeout(30_000);

  it('has the groups and lines that were worked out without any log tool', () => {
    const truth = JSON.parse(readFileSync(`${corpus}truth/nezha_tt_2023-01-29_08_50.json`, 'utf8')) as Truth;
    const expected = Object.entries(truth.log_groups);
    // The truth counts the lines of the table, whose header is its first.
    for (const [path, shift] of [
      ['nezha/tt_2023-01-29_08_50_log.csv', 0],
      ['nezha/tt_2023-01-29_08_50.docker.jsonl', -1],
    ] as const) {
      const groups = groupsOf(path);
      assert.equal(groups.size, expected.length, path);
      for (const [id, { line_numbers }] of expected) {
        assert.deepEqual(
          groups.get(joinKey(id)),
          line_numbers.map(line => line + shift),
          `${path}: ${id}`,
        );
      }
    }
  }).timeout(30_000);
});

interface Truth {
  log_groups: Record<string, { line_numbers: number[] }>;
}
