import { AbortError } from '../../../src/common/protocol/rpcChannel';
import { noHost } from '../../../src/common/protocol/sourceHost';
import { createEngine } from '../../../src/node/engine/createEngine';
import { MirrorStore } from '../../../src/node/remote/mirrorStore';
import { RemoteWork } from '../../../src/node/remote/remoteWork';
import { type FarFile, type FileTransport, RemoteError } from '../../../src/node/remote/transport';
import { tempFolder } from './logs';
import { scanWorker } from './workers';

/** Files of another machine, in memory, and what may go wrong on the way to them. */
export class FarSide {
  readonly files = new Map<string, { bytes: Buffer; modified: number }>();
  /** Bytes that were sent. */
  sent = 0;
  lists = 0;
  /** So many bytes later the connection breaks, once. */
  breakAfter = Number.POSITIVE_INFINITY;
  /** Waits before each read. */
  gate: Promise<void> = Promise.resolve();
  searches: string[][] = [];
  /** Whether it can search by itself. */
  canSearch = false;
  /** Called before a file is opened. */
  onRead: () => void = () => {};
  private clock = Date.parse('2026-03-02T10:00:00Z');

  write(name: string, text: string | Uint8Array): void {
    this.clock += 1_000;
    this.files.set(`ssh://far${name}`, { bytes: Buffer.from(text), modified: this.clock });
  }

  append(name: string, text: string): void {
    const before = this.files.get(`ssh://far${name}`)?.bytes ?? Buffer.alloc(0);
    this.write(name, Buffer.concat([before, Buffer.from(text)]));
  }

  rename(from: string, to: string): void {
    const file = this.files.get(`ssh://far${from}`);
    if (file) this.files.set(`ssh://far${to}`, file);
    this.files.delete(`ssh://far${from}`);
  }

  get transport(): FileTransport {
    const search = async (file: FarFile, texts: readonly string[]) => {
      this.searches.push([...texts]);
      const { bytes } = this.file(file.url);
      const whole = bytes.toString('latin1').toLowerCase();
      const found = texts.flatMap(text =>
        [...whole.matchAll(new RegExp(text.toLowerCase(), 'g'))].map(({ index }) => ({
          at: index,
          line: whole.slice(0, index).split('\n').length,
        })),
      );
      return found.sort((a, b) => a.at - b.at);
    };
    const countLines = async ({ url }: FarFile, to: number) =>
      this.file(url)
        .bytes.subarray(0, to)
        .filter(byte => byte === 0x0a).length;
    return {
      kind: 'files',
      list: async place => {
        this.lists++;
        const prefix = place.replace(/\*.*$/, '');
        const files = [...this.files]
          .filter(([url]) => url.startsWith(prefix))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([url, { bytes, modified }]) => ({ url, size: bytes.length, modified, version: null, identity: null }));
        if (files.length === 0) throw new RemoteError(`far has no ${place}: check the path`);
        return { files, skipped: [] };
      },
      read: async (file, stretches, take, signal) => {
        this.onRead();
        const { bytes } = this.file(file.url);
        const stopped = aborted(signal);
        stopped.catch(() => {});
        for (const { from, to } of stretches) {
          for (let at = from; at < Math.min(to, bytes.length); at += 32 * 1024) {
            await Promise.race([this.gate, stopped]);
            const chunk = bytes.subarray(at, Math.min(to, at + 32 * 1024));
            if (this.sent + chunk.length > this.breakAfter) {
              this.breakAfter = Number.POSITIVE_INFINITY;
              throw new RemoteError('far broke off', { passing: true });
            }
            this.sent += chunk.length;
            await take(chunk, at);
          }
        }
      },
      ...(this.canSearch ? { search, countLines } : {}),
      close: () => {},
    };
  }

  /** @param folder where the copies are kept */
  work(folder = tempFolder(), mostBytes = 2 ** 30): RemoteWork {
    return new RemoteWork({
      store: new MirrorStore(folder, mostBytes),
      host: noHost,
      connect: async () => () => this.transport,
      pauses: [5, 5, 5],
      interval: 20,
    });
  }

  engine(folder = tempFolder()) {
    return createEngine({ scanWorker, workers: 2, assumedZone: 'UTC' }, noHost, this.work(folder));
  }

  private file(url: string) {
    const file = this.files.get(url);
    if (!file) throw new RemoteError(`${url} is not there any more`);
    return file;
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = () => reject(new AbortError());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
