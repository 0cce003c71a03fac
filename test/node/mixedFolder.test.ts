import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarOf, zipOf } from './support/archives';
import { json, orderId, others, tempFolder, withEngine } from './support/logs';
import { packings } from './support/packings';
import { skip } from './support/skip';

/** `MIXED_MB=200 npx mocha …` makes the folder that large, by hand; its time and memory are printed. */
const megabytes = Number(process.env.MIXED_MB ?? 5);
/** Of a log in each file that has one, before it is packed. */
const linesOfFile = Math.ceil((megabytes * 1024 * 1024) / 10 / 190);

const wanted = (source: string): string =>
  json(90_000_000, { correlationId: orderId, service: source, message: `wanted in ${source}` });
const log = (source: string, lines = linesOfFile): string => others(lines) + wanted(source);

/** Packed by the program where it is installed. */
function packedBy(program: string, text: string): Buffer | null {
  try {
    return execFileSync(program, ['-c'], { input: text, maxBuffer: 2 ** 30, stdio: ['pipe', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}

/** What is in the folder and holds the ID, by the source it is found in. */
function readableFiles(): Map<string, { file: string; bytes: string | Uint8Array }> {
  const files = new Map<string, { file: string; bytes: string | Uint8Array }>();
  const add = (file: string, bytes: string | Uint8Array, source = file) => files.set(source, { file, bytes });
  add('plain.jsonl', log('plain'));
  add('set/app.log', log('live', 2000));
  add('set/app.log.1', log('older', 2000));
  add('set/app.log.2.gz', gzipSync(log('oldest', 2000)));
  add('packed.gz', gzipSync(log('gz')));
  for (const [ending, program] of Object.entries({ zst: 'zstd', bz2: 'bzip2', xz: 'xz' })) {
    const bytes = packedBy(program, log(ending));
    if (bytes) add(`packed.${ending}`, bytes);
  }
  add('logs.zip', zipOf([{ name: 'in/zipped.log', bytes: log('zip') }]), 'logs.zip!/in/zipped.log');
  add('logs.tar', tarOf([{ name: '../tarred.log', bytes: log('tar') }]), 'logs.tar!/../tarred.log');
  add('logs.tgz', gzipSync(tarOf([{ name: 'tarred.log', bytes: log('tgz') }])), 'logs.tgz!/tarred.log');
  add('utf16.log', Buffer.from(`\ufeff${log('utf16', 500)}`, 'utf16le'));
  add('latin1.log', Buffer.from(log('latin1', 500).replaceAll('taken', 'für Käse'), 'latin1'));
  add('bom.log', `\ufeff${log('bom', 500)}`);
  add('crlf.log', log('crlf', 500).replaceAll('\n', '\r\n'));
  add('hole.log', Buffer.concat([Buffer.alloc(1024 * 1024), Buffer.from(log('hole', 500))]));
  add('long.log', json(0, { correlationId: 'x', message: 'x'.repeat(3 * 1024 * 1024) }) + log('long', 500));
  return files;
}

describe('A folder of everything', () => {
  let socket: Server | null = null;
  after(() => socket?.close());

  it('is read to its end, with each oddity in the notes', async function () {
    if (process.platform === 'win32') skip(this, 'Windows has no pipes and sockets among files');
    this.timeout(600_000);
    const readable = readableFiles();
    const folder = tempFolder(Object.fromEntries([...readable.values()].map(({ file, bytes }) => [file, bytes])));
    const at = (name: string) => path.join(folder, name);
    const odd: Record<string, RegExp> = {};
    const add = (name: string, bytes: string | Uint8Array, reason: RegExp) => {
      mkdirSync(path.dirname(at(name)), { recursive: true });
      writeFileSync(at(name), bytes);
      odd[name] = reason;
    };
    add('empty.log', '', /empty/);
    add('empty.log.gz', gzipSync(''), /empty/);
    add('image.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /binary \(PNG\)/);
    add('core.dump', Buffer.from(Float64Array.from({ length: 9000 }, (_, index) => Math.sin(index)).buffer), /binary/);
    add('nuls.log', Buffer.alloc(100_000), /nothing but NULs/);
    add('old.7z', Buffer.from('377abcaf271c0004', 'hex'), /7-Zip/);
    add('twice.log.gz.gz', gzipSync(gzipSync('x\n')), /gzip inside gzip/);
    add('nested.zip', zipOf([{ name: 'in.tar', bytes: tarOf([{ name: 'x', bytes: 'x\n' }]) }]), /^/);
    odd['nested.zip!/in.tar'] = /an archive inside an archive/;
    delete odd['nested.zip'];
    add('locked.zip', zipOf([{ name: 'a.log', bytes: 'x\n', how: 'encrypted' }]), /^/);
    odd['locked.zip!/a.log'] = /encrypted/;
    delete odd['locked.zip'];
    add('broken.zip', zipOf([{ name: 'a.log', bytes: 'x\n' }]).subarray(0, 40), /a damaged zip archive/);
    add('set/app.log.1.gz', gzipSync(log('older', 2000)), /holds the same as .*app\.log\.1,/);
    execFileSync('mkfifo', [at('pipe.log')]);
    odd['pipe.log'] = /no regular file/;
    socket = createServer();
    await new Promise<void>(resolve => socket?.listen(at('socket.log'), resolve));
    odd['socket.log'] = /no regular file/;
    for (const [name, target, reason] of [
      ['zero.log', '/dev/zero', /no regular file/],
      ['self.log', 'self.log', /a loop of symbolic links/],
      ['dangling.log', 'nowhere.log', /not there/],
      ['again', '.', /a link to .*, which is read already/],
    ] as const) {
      symlinkSync(target, at(name));
      odd[name] = reason;
    }
    if (process.getuid?.() === 0) console.log('      (not tried: a file without permission, since root may read it)');
    else {
      add('secret.log', 'x\n', /no permission/);
      chmodSync(at('secret.log'), 0);
    }
    const damaged = {
      'cut.log.gz': gzipSync(others(3000)).subarray(0, 9000),
      'cut.log.zst': packings.zstd.text.subarray(0, 99),
    };
    for (const [name, bytes] of Object.entries(damaged)) writeFileSync(at(name), bytes);

    const started = performance.now();
    await withEngine([folder], async engine => {
      const detected = await engine.sources({ full: true });
      const told = detected.notes.map(({ text }) => text);
      for (const [name, reason] of Object.entries(odd)) {
        assert.ok(
          told.some(
            text => text.startsWith(`${at(name)} is not read: `) && reason.test(text.slice(at(name).length + 14)),
          ),
          `${name}: ${told.filter(text => text.startsWith(at(name)))}`,
        );
      }
      for (const name of Object.keys(damaged)) {
        assert.ok(
          told.some(text => text.startsWith(`${at(name)} is cut off or damaged`)),
          name,
        );
      }
      const sources = detected.sources.map(source => path.relative(folder, source.path));
      assert.equal(new Set(sources).size, sources.length);
      assert.equal(detected.sources.length, readable.size + Object.keys(damaged).length);
      const plain = detected.sources.find(source => source.path === at('plain.jsonl'));
      assert.equal(plain?.records, linesOfFile + 1);

      const result = await engine.lookup({ text: orderId });
      assert.equal(result.kind, 'trace');
      const document = result.kind === 'trace' ? await engine.document(result.trace.traceId) : null;
      const found = new Set(document?.steps.flatMap(({ records }) => records.map(({ source }) => source)));
      const expected = [...readable.keys()].map(source => `${folder}${path.sep}${source}`);
      assert.deepEqual([...found].sort(), expected.sort());
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (process.env.MIXED_MB) {
      console.log(`      ${megabytes} MB: ${seconds} s, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
    }
  });
});
