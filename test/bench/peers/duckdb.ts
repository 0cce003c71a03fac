import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { npmInstall } from '../../host/process';
import { childScript } from '../childScript';
import { cacheFolder, type LogFile } from '../data';
import type { Contestant } from '../rounds';
import { timedProcess } from '../timedProcess';
import type { DuckdbAnswer, DuckdbQuestion } from './duckdbChild';
import { mustBe, type Peer } from './installed';

const spec = '@duckdb/node-api@1.5.6-r.1';
const folder = path.join(cacheFolder, 'duckdb');

/** What a line of the simulator holds: told, so that no time goes into finding out. */
const columns = `{timestamp: 'VARCHAR', level: 'VARCHAR', service: 'VARCHAR', message: 'VARCHAR', event: 'VARCHAR',
  stepType: 'VARCHAR', context: 'STRUCT(correlationId VARCHAR, stepId VARCHAR, previousStepId VARCHAR,
  entityId VARCHAR, organizationId VARCHAR, userId VARCHAR)', sessionId: 'VARCHAR'}`;

/** One row a record, with its `id`. */
function recordsOf({ path: file, format }: LogFile): string {
  return format === 'json'
    ? `select context.correlationId as id, * from read_json('${file}', format='newline_delimited', columns=${columns})`
    : `select regexp_extract(line, 'correlationId: ([^,\\]]+)', 1) as id, line
       from read_csv('${file}', columns={line: 'VARCHAR'}, delim='\\x01', quote='', escape='', header=false, auto_detect=false)`;
}

/** Installs it into a folder of the cache, where no run of the product sees it. */
export async function duckdb(): Promise<Peer<{ groupBy: typeof groupBy; importAndIndex: typeof importAndIndex }>> {
  const name = 'DuckDB';
  mkdirSync(folder, { recursive: true });
  try {
    if (!existsSync(path.join(folder, 'node_modules/@duckdb/node-api')))
      await npmInstall(folder, '--prefix', folder, spec);
    const { version } = (await ask(['select 1'])).answer;
    return { name, version, tool: { groupBy, importAndIndex } };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return { name, missing: `not installed: npm did not bring ${spec} to ${folder}, or it does not run` };
  }
}

/** How many records each ID has: the least that tells of all IDs. */
function groupBy(file: LogFile): Contestant {
  const sql = `select cast(sum(n) as bigint) from (select id, count(*) as n from (${recordsOf(file)}) group by id)`;
  return contestant('DuckDB group-by', file, [sql], file.lines);
}

/** What makes its look-ups instant: a table in memory with an index on the ID. */
function importAndIndex(file: LogFile): Contestant {
  const statements = [`create table t as ${recordsOf(file)}`, 'create index i on t(id)', 'select count(*) from t'];
  return contestant('DuckDB import + index', file, statements, file.lines);
}

function contestant(name: string, file: LogFile, statements: string[], records: number): Contestant {
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      const { answer, peakBytes } = await ask(statements);
      mustBe(name, 'records', answer.result, records);
      return { ms: answer.ms, cpuMs: answer.cpuMs, peakBytes };
    },
  };
}

/** A new process each time, as it would keep what it has read; only the statements are timed, not its start. */
async function ask(statements: string[]): Promise<{ answer: DuckdbAnswer; peakBytes: number }> {
  const question: DuckdbQuestion = { folder, threads: 2, statements };
  const ran = await timedProcess(process.execPath, [
    await childScript('peers/duckdbChild.ts'),
    JSON.stringify(question),
  ]);
  return { answer: JSON.parse(ran.output) as DuckdbAnswer, peakBytes: ran.peakBytes };
}
