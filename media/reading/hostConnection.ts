import type { DetectedSource } from '../../src/common/protocol/documents';
import type { ReadingHost, ReadingPage, ReadingState, SourceRequest } from '../../src/common/protocol/readingProtocol';
import { RpcChannel } from '../../src/common/protocol/rpcChannel';
import { checked, hostPort } from '../page/hostPort';
import type { VsCodeApi } from '../page/vscodeApi';
import { sourceSchema, stateSchema } from './messageSchemas';

/** The extension, as this page sees it: every answer has been checked. */
export interface HostConnection {
  ready(): Promise<ReadingState>;
  source(request: SourceRequest): Promise<DetectedSource>;
  tell<Method extends 'read' | 'openLine' | 'change' | 'assign' | 'openSetting' | 'addLogs'>(
    method: Method,
    ...request: Parameters<ReadingHost[Method]>
  ): Promise<void>;
}

export function connectHost(vscode: VsCodeApi, page: ReadingPage): HostConnection {
  const channel = new RpcChannel(hostPort(vscode), {
    show: (state: unknown) => page.show(checked('show', stateSchema, state)),
  });
  return {
    ready: async () => checked('ready', stateSchema, await channel.request('ready', undefined)),
    source: async request => checked('source', sourceSchema, await channel.request('source', request)),
    tell: (method, ...[request]) => channel.request<void>(method, request),
  };
}
