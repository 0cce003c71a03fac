import { createReadStream, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { LogRecord } from '../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../src/common/model/units';
import { compileReader } from '../../src/common/profile/compileReader';
import { joinKey } from '../../src/common/profile/ids';
import { profileSource } from '../../src/common/profile/profileSource';
import { framerOf } from '../../src/common/scan/framer';

const sampleBytes = 256 * 1024;

/**
 * All records of a folder's logs under the join keys of their correlation IDs, read in this thread by the product's own
 * reading layer. For tests that want every trace at once.
 */
export async function readFolder(directory: string): Promise<Map<string, LogRecord[]>> {
  const groups = new Map<string, LogRecord[]>();
  for (const name of readdirSync(directory).sort()) {
    const path = join(directory, name);
    const stream = name.endsWith('.gz') ? createReadStream(path).pipe(createGunzip()) : createReadStream(path);
    const reader = compileReader(profileSource({ sample: await firstBytes(path), sourceName: path }));
    const framer = framerOf(reader.profile, reader, ({ bytes, byteStart, byteEnd, line }) => {
      const location = {
        source: sourceId(path),
        line: lineNumber(line),
        byteStart: byteOffset(byteStart),
        byteEnd: byteOffset(byteEnd),
      };
      for (const { record } of reader.read(Buffer.from(bytes).toString('utf8'), location)) {
        for (const key of new Set(record.correlationIds.map(({ id }) => joinKey(id)))) {
          const list = groups.get(key);
          if (list) list.push(record);
          else groups.set(key, [record]);
        }
      }
    });
    for await (const chunk of stream) framer.push(chunk as Buffer);
    framer.finish();
  }
  return groups;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  if (path.endsWith('.gz')) {
    for await (const chunk of createReadStream(path).pipe(createGunzip())) return chunk as Buffer;
    return new Uint8Array();
  }
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
