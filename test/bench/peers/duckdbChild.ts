/** Child of `duckdb.ts`: runs statements on an empty database in memory and prints how long they took, as JSON. */
import { createRequire } from 'node:module';

export interface DuckdbQuestion {
  /** Where it is installed. */
  folder: string;
  threads: number;
  statements: string[];
}

export interface DuckdbAnswer {
  version: string;
  /** Of all statements, without the start. */
  ms: number;
  cpuMs: number;
  /** The only value of the last statement. */
  result: number;
}

/** The little that is used of it: it is not installed where this is compiled. */
interface Duckdb {
  version(): string;
  DuckDBInstance: {
    create(path: string, options: Record<string, string>): Promise<{ connect(): Promise<Connection> }>;
  };
}

interface Connection {
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
}

const { folder, threads, statements } = JSON.parse(process.argv[2] ?? '') as DuckdbQuestion;
const { DuckDBInstance, version } = createRequire(`${folder}/`)('@duckdb/node-api') as Duckdb;
const connection = await (await DuckDBInstance.create(':memory:', { threads: String(threads) })).connect();
const cpu = process.cpuUsage();
const start = performance.now();
let rows: unknown[][] = [];
for (const statement of statements) rows = (await connection.runAndReadAll(statement)).getRows();
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
const answer: DuckdbAnswer = { version: version(), ms, cpuMs: (user + system) / 1000, result: Number(rows[0]?.[0]) };
console.log(JSON.stringify(answer));
