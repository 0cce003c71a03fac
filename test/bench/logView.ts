/**
 * What a view of a huge log costs: `npm run bench:view -- FILE`, after `npm run build`. Times as a page would see them
 * that asks through the extension: opening at a line far inside, jumps to places all over the log, and memory of the
 * process over what it takes with an engine that does nothing.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShownLines } from '../../src/common/protocol/logReader';
import { EngineClient } from '../../src/node/engine/engineClient';

const [source = ''] = process.argv.slice(2);
const jumps = 200;
const dist = path.resolve(import.meta.dirname, '../../dist');
const script = (name: string) => ({ path: path.join(dist, name) });
const engine = new EngineClient({ engineWorker: script('engineWorker.cjs'), scanWorker: script('scanWorker.cjs') });
const megabytes = () => Math.round(process.memoryUsage.rss() / 1e6);
const timed = async <Result>(what: string, run: () => Promise<Result>): Promise<Result> => {
  const start = performance.now();
  const result = await run();
  console.log(`${what}: ${Math.round(performance.now() - start)} ms, ${megabytes()} MB`);
  return result;
};
const lines = (at: number): Promise<ShownLines> => engine.lines({ source, at, before: 100, after: 200 });

const { size } = statSync(source);
await engine.setSources([]);
await engine.release('');
await engine.list({}).catch(() => undefined);
await delay(500);
console.log(`${source}: ${(size / 1e9).toFixed(1)} GB; an engine that does nothing: ${megabytes()} MB`);

await timed('open in the middle', () => lines(Math.floor(size / 2)));
const times: number[] = [];
for (let index = 0; index < jumps; index++) {
  const start = performance.now();
  await lines(Math.floor(((index * 0.618) % 1) * size));
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const part = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0);
console.log(`${jumps} jumps: median ${part(0.5)} ms, 95 % ${part(0.95)} ms, most ${part(1)} ms; ${megabytes()} MB`);
await timed('go to the end', () => lines(Number.MAX_SAFE_INTEGER));
const { lines: all } = await timed('count all lines', () => engine.countLines({ source }));
await timed('go to a line', () => engine.countLines({ source, toLine: Math.floor(all * 0.7) }));
const find = (matchCase: boolean) =>
  engine.findText({ source, text: 'this stands nowhere', matchCase, from: 0, backwards: false });
await timed('search all of it', () => find(true));
await timed('search all of it, whatever the case', () => find(false));
const sought = { source, text: process.argv[3] ?? 'error', matchCase: false };
const { matches, ended } = await timed(`count "${sought.text}"`, () => engine.countMatches(sought));
const at = Math.floor(size * 0.7);
const before = await timed('count what stands before 70 %', () => engine.matchesBefore({ ...sought, at }));
console.log(`${matches} matches, ended: ${ended}, ${before} before 70 %`);
const cancels: number[] = [];
for (let turn = 0; turn < 20; turn++) {
  const abort = new AbortController();
  // Each another text, so that it begins anew.
  const counting = engine
    .countMatches({ ...sought, text: `nowhere ${turn}` }, { signal: abort.signal })
    .catch(() => {});
  await delay(200);
  abort.abort();
  const start = performance.now();
  await counting;
  // Whether the worker is free again, too.
  await engine.findText({ source, text: '"', matchCase: true, from: 0, backwards: false });
  cancels.push(performance.now() - start);
}
cancels.sort((a, b) => a - b);
console.log(
  `cancelled, and the next text found: median ${cancels[10]?.toFixed(1)} ms, most ${cancels.at(-1)?.toFixed(1)} ms`,
);
await engine.dispose();
