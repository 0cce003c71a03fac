import * as v from 'valibot';
import { type Port, RpcChannel } from '../../src/common/protocol/rpcChannel';
import type { TimelineHost, TimelinePage } from '../../src/common/protocol/timelineProtocol';
import { locationSchema, rowsSchema, selectSchema, stateSchema, stepSchema } from './messageSchemas';
import type { VsCodeApi } from './vscodeApi';

/** The extension, as the page sees it: every answer is awaited and has been checked. */
export type HostConnection = {
  [Method in keyof TimelineHost]: (
    ...request: [...Parameters<TimelineHost[Method]>, signal?: AbortSignal]
  ) => Promise<ReturnType<TimelineHost[Method]>>;
};

/** @throws ValiError, by rejection, where a message does not have the shape that the protocol gives it. */
export function connectHost(vscode: VsCodeApi, page: TimelinePage): HostConnection {
  const channel = new RpcChannel(webviewPort(vscode), {
    show: (state: unknown) => page.show(v.parse(stateSchema, state)),
    select: (request: unknown) => page.select(v.parse(selectSchema, request)),
  });
  const ask =
    <Answer>(method: keyof TimelineHost, answer: v.GenericSchema<unknown, Answer>) =>
    async (request?: unknown, signal?: AbortSignal): Promise<Answer> =>
      v.parse(answer, await channel.request(method, request, { signal }));
  const tell = (method: keyof TimelineHost) => (request?: unknown) => channel.request<void>(method, request);
  return {
    ready: ask('ready', stateSchema),
    rows: ask('rows', rowsSchema),
    step: ask('step', stepSchema),
    locate: ask('locate', locationSchema),
    openRecord: tell('openRecord'),
    copy: tell('copy'),
    cancel: tell('cancel'),
    pivot: tell('pivot'),
  };
}

/** The extension outlives the page, so the port never closes. */
function webviewPort(vscode: VsCodeApi): Port {
  return {
    post: message => vscode.postMessage(message),
    onMessage: receive => window.addEventListener('message', event => receive(event.data)),
    onClose: () => {},
  };
}
