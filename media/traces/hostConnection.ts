import type { TraceName, TraceSummaryDocument } from '../../src/common/protocol/documents';
import { RpcChannel } from '../../src/common/protocol/rpcChannel';
import type {
  TraceCandidates,
  TraceQuery,
  TracesHost,
  TracesPage,
  TracesState,
} from '../../src/common/protocol/tracesProtocol';
import { checked, hostPort } from '../page/hostPort';
import type { VsCodeApi } from '../page/vscodeApi';
import { candidatesSchema, namesSchema, rowsSchema, stateSchema } from './messageSchemas';

type Telling = Exclude<keyof TracesHost, 'ready' | 'rows' | 'names' | 'candidates'>;

/** The extension, as this page sees it: every answer has been checked. */
export interface HostConnection {
  ready(query: TraceQuery | null): Promise<TracesState>;
  rows(request: Parameters<TracesHost['rows']>[0], signal: AbortSignal): Promise<TraceSummaryDocument[]>;
  names(ids: string[], signal: AbortSignal): Promise<TraceName[]>;
  candidates(signal: AbortSignal): Promise<TraceCandidates>;
  tell<Method extends Telling>(method: Method, ...request: Parameters<TracesHost[Method]>): Promise<void>;
}

export function connectHost(vscode: VsCodeApi, page: TracesPage): HostConnection {
  const channel = new RpcChannel(hostPort(vscode), {
    show: (state: unknown) => page.show(checked('show', stateSchema, state)),
  });
  return {
    ready: async query => checked('ready', stateSchema, await channel.request('ready', { query })),
    rows: async (request, signal) => checked('rows', rowsSchema, await channel.request('rows', request, { signal })),
    names: async (ids, signal) => checked('names', namesSchema, await channel.request('names', { ids }, { signal })),
    candidates: async signal =>
      checked('candidates', candidatesSchema, await channel.request('candidates', undefined, { signal })),
    tell: (method, ...[request]) => channel.request<void>(method, request),
  };
}
