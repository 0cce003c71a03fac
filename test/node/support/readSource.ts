import assert from 'node:assert/strict';
import { type Discovered, discoverSources } from '../../../src/node/sources/discover/discoverSources';
import { openSource } from '../../../src/node/sources/openSource';
import type { UnpackLimits } from '../../../src/node/sources/unpack/unpackedSource';

export const discover = (...paths: string[]): Promise<Discovered> =>
  discoverSources(paths.map(place => ({ kind: 'path', path: place })));

/** All that the one source at a path hands out, and how it ended. */
export async function readSource(place: string, limits?: UnpackLimits) {
  const { sources, skipped } = await discover(place);
  const [ref] = sources;
  assert.ok(ref, `${place}: ${skipped[0]?.reason}`);
  const source = openSource(ref, limits);
  const chunks: Buffer[] = [];
  try {
    const end = await source.stream(chunk => chunks.push(Buffer.from(chunk)) > 0);
    return { ...end, ref, text: Buffer.concat(chunks).toString() };
  } finally {
    source.close();
  }
}
