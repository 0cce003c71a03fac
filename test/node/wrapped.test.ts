import assert from 'node:assert/strict';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { orderId, otherId, tempFolder, withEngine } from './support/logs';

/** What one call of a program's logger printed. */
interface Written {
  id: string;
  stream: 'stdout' | 'stderr';
  /** Bytes of the line, and where they are cut. */
  pad: number;
  cut: number;
  stack: number;
}

type Wrap = (text: string, stream: string, isLast: boolean, second: number) => string;

const stamp = (second: number): string =>
  `2026-03-02T${String(10 + Math.floor(second / 3600)).padStart(2, '0')}:${String(Math.floor(second / 60) % 60).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}.123456789Z`;
const docker: Wrap = (text, stream, isLast, second) =>
  JSON.stringify({ log: isLast ? `${text}\n` : text, stream, time: stamp(second) });
const cri: Wrap = (text, stream, isLast, second) => `${stamp(second)} ${stream} ${isLast ? 'F' : 'P'} ${text}`;

const inner = {
  json: (id: string, pad: number, at: number) =>
    JSON.stringify({ level: 'INFO', correlationId: id, msg: `take ${at} ${'y'.repeat(pad)}`, n: at }),
  text: (id: string, pad: number, at: number) =>
    `2026-03-02 10:00:00,000 INFO [main] a.b.Till - take ${at} ${'y'.repeat(pad)} correlationId=${id}`,
};

/** The file's text, and the first lines of the records with the order's ID, from 1. */
function fileOf(all: readonly Written[], wrap: Wrap, kind: keyof typeof inner) {
  const lines: string[] = [];
  const own: number[] = [];
  for (const [at, { id, stream, pad, cut, stack }] of all.entries()) {
    if (id === orderId) own.push(lines.length + 1);
    const text = inner[kind](id, pad, at);
    // An ID that is cut in two is none.
    const head = kind === 'json' ? 100 : 90;
    const tail = text.length - 80;
    for (let from = 0; from < text.length; ) {
      const to = from + cut > tail ? text.length : Math.max(head, from + cut);
      lines.push(wrap(text.slice(from, to), stream, to === text.length, at));
      from = to;
    }
    for (let frame = 0; frame < stack; frame++)
      lines.push(wrap(`\tat a.b.Till.pay(Till.java:${frame})`, stream, true, at));
  }
  return { text: `${lines.join('\n')}\n`, own, records: all.length };
}

async function read(content: string | Buffer, name: string) {
  const folder = tempFolder({ [name]: content });
  return withEngine([folder], async engine => {
    const result = await engine.lookup({ text: orderId });
    assert.ok(result.kind === 'trace');
    const { traceId, records } = result.trace;
    const all = await engine.records({ traceId, from: 0, to: records });
    const { traces } = await engine.list({});
    const { sources } = await engine.sources({ full: true });
    const at = await engine.at({ source: path.join(folder, name), line: all.at(-1)?.line ?? 1 });
    return {
      own: all.map(({ line }) => line ?? 0).sort((a, b) => a - b),
      listed: traces.find(({ correlationId }) => correlationId === orderId)?.records ?? 0,
      records: sources[0]?.records,
      lines: sources[0]?.lines,
      at: at.explain.record.firstLine,
      last: all.at(-1)?.line,
    };
  });
}

const written = fc.record<Written>({
  id: fc.constantFrom(orderId, otherId, otherId),
  stream: fc.constantFrom('stdout', 'stdout', 'stderr'),
  pad: fc.constantFrom(0, 10, 200, 40_000, 90_000),
  cut: fc.constantFrom(120, 8000, 16_384, 16_384),
  stack: fc.constantFrom(0, 0, 1, 40),
});
const file = fc.record({
  all: fc.array(written, { minLength: 20, maxLength: 90 }),
  wrap: fc.constantFrom(docker, cri),
  kind: fc.constantFrom('json' as const, 'text' as const),
});

describe('what a container runtime cut and wrapped', () => {
  it('is found, listed and counted alike, in ranges and from a stream', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(file, async ({ all, wrap, kind }) => {
        const first: Written = { id: orderId, stream: 'stdout', pad: 0, cut: 16_384, stack: 0 };
        const { text, own, records } = fileOf([first, first, ...all], wrap, kind);
        const lines = text.split('\n').length - 1;
        for (const [content, name] of [
          [text, 'a.log'],
          [gzipSync(text), 'a.log.gz'],
        ] as const) {
          const found = await read(content, name);
          assert.deepEqual(found.own, own, name);
          assert.equal(found.listed, own.length);
          assert.deepEqual([found.records, found.lines], [records, lines]);
          assert.equal(found.at, found.last);
        }
      }),
      { numRuns: 6 },
    );
  });
});
