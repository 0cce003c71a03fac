import type { LogRecord } from '../../model/logRecord';
import type { Nanos } from '../../model/units';
import { int32Column } from '../columns';
import { type Lanes, lanesOf } from '../records/lanes';

/**
 * What is taken off the stamp of each record.
 *
 * @param offsets how far the clocks of hosts are ahead, ns
 */
export function offsetsOf(
  records: readonly LogRecord[],
  offsets: ReadonlyMap<string, Nanos> | undefined,
): (index: number) => Nanos | null {
  if (!offsets || offsets.size === 0) return () => null;
  const { names, of } = clocksOf(lanesOf(records));
  return index => (records[index]?.time == null ? null : (offsets.get(names[of[index]!] ?? '') ?? null));
}

/** Whose clocks stamped the records: hosts, numbered. */
export interface Clocks {
  names: string[];
  /** By record; −1 where the log names neither host nor service. */
  of: Int32Array;
}

/**
 * One clock a host. A record that names none goes with the only host of its service, else by the name of the service.
 */
export function clocksOf({ list, of: laneOf }: Lanes): Clocks {
  const onlyHost = new Map<string, string | null>();
  for (const { service, host } of list) {
    if (service === null || host === null) continue;
    const known = onlyHost.get(service);
    if (known === undefined) onlyHost.set(service, host);
    else if (known !== null && known !== host) onlyHost.set(service, null);
  }
  const numbers = new Map<string, number>();
  const clocks = Int32Array.from(list, ({ service, host }) => {
    const name = host ?? (service === null ? null : (onlyHost.get(service) ?? service));
    if (name === null) return -1;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  const of = int32Column(laneOf.length);
  for (let at = 0; at < of.length; at++) of[at] = clocks[laneOf[at]!]!;
  return { names: [...numbers.keys()], of };
}
