import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Awaited } from './awaited';

/** What is left of a body is read to its end, to keep the connection, if it is no longer than so many bytes. */
const readToEnd = 16 * 1024;

export interface HttpAnswer {
  /** Where it comes from, behind all redirects. */
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  /**
   * The body piece by piece, each good only until the next is asked for; to end it early lets the connection go.
   * @throws RemoteError where it breaks off, AbortError
   */
  body: AsyncGenerator<Buffer, void, void>;
  /** Lets go of an answer whose body is not wanted. */
  drop(): void;
}

/** An answer of Node's client. @param watch is told while something is awaited @param told what an error means */
export function answerOf(
  url: URL,
  response: IncomingMessage,
  watch: Awaited,
  told: (error: unknown) => Error,
): HttpAnswer {
  const drop = () => {
    watch.end();
    if (response.destroyed) return;
    const length = Number(response.headers['content-length'] ?? Number.POSITIVE_INFINITY);
    if (!response.complete && length > readToEnd) return void response.destroy();
    // The connection is free for others when all was read.
    const rest = new Awaited(1_000, () => response.destroy());
    response.on('close', () => rest.end()).resume();
  };
  response.on('error', () => {});
  const body = bodyOf(response, watch, told, drop);
  return { url, status: response.statusCode ?? 0, headers: response.headers, body, drop };
}

/** Hands out pieces as they come, see `HttpAnswer`. */
export async function* bodyOf(
  pieces: AsyncIterable<Buffer>,
  watch: Awaited,
  told: (error: unknown) => Error,
  drop: () => void,
): AsyncGenerator<Buffer, void, void> {
  try {
    watch.resume();
    for await (const piece of pieces) {
      watch.pause();
      yield piece;
      watch.resume();
    }
  } catch (error) {
    throw told(error);
  } finally {
    drop();
  }
}
