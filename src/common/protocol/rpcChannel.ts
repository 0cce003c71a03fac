/**
 * One request/reply channel for workers and webviews. Every request settles: by its reply, by an error of the other
 * side, by the port closing, or by its abort signal (the other side is told).
 */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Registers the one receiver of messages. */
  onMessage(receive: (message: unknown) => void): void;
  /** Registers the one receiver of the news that nothing more will come; `reason` is for a person. */
  onClose(closed: (reason: string) => void): void;
}

export interface HandlerContext {
  signal: AbortSignal;
  /** Sends an interim value to the caller's `onProgress`. */
  progress(value: unknown): void;
}

export type Handlers = Record<string, (argument: never, context: HandlerContext) => Promise<unknown> | unknown>;

export interface RequestOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((value: never) => void) | undefined;
  /** Takes what arrives after `signal` aborted, be it progress or the result: the other side was faster than the abort. */
  onLate?: ((value: never) => void) | undefined;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress: ((value: never) => void) | undefined;
}

type Message =
  | { type: 'request'; id: number; method: string; argument: unknown }
  | { type: 'reply'; id: number; value: unknown }
  | { type: 'error'; id: number; name: string; message: string }
  | { type: 'progress'; id: number; value: unknown }
  | { type: 'cancel'; id: number };

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'type' in value && 'id' in value && typeof value.id === 'number';

export class AbortError extends Error {
  override readonly name = 'AbortError';
  constructor(message = 'The request was cancelled.') {
    super(message);
  }
}

/** The other side is gone: nothing that is pending will be answered. The message says why. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';
}

export class RpcChannel {
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  /** Who takes the late answers of aborted requests; an entry lives until the other side's last word on it. */
  private readonly late = new Map<number, (value: never) => void>();
  private readonly running = new Map<number, AbortController>();
  private closedBecause: string | null = null;
  private readonly port: Port;
  private readonly handlers: Handlers;

  constructor(port: Port, handlers: Handlers = {}) {
    this.port = port;
    this.handlers = handlers;
    port.onMessage(message => this.receive(message));
    port.onClose(reason => this.close(reason));
  }

  /** @throws Error with the other side's name and message; AbortError where `signal` aborts. */
  request<Result>(method: string, argument: unknown, options: RequestOptions = {}): Promise<Result> {
    if (this.closedBecause !== null) return Promise.reject(new ClosedError(this.closedBecause));
    if (options.signal?.aborted) return Promise.reject(new AbortError());
    const id = this.nextId++;
    return new Promise<Result>((resolve, reject) => {
      const abort = () => {
        this.settle(id)?.reject(new AbortError());
        if (options.onLate) this.late.set(id, options.onLate);
        this.port.post({ type: 'cancel', id } satisfies Message);
      };
      const done = () => options.signal?.removeEventListener('abort', abort);
      this.pending.set(id, {
        resolve: value => {
          done();
          resolve(value as Result);
        },
        reject: error => {
          done();
          reject(error);
        },
        onProgress: options.onProgress,
      });
      options.signal?.addEventListener('abort', abort, { once: true });
      try {
        this.port.post({ type: 'request', id, method, argument } satisfies Message);
      } catch (error) {
        this.settle(id)?.reject(asError(error));
      }
    });
  }

  /** Rejects everything that is pending and cancels everything that runs. */
  close(reason: string): void {
    if (this.closedBecause !== null) return;
    this.closedBecause = reason;
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(new ClosedError(reason));
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
    this.late.clear();
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private receive(message: unknown): void {
    if (!isMessage(message)) return;
    switch (message.type) {
      case 'request':
        void this.run(message);
        return;
      case 'reply':
        this.late.get(message.id)?.(message.value as never);
        this.late.delete(message.id);
        this.settle(message.id)?.resolve(message.value);
        return;
      case 'error':
        this.late.delete(message.id);
        this.settle(message.id)?.reject(revive(message.name, message.message));
        return;
      case 'progress':
        (this.pending.get(message.id)?.onProgress ?? this.late.get(message.id))?.(message.value as never);
        return;
      case 'cancel':
        this.running.get(message.id)?.abort();
        return;
    }
  }

  private async run({ id, method, argument }: Extract<Message, { type: 'request' }>): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const context: HandlerContext = {
      signal: controller.signal,
      progress: value => this.send({ type: 'progress', id, value }),
    };
    try {
      const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method] : undefined;
      if (!handler) throw new Error(`Unknown request "${method}".`);
      this.send({ type: 'reply', id, value: await handler(argument as never, context) });
    } catch (error) {
      const { name, message } = asError(error);
      this.send({ type: 'error', id, name, message });
    } finally {
      this.running.delete(id);
    }
  }

  private send(message: Message): void {
    if (this.closedBecause === null) this.port.post(message);
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function revive(name: string, message: string): Error {
  if (name === 'AbortError') return new AbortError(message);
  const error = new Error(message);
  error.name = name;
  return error;
}
