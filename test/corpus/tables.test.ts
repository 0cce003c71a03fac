import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tableLayoutOf } from '../../src/common/formats/tables/tableLayout';
import { byteOffset, lineNumber, sourceId } from '../../src/common/model/units';
import { compileReader } from '../../src/common/profile/compileReader';
import { profileSource } from '../../src/common/profile/profileSource';
import type { ReadRecord } from '../../src/common/profile/recordReader';
import { framerOf } from '../../src/common/scan/framer';
import { withEngine } from '../node/support/logs';
import { corpus, hasCorpus } from './scoreCorpus';

const file = (name: string) => path.join(corpus, name);
const traces = file('nezha/tt_2023-01-29_08_50_trace.csv');
const logs = file('nezha/tt_2023-01-29_08_50_log.csv');
const truthFile = file('truth/nezha_tt_2023-01-29_08_50.json');
const quotedTables = ['gaia/run_table_2021-07.csv', 'gaia/run_table_2021-08.csv'].map(file);

interface Truth {
  log_groups: Record<string, { line_numbers: number[] }>;
}

/** The rows of a CSV text by RFC 4180, with the line of each: another way than the product's, one character at a time. */
function* csvRows(text: string): Generator<{ line: number; cells: string[] }> {
  let [cells, cell, quoted, line, first]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  for (let at = 0; at < whole.length; at++) {
    const character = whole.charAt(at);
    if (character === '\n') line++;
    if (quoted && character === '"' && whole.charAt(at + 1) === '"') cell += whole.charAt(at++);
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || character === '\n')) {
      cells.push(cell);
      cell = '';
      if (character === ',') continue;
      yield { line: first, cells };
      [cells, first] = [[], line];
    } else cell += character;
  }
}

/** Every record of a file, as it is read with nothing configured. */
function readFile(name: string): (ReadRecord & { line: number; text: string })[] {
  const bytes = readFileSync(name);
  const profile = profileSource({ sample: bytes.subarray(0, 256 * 1024), sourceName: name });
  assert.equal(profile.format, 'table');
  const reader = compileReader(profile);
  const records: (ReadRecord & { line: number; text: string })[] = [];
  const framer = framerOf(profile, reader, frame => {
    const text = Buffer.from(frame.bytes).toString();
    const location = {
      source: sourceId(name),
      line: lineNumber(frame.line),
      byteStart: byteOffset(frame.byteStart),
      byteEnd: byteOffset(frame.byteEnd),
    };
    for (const read of reader.read(text, location)) records.push({ ...read, line: frame.line, text });
  });
  for (let at = 0; at < bytes.length; at += 50_000) framer.push(bytes.subarray(at, at + 50_000));
  framer.finish();
  return records;
}

/** Values of a record's fields but of those that were found among the words of a cell, whose names hold a `#`. */
const cellsOf = (fields: readonly { name: string; value: string }[]): string[] =>
  fields.filter(({ name }) => !name.includes('#')).map(({ value }) => value);

describe('the tables of the corpus', () => {
  before(function () {
    if (hasCorpus() && existsSync(traces) && existsSync(truthFile)) return;
    console.log(`      skipped: there is no corpus in ${corpus}`);
    this.skip();
  });

  it('are known for tables, and nothing else is', () => {
    const paths = (JSON.parse(readFileSync(file('expectations.json'), 'utf8')) as { path: string }[]).map(
      expectation => expectation.path,
    );
    const found = paths.filter(name => tableLayoutOf(readFileSync(file(name), 'utf8').slice(0, 256 * 1024)) !== null);
    const isTable = (name: string) => name.endsWith('.csv') || /^#(?:separator|Fields:)/m.test(headOf(file(name)));
    assert.deepEqual(found, paths.filter(isTable));
  });

  it('give each span with its trace, parent, start, operation and pod', () => {
    const [titles, ...rows] = csvRows(readFileSync(traces, 'utf8'));
    const column = (name: string) => titles?.cells.indexOf(name) ?? -1;
    const records = readFile(traces);
    assert.equal(records.length, rows.length);
    for (const [index, { line, cells }] of rows.entries()) {
      const cell = (name: string) => cells[column(name)] ?? '';
      const read = records[index];
      assert.ok(read);
      const { record, fields } = read;
      const parent = cell('ParentID');
      assert.deepEqual(
        {
          line: read.line,
          trace: record.correlationIds.map(({ id }) => id),
          span: record.stepId,
          parents: record.previous.map(({ id }) => id),
          operation: record.stepType,
          pod: record.host,
          start: record.time?.at,
          timeIs: record.timeIs,
        },
        {
          line,
          trace: [cell('TraceID')],
          span: cell('SpanID'),
          parents: parent === 'root' ? [] : [parent],
          operation: cell('OperationName'),
          pod: cell('PodName'),
          start: BigInt(cell('StartTimeUnixNano')),
          timeIs: 'start',
        },
      );
      const cellOf = (name: string) => fields.find(field => field.name === name)?.value;
      assert.deepEqual(
        [cellOf('EndTimeUnixNano'), cellOf('Duration')],
        [cell('EndTimeUnixNano'), cell('Duration')],
        `line ${line}`,
      );
    }
  });

  it('give each correlation its very lines by ID look-up', async () => {
    const truth: Truth = JSON.parse(readFileSync(truthFile, 'utf8'));
    const groups = Object.entries(truth.log_groups);
    assert.ok(groups.length > 0);
    await withEngine([logs], async engine => {
      for (const [id, { line_numbers: lines }] of groups) {
        const result = await engine.lookup({ text: id });
        assert.ok(result.kind === 'trace', id);
        const { traceId, records } = result.trace;
        const found = await engine.records({ traceId, from: 0, to: records });
        assert.deepEqual(
          found.map(({ line }) => line).toSorted((a, b) => Number(a) - Number(b)),
          lines,
          id,
        );
        await engine.release(traceId);
      }
      const { traces: listed } = await engine.list({});
      const counts = new Map(listed.map(({ correlationId, records }) => [correlationId, records]));
      for (const [id, { line_numbers: lines }] of groups) assert.equal(counts.get(id), lines.length, id);
    });
  }).timeout(120_000);

  it('give the cells of rows that go over several lines', () => {
    for (const name of quotedTables) {
      const [, ...rows] = csvRows(readFileSync(name, 'utf8'));
      const records = readFile(name);
      assert.ok(rows.some(({ cells }) => cells.some(cell => cell.trim().includes('\n') || cell.endsWith('\n'))));
      assert.deepEqual(
        records.map(({ line, fields }) => ({ line, cells: cellsOf(fields).slice(-rowWidth) })),
        rows.map(({ line, cells }) => ({ line, cells: cells.filter(cell => cell !== '').slice(-rowWidth) })),
      );
    }
  });
});

/** As many of a row's last cells are compared, which stand behind what was read inside them. */
const rowWidth = 2;

const headOf = (name: string): string => readFileSync(name, 'utf8').slice(0, 1000);
