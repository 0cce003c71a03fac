/** Minutes east of UTC at an instant, in epoch milliseconds. */
export type ZoneOffset = (epochMs: number) => number;

const fixed = /^(?:UTC|GMT|Z)?(?:([+-])(\d{2}):?(\d{2})?)?$/i;
const quarterHour = 900_000;

/**
 * The offsets of a zone: `UTC`, `+05:30`, or an IANA name by the runtime's `Intl`. A zone that nobody knows is UTC:
 * check it with {@link isZone} where a person wrote it.
 */
export function zoneOffset(zone: string): ZoneOffset {
  const match = fixed.exec(zone);
  if (match) {
    const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
    const signed = match[1] === '-' ? -minutes : minutes;
    return () => signed;
  }
  const format = formatOf(zone);
  if (!format) return () => 0;
  // `Intl` takes microseconds per question, logs ask for the same few hours again and again.
  const known = new Map<number, number>();
  return epochMs => {
    const quarter = Math.floor(epochMs / quarterHour);
    let offset = known.get(quarter);
    if (offset === undefined) {
      if (known.size >= 1024) known.clear();
      offset = offsetIn(format, quarter * quarterHour);
      known.set(quarter, offset);
    }
    return offset;
  };
}

export const isZone = (zone: string): boolean => fixed.test(zone) || formatOf(zone) !== null;

function formatOf(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}

function offsetIn(format: Intl.DateTimeFormat, epochMs: number): number {
  if (!(Math.abs(epochMs) <= 8.64e15)) return 0;
  const name = format.formatToParts(epochMs).find(part => part.type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d{1,2}):?(\d{2})?/.exec(name);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

/** The instant that a clock in the zone showed as `localMs` (its reading taken as UTC). */
export function instantOf(localMs: number, offset: ZoneOffset): number {
  const guess = localMs - offset(localMs) * 60_000;
  return localMs - offset(guess) * 60_000;
}
