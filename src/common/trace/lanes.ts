import type { LogRecord } from '../model/logRecord';

/** Who logs: a service on a host, as far as the records name them. */
export type Lane = Pick<LogRecord, 'service' | 'host'>;

/** The lanes of some records, numbered in the order in which they come. */
export interface Lanes {
  list: Lane[];
  /** By record: the number of its lane. */
  of: Int32Array;
}

export function lanesOf(records: readonly LogRecord[]): Lanes {
  const list: Lane[] = [];
  const of = new Int32Array(records.length);
  const byService = new Map<string | null, Map<string | null, number>>();
  for (let at = 0; at < records.length; at++) {
    const { service, host } = records[at]!;
    // A map of its own for each service is found in less time than a text made of both.
    let byHost = byService.get(service);
    if (byHost === undefined) {
      byHost = new Map();
      byService.set(service, byHost);
    }
    let lane = byHost.get(host);
    if (lane === undefined) {
      lane = list.length;
      list.push({ service, host });
      byHost.set(host, lane);
    }
    of[at] = lane;
  }
  return { list, of };
}
