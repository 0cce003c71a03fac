import type { CountedLines, CountedMatches, ShownLines, TextPlace } from '../../src/common/protocol/logReader';
import type { LineInsight, LogViewHost, LogViewPage, LogViewState } from '../../src/common/protocol/logViewProtocol';
import { RpcChannel } from '../../src/common/protocol/rpcChannel';
import { checked, hostPort } from '../page/hostPort';
import type { VsCodeApi } from '../page/vscodeApi';
import {
  bytesSchema,
  countedSchema,
  countOrNullSchema,
  insightSchema,
  linesSchema,
  matchesSchema,
  placeSchema,
  stateSchema,
  textPlaceSchema,
  textSchema,
} from './messageSchemas';

type Request<Method extends keyof LogViewHost> = Parameters<LogViewHost[Method]>[0];

/** The extension, as this page sees it: every answer has been checked. */
export interface HostConnection {
  ready(): Promise<LogViewState>;
  lines(request: Request<'lines'>, signal: AbortSignal): Promise<ShownLines>;
  lineText(request: Request<'lineText'>): Promise<string>;
  countLines(
    request: Request<'countLines'>,
    signal: AbortSignal,
    onProgress: (counted: CountedLines) => void,
  ): Promise<CountedLines>;
  findText(
    request: Request<'findText'>,
    signal: AbortSignal,
    onProgress: (bytes: number) => void,
  ): Promise<TextPlace | null>;
  countMatches(
    request: Request<'countMatches'>,
    signal: AbortSignal,
    onProgress: (counted: CountedMatches) => void,
  ): Promise<CountedMatches>;
  matchesBefore(request: Request<'matchesBefore'>, signal: AbortSignal): Promise<number | null>;
  insight(
    request: Request<'insight'>,
    signal: AbortSignal,
    onProgress: (insight: LineInsight) => void,
  ): Promise<LineInsight>;
  tell<Method extends 'trace' | 'select' | 'copy'>(method: Method, request: Request<Method>): Promise<void>;
}

export function connectHost(vscode: VsCodeApi, page: LogViewPage): HostConnection {
  /** For the first lines that are asked for. */
  let given: LogViewState['lines'] = null;
  const channel = new RpcChannel(hostPort(vscode), {
    begin: (answer: unknown) => {
      const state = checked('begin', stateSchema, answer);
      given = state.lines;
      page.begin(state);
    },
    show: (place: unknown) => page.show(checked('show', placeSchema, place)),
    goToLine: () => page.goToLine(),
  });
  return {
    ready: async () => checked('ready', stateSchema, await channel.request('ready', undefined)),
    lines: async (request, signal) => {
      const ready = given?.at === request.at ? given.shown : null;
      given = null;
      return ready ?? checked('lines', linesSchema, await channel.request('lines', request, { signal }));
    },
    lineText: async request => checked('lineText', textSchema, await channel.request('lineText', request)),
    countLines: async (request, signal, onProgress) => {
      const tell = (counted: unknown) => onProgress(checked('countLines', countedSchema, counted));
      const answer = await channel.request('countLines', request, { signal, onProgress: tell });
      return checked('countLines', countedSchema, answer);
    },
    findText: async (request, signal, onProgress) => {
      const tell = (bytes: unknown) => onProgress(checked('findText', bytesSchema, bytes));
      const answer = await channel.request('findText', request, { signal, onProgress: tell });
      return checked('findText', textPlaceSchema, answer);
    },
    countMatches: async (request, signal, onProgress) => {
      const tell = (counted: unknown) => onProgress(checked('countMatches', matchesSchema, counted));
      const answer = await channel.request('countMatches', request, { signal, onProgress: tell });
      return checked('countMatches', matchesSchema, answer);
    },
    matchesBefore: async (request, signal) =>
      checked('matchesBefore', countOrNullSchema, await channel.request('matchesBefore', request, { signal })),
    insight: async (request, signal, onProgress) => {
      const tell = (insight: unknown) => onProgress(checked('insight', insightSchema, insight));
      const answer = await channel.request('insight', request, { signal, onProgress: tell });
      return checked('insight', insightSchema, answer);
    },
    tell: (method, request) => channel.request<void>(method, request),
  };
}
