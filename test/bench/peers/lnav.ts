import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, type LogFile } from '../data';
import type { Contestant } from '../rounds';
import { timedProcess } from '../timedProcess';
import { mustBe, notInstalled, type Peer, versionOf } from './installed';

/** How our lines are read: without it lnav would not look into them, and would do less than the others. */
const formats = {
  $schema: 'https://lnav.org/schemas/format-v1.schema.json',
  bench_json: {
    title: 'JSON of the benchmark',
    json: true,
    'file-pattern': 'json',
    'timestamp-field': 'timestamp',
    'level-field': 'level',
    'body-field': 'message',
    'line-format': [
      { field: 'timestamp' },
      ' ',
      { field: 'level' },
      ' ',
      { field: 'context/correlationId' },
      ' ',
      { field: 'message' },
    ],
    value: Object.fromEntries(
      ['service', 'event', 'stepType', 'sessionId', 'context/correlationId', 'context'].map(name => [
        name,
        { kind: name === 'context' ? 'json' : 'string', identifier: name !== 'context', hidden: true },
      ]),
    ),
  },
  bench_text: {
    title: 'Text of the benchmark',
    'file-pattern': 'bracketed',
    regex: {
      std: {
        pattern:
          '^(?<timestamp>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (?<level>\\w+) \\[correlationId: (?<opid>[^,\\]]+), (?<context>[^\\]]*)\\] (?<body>.*)$',
      },
    },
    'opid-field': 'opid',
    'level-field': 'level',
    'timestamp-field': 'timestamp',
    'body-field': 'body',
    value: { opid: { kind: 'string', identifier: true }, context: { kind: 'string' } },
    sample: [{ line: '2026-03-02 10:15:00.000 INFO [correlationId: 91249c38, stepId: s-b34a876cc6] Started' }],
  },
};

const version = versionOf('lnav');

/** Indexes the whole file, then shows the lines of one ID. */
export const lnav: Peer<typeof filterIn> =
  version === null ? { name: 'lnav', missing: notInstalled('lnav') } : { name: 'lnav', version, tool: filterIn };

function filterIn(file: LogFile, id: string, records: number): Contestant {
  const name = 'lnav :filter-in';
  const home = path.join(cacheFolder, 'lnav');
  const formatFolder = path.join(home, 'formats', 'bench');
  mkdirSync(formatFolder, { recursive: true });
  writeFileSync(path.join(formatFolder, 'bench.json'), JSON.stringify(formats));
  // What its user has configured, or a session of an earlier run, must not change what it does.
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home };
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      const sample = await timedProcess('lnav', ['-I', home, '-n', '-c', `:filter-in ${id}`, file.path], env);
      mustBe(name, 'records', sample.output.split(id).length - 1, records);
      return sample;
    },
  };
}
