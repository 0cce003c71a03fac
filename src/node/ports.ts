import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import type { Port } from '../common/protocol/rpcChannel';

/** A worker as its owner sees it. Whatever ends or breaks it closes the port, so that nothing stays pending. */
export function workerPort(worker: Worker): Port {
  return {
    post: (message, transfer) => worker.postMessage(message, transfer as readonly Transferable[] | undefined),
    onMessage: receive => worker.on('message', receive),
    onClose: closed => {
      worker.on('error', error => closed(error instanceof Error ? error.message : String(error)));
      worker.on('messageerror', error => closed(error.message));
      worker.on('exit', code => closed(`the worker ended with code ${code}`));
    },
  };
}

/** The other end, inside the worker. */
export function ownerPort(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, transfer as readonly Transferable[] | undefined),
    onMessage: receive => port.on('message', receive),
    onClose: closed => port.on('close', () => closed('the owner is gone')),
  };
}
