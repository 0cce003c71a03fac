/** Child of `profile.ts`: decides how files are read, in turn, and prints how long each took, as JSON. */
import { statSync } from 'node:fs';
import { sourceId } from '../../src/common/model/units';
import { sampleSource } from '../../src/node/engine/scan/sampleSource';
import type { SourceRef } from '../../src/node/sources/byteSource';

const times: number[] = [];
for (const path of process.argv.slice(2)) {
  const source: SourceRef = {
    id: sourceId(path),
    kind: 'file',
    packing: 'none',
    encoding: 'utf-8',
    storedSize: statSync(path).size,
    start: 0,
    file: null,
    identity: path,
    modified: Date.UTC(2026, 2, 3),
    written: null,
    text: null,
    member: null,
    mirror: null,
    set: null,
  };
  const start = performance.now();
  const { profile } = await sampleSource({ source, overrides: null, assumedZone: 'UTC' });
  times.push(performance.now() - start);
  if (!profile.roles.correlationId) throw new Error(`No ID was found in ${path}.`);
}
console.log(JSON.stringify(times));
