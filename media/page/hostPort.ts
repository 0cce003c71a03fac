import * as v from 'valibot';
import type { Port } from '../../src/common/protocol/rpcChannel';
import type { VsCodeApi } from './vscodeApi';

/** The extension as the other end of an `RpcChannel`. It outlives the page, so the port never closes. */
export function hostPort(vscode: VsCodeApi): Port {
  return {
    post: message => vscode.postMessage(message),
    onMessage: receive => window.addEventListener('message', event => receive(event.data)),
    onClose: () => {},
  };
}

/** @throws Error without valibot's own text, which repeats what was received. */
export function checked<Answer>(method: string, schema: v.GenericSchema<unknown, Answer>, value: unknown): Answer {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new Error(`Malformed message "${method}" at "${v.getDotPath(parsed.issues[0]) ?? ''}".`);
}
