import type { LogRecord } from '../model/logRecord';
import type { Nanos } from '../model/units';

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
  const { names, of } = clocksOf(records);
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
export function clocksOf(records: readonly LogRecord[]): Clocks {
  const onlyHost = new Map<string, string | null>();
  for (const { service, host } of records) {
    if (service === null || host === null) continue;
    const known = onlyHost.get(service);
    if (known === undefined) onlyHost.set(service, host);
    else if (known !== null && known !== host) onlyHost.set(service, null);
  }
  const numbers = new Map<string, number>();
  const of = new Int32Array(records.length).fill(-1);
  records.forEach(({ service, host }, index) => {
    const name = host ?? (service === null ? null : (onlyHost.get(service) ?? service));
    if (name === null) return;
    let number = numbers.get(name);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(name, number);
    }
    of[index] = number;
  });
  return { names: [...numbers.keys()], of };
}
