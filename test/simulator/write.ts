import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { truthOf } from './expect.ts';
import { formatEvent } from './formats.ts';
import { groupBy } from './group.ts';
import type { LogEvent, SimulatedTrace } from './model.ts';
import { noise } from './noise.ts';
import { defaultOptions, type SimulationOptions } from './options.ts';
import { simulate } from './simulate.ts';
import type { RecordRef, TraceTruth } from './truth.ts';

export interface WriteOptions extends Partial<SimulationOptions> {
  /** Gets the logs and nothing else. */
  readonly directory: string;
  /** Share of records without a correlation id (health checks, garbage collection …); default 0.1. */
  readonly noiseShare?: number;
  /** The older half of `api.log` goes to `api.log.1.gz`; default true. */
  readonly gzipRotated?: boolean;
  /** Default: `<directory>.truth.jsonl`, beside the folder, so that nobody reads it as a log. Null: none. */
  readonly truthPath?: string | null;
}

export interface Written {
  readonly directory: string;
  readonly files: readonly string[];
  readonly truthPath: string | null;
  readonly traces: readonly TraceTruth[];
  readonly records: number;
}

export async function writeLogs(options: WriteOptions): Promise<Written> {
  return writeTraces(simulate(options), options);
}

/** Writes any traces, interleaved by time, with noise between them. */
export async function writeTraces(traces: Iterable<SimulatedTrace>, options: WriteOptions): Promise<Written> {
  const all = [...traces];
  const events = all.flatMap(trace => trace.events);
  const files = groupBy(
    [...events, ...noise(events, options.noiseShare ?? 0.1, options.seed ?? defaultOptions.seed)],
    event => event.service.file,
  );
  await mkdir(options.directory, { recursive: true });
  const places = new Map<LogEvent, RecordRef>();
  const names: string[] = [];
  for (const [name, lines] of files) {
    lines.sort((a, b) => a.time - b.time);
    const rotated = (options.gzipRotated ?? true) && name === 'api.log';
    const half = rotated ? Math.floor(lines.length / 2) : 0;
    if (half) {
      const text = place(`${name}.1.gz`, lines.slice(0, half), places);
      await writeFile(join(options.directory, `${name}.1.gz`), gzipSync(text));
      names.push(`${name}.1.gz`);
    }
    await writeFile(join(options.directory, name), place(name, lines.slice(half), places));
    names.push(name);
  }
  const truth = truthsOf(all, places);
  const truthPath = options.truthPath === undefined ? `${options.directory}.truth.jsonl` : options.truthPath;
  if (truthPath) await writeFile(truthPath, truth.map(trace => `${JSON.stringify(trace)}\n`).join(''));
  return { directory: options.directory, files: names.sort(), truthPath, traces: truth, records: places.size };
}

/** The text of one file; notes where each of its records begins. */
function place(source: string, events: readonly LogEvent[], places: Map<LogEvent, RecordRef>): string {
  let line = 1;
  const texts: string[] = [];
  for (const event of events) {
    const text = formatEvent(event);
    places.set(event, { source, line });
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    line++;
    texts.push(text, '\n');
  }
  return texts.join('');
}

function truthsOf(traces: readonly SimulatedTrace[], places: ReadonlyMap<LogEvent, RecordRef>): TraceTruth[] {
  const locate = (event: LogEvent): RecordRef => {
    const found = places.get(event);
    if (!found) throw new Error('a record was not written');
    return { ...found };
  };
  const truths = traces.map(trace => truthOf(trace, locate));
  const byId = new Map(truths.map(truth => [truth.correlationId, truth]));
  for (const { mentions, events } of traces) {
    const line = mentions && events.find(event => event.message.includes(mentions));
    if (line) byId.get(mentions)?.mentions.push(locate(line));
  }
  return truths;
}
