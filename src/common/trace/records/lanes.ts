import type { LogRecord } from '../../model/logRecord';
import { int32Column } from '../columns';
import type { Numbered } from './numbered';

/** Who logs: a service on a host, as far as the records name them. */
export type Lane = Pick<LogRecord, 'service' | 'host'>;

export type Lanes = Numbered<Lane>;

export function lanesOf(records: readonly LogRecord[]): Lanes {
  const { lanes, read } = laneReader(records.length);
  for (let at = 0; at < records.length; at++) read(records[at]!, at);
  return lanes;
}

/** Reads the lanes of records one after another. */
export function laneReader(count: number): { lanes: Lanes; read(record: Lane, at: number): void } {
  const list: Lane[] = [];
  const of = int32Column(count);
  const byService = new Map<string | null, Map<string | null, number>>();
  let lastService: string | null | undefined;
  let lastHost: string | null | undefined;
  let lane = 0;
  const numberOf = (service: string | null, host: string | null): number => {
    // A map of its own for each service is found in less time than a text made of both.
    let byHost = byService.get(service);
    if (byHost === undefined) {
      byHost = new Map();
      byService.set(service, byHost);
    }
    let number = byHost.get(host);
    if (number === undefined) {
      number = list.length;
      list.push({ service, host });
      byHost.set(host, number);
    }
    return number;
  };
  return {
    lanes: { list, of },
    read({ service, host }, at) {
      // Lines of one writer often follow each other.
      if (service !== lastService || host !== lastHost) lane = numberOf(service, host);
      lastService = service;
      lastHost = host;
      of[at] = lane;
    },
  };
}
