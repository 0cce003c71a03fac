import type { LogRecord } from '../model/logRecord';
import { int32Column } from './columns';
import type { Numbered } from './numbered';

/** Who logs: a service on a host, as far as the records name them. */
export type Lane = Pick<LogRecord, 'service' | 'host'>;

export type Lanes = Numbered<Lane>;

export function lanesOf(records: readonly LogRecord[]): Lanes {
  const list: Lane[] = [];
  const of = int32Column(records.length);
  const byService = new Map<string | null, Map<string | null, number>>();
  let lastService: string | null | undefined;
  let lastHost: string | null | undefined;
  let lane: number | undefined;
  for (let at = 0; at < records.length; at++) {
    const { service, host } = records[at]!;
    // Lines of one writer often follow each other.
    if (service === lastService && host === lastHost) {
      of[at] = lane!;
      continue;
    }
    [lastService, lastHost] = [service, host];
    // A map of its own for each service is found in less time than a text made of both.
    let byHost = byService.get(service);
    if (byHost === undefined) {
      byHost = new Map();
      byService.set(service, byHost);
    }
    lane = byHost.get(host);
    if (lane === undefined) {
      lane = list.length;
      list.push({ service, host });
      byHost.set(host, lane);
    }
    of[at] = lane;
  }
  return { list, of };
}
