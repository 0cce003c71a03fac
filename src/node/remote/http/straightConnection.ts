import type { IncomingHttpHeaders } from 'node:http';
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';

/** What is read at a time, in bytes. */
const landing = 256 * 1024;
const longestHead = 64 * 1024;

export interface StraightHead {
  status: number;
  headers: IncomingHttpHeaders;
  /** Bytes of the body. */
  length: number;
}

/**
 * A connection to an HTTP server, for long bodies: what comes is read into one and the same buffer. The client of Node
 * makes two new ones of every 64 KB, and to collect them takes longer than all else. Just the plain answers are understood
 * here: HTTP/1.1, with a length.
 */
export class StraightConnection {
  /** Whether it has answered before. */
  isKept = false;
  /** Whether something came since it was asked. */
  isAnswered = false;
  private readonly socket: Socket;
  /** What came and was not taken yet; nothing more is read until it was. */
  private came = Buffer.alloc(0);
  private ended: Error | null = null;
  private wake = () => {};

  constructor(options: TcpNetConnectOpts) {
    const buffer = Buffer.allocUnsafeSlow(landing);
    const callback = (length: number) => {
      this.came = buffer.subarray(0, length);
      this.isAnswered = true;
      this.wake();
      return false;
    };
    this.socket = connect({ ...options, noDelay: true, onread: { buffer, callback } });
    const end = (error: Error) => {
      this.ended ??= error;
      this.wake();
    };
    const close = () => end(new Error('it was closed'));
    this.socket.on('error', end).on('end', close).on('close', close);
  }

  /** Nothing comes any more. @param error what is pending fails with */
  end(error = new Error('it was closed')): void {
    this.ended ??= error;
    this.socket.destroy();
    this.wake();
  }

  /**
   * Sends a request and awaits the head of its answer. @returns `null` where that is not a plain one
   * @throws Error where the connection ends
   */
  async ask(request: string): Promise<StraightHead | null> {
    this.isAnswered = false;
    this.wake = () => {};
    this.socket.write(request, 'latin1');
    for (let text = ''; text.length < longestHead; ) {
      text += (await this.next(longestHead)).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) continue;
      const body = text.slice(end + 4);
      this.came = Buffer.concat([Buffer.from(body, 'latin1'), this.came]);
      return headOf(text.slice(0, end));
    }
    return null;
  }

  /**
   * A body, each piece of which is good until the next is asked for. @param whole told when all of it came
   * @throws Error where the connection ends
   */
  async *body(length: number, whole: () => void): AsyncGenerator<Buffer, void, void> {
    for (let left = length; left > 0; ) {
      const bytes = await this.next(left);
      left -= bytes.length;
      if (left === 0) whole();
      yield bytes;
    }
  }

  /** Waits for another request, all of an answer being read. @param gone told when it ends meanwhile, or says what nobody asked for */
  rest(gone: () => void): void {
    this.isKept = true;
    this.wake = () => {
      this.wake = () => {};
      this.end();
      gone();
    };
    if (this.ended || this.came.length > 0) this.wake();
    else this.socket.resume();
  }

  private async next(most: number): Promise<Buffer> {
    if (this.came.length === 0 && !this.ended) {
      await new Promise<void>(resolve => {
        this.wake = resolve;
        this.socket.resume();
      });
    }
    if (this.came.length === 0) throw this.ended;
    const bytes = this.came.subarray(0, most);
    this.came = this.came.subarray(bytes.length);
    return bytes;
  }
}

/** RFC 9112 §4, §5: what is written in another way than usual is left to who knows all ways. */
function headOf(text: string): StraightHead | null {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.1 ([2-5]\d\d)(?: |$)/.exec(first)?.[1];
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined || headers[name.toLowerCase()] !== undefined) return null;
    headers[name.toLowerCase()] = value;
  }
  const length = headers['content-length'] ?? '';
  if (status === undefined || !/^\d{1,15}$/.test(length) || headers['transfer-encoding'] !== undefined) return null;
  return { status: Number(status), headers, length: Number(length) };
}
