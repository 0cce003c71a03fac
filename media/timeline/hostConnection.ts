import type * as v from 'valibot';
import { RpcChannel } from '../../src/common/protocol/rpcChannel';
import type { TimelineHost, TimelinePage } from '../../src/common/protocol/timelineProtocol';
import { checked, hostPort } from '../page/hostPort';
import type { VsCodeApi } from '../page/vscodeApi';
import {
  arrangedSchema,
  foundSchema,
  linksSchema,
  locationSchema,
  overviewSchema,
  recordRowsSchema,
  rowsSchema,
  selectSchema,
  stateSchema,
  stepSchema,
  switchSchema,
} from './messageSchemas';

/** The extension, as the page sees it: every answer is awaited and has been checked. */
export type HostConnection = {
  [Method in keyof TimelineHost]: (
    ...request: [...Parameters<TimelineHost[Method]>, signal?: AbortSignal]
  ) => Promise<ReturnType<TimelineHost[Method]>>;
};

/** Makes a connection whose requests all end, with an AbortError, when `life` does. */
export type Connect = (life?: AbortSignal) => HostConnection;

export function connectHost(vscode: VsCodeApi, page: TimelinePage): Connect {
  const channel = new RpcChannel(hostPort(vscode), {
    show: (state: unknown) => page.show(checked('show', stateSchema, state)),
    select: (request: unknown) => page.select(checked('select', selectSchema, request)),
    selected: () => page.selected(),
  });
  return life => {
    const until = (signal?: AbortSignal) => (life && signal ? AbortSignal.any([life, signal]) : (signal ?? life));
    const ask =
      <Answer>(method: keyof TimelineHost, answer: v.GenericSchema<unknown, Answer>) =>
      async (request?: unknown, signal?: AbortSignal): Promise<Answer> =>
        checked(method, answer, await channel.request(method, request, { signal: until(signal) }));
    const tell = (method: keyof TimelineHost) => (request?: unknown) =>
      channel.request<void>(method, request, { signal: life });
    return {
      ready: ask('ready', stateSchema),
      rows: ask('rows', rowsSchema),
      overview: ask('overview', overviewSchema),
      arrange: ask('arrange', arrangedSchema),
      pick: ask('pick', rowsSchema),
      find: ask('find', foundSchema),
      nextRow: ask('nextRow', locationSchema),
      step: ask('step', stepSchema),
      locate: ask('locate', locationSchema),
      openRecord: tell('openRecord'),
      recordRows: ask('recordRows', recordRowsSchema),
      recordOf: ask('recordOf', locationSchema),
      recordAt: ask('recordAt', locationSchema),
      links: ask('links', linksSchema),
      openLine: tell('openLine'),
      openCode: tell('openCode'),
      openFrame: tell('openFrame'),
      openNote: tell('openNote'),
      copy: tell('copy'),
      moveClocks: tell('moveClocks'),
      setLive: tell('setLive'),
      lens: ask('lens', switchSchema),
      cancel: tell('cancel'),
      searchAgain: tell('searchAgain'),
      addLogs: tell('addLogs'),
      openSetting: tell('openSetting'),
      howRead: tell('howRead'),
      pivot: tell('pivot'),
    };
  };
}
