import assert from 'node:assert/strict';
import { orderId, tempFolder, withEngine } from './support/logs';

/** What every object has, whether or not anybody put it there. */
const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'isPrototypeOf'];
const pairs = (join: (name: string) => string) => names.map(join).join('');
const stamp = '2026-03-02T10:15:00.100Z';
const request = `GET /orders/${orderId} HTTP/1.1`;

const lines: Record<string, string> = {
  logfmt: `ts=${stamp} level=toString correlation_id=${orderId}${pairs(name => ` ${name}=${name}`)} msg=constructor`,
  json: JSON.stringify({ timestamp: stamp, correlationId: orderId, level: 'constructor', kind: 'valueOf' }).replace(
    /\}$/,
    `${pairs(name => `,"${name}":"${name}","gen_ai.operation.name":"${name}","span.${name}":{"refType":"${name}"}`)}}`,
  ),
  access: `10.0.0.1 - - [02/Mar/2026:10:15:00 +0000] "${request}" 200 12 "-" "curl"${pairs(name => ` ${name}=1.5s`)}`,
  audit: `type=constructor msg=audit(1772446500.100:24287): correlationId=${orderId}${pairs(name => ` ${name}=1`)}`,
  xml: `<Event><TimeCreated SystemTime="${stamp}"/><correlationId>${orderId}</correlationId>${pairs(name => `<${name}>&${name};</${name}>`)}</Event>`,
  text: `${stamp} INFO constructor [${orderId}] ${pairs(name => `${name}-${orderId.slice(0, 8)} [${name}: ${name}] `)}`,
};

describe('Fields with the names that every object has', () => {
  for (const [format, line] of Object.entries(lines)) {
    it(`are fields like any other: ${format}`, async () => {
      const folder = tempFolder({ 'a.log': `${line}\n`.repeat(40) });
      await withEngine([folder], async engine => {
        const found = await engine.lookup({ text: orderId });
        assert.equal(found.kind, 'trace', JSON.stringify(found));
        if (found.kind !== 'trace') return;
        assert.deepEqual(found.completeness.skippedSources, []);
        const document = await engine.document(found.trace.traceId);
        assert.equal(
          document.steps.reduce((sum, { records }) => sum + records.length, 0),
          40,
        );
        assert.doesNotMatch(JSON.stringify(document), /native code/);
        const { completeness } = await engine.list({});
        assert.deepEqual([completeness.skippedSources, completeness.records], [[], 40]);
      });
    });
  }
});
