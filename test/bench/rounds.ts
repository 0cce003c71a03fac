/** What one run of a contestant took. What this system cannot tell is NaN. */
export interface Sample {
  /** Wall time. */
  readonly ms: number;
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  /** The most memory that its process held: resident set, high-water mark. */
  readonly peakBytes: number;
}

export interface Contestant {
  readonly name: string;
  /** Bytes of log that one run reads. */
  readonly bytes: number;
  /** Rejects if what came out is wrong: a wrong answer has no time. */
  run(): Promise<Sample>;
}

export type Samples = ReadonlyMap<string, readonly Sample[]>;

/** Who takes longer than this (in ms) plays only so many rounds. */
export const slow = { ms: 5000, rounds: 3 };

/**
 * All contestants in turns, in an order drawn anew for each round. A first round warms up and does not count, but for
 * slow ones: what they gain by it is small against their time.
 */
export async function playRounds(contestants: readonly Contestant[], rounds: number): Promise<Samples> {
  const samples = new Map<Contestant, Sample[]>(contestants.map(contestant => [contestant, []]));
  const few = Math.min(rounds, slow.rounds);
  const isDone = (played: readonly Sample[]) => played.length >= few && (played[0]?.ms ?? 0) > slow.ms;
  for (let round = 0; round <= rounds; round++) {
    for (const [contestant, played] of shuffled([...samples])) {
      if (isDone(played)) continue;
      progress(`round ${round} of ${rounds}: ${contestant.name}`);
      const sample = await contestant.run();
      if (round > 0 || sample.ms > slow.ms) played.push(sample);
    }
  }
  progress('');
  return new Map([...samples].map(([{ name }, played]) => [name, played]));
}

/** One line that is written over. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

export const timesOf = (samples: Samples, name: string): number[] => (samples.get(name) ?? []).map(({ ms }) => ms);

export const cpuTimesOf = (samples: Samples, name: string): number[] =>
  (samples.get(name) ?? []).map(({ cpuMs }) => cpuMs);

/** Fisher and Yates. */
export function shuffled<T>(values: readonly T[]): T[] {
  const result = [...values];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
