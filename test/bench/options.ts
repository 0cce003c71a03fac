import { parseArgs } from 'node:util';

export interface Options {
  /** Who is slow plays fewer; each table says how many were played. */
  readonly rounds: number;
  /** Sizes of the files in bytes: scaling goes from `small` to `full`, and on to `large` if that is asked for. */
  readonly sizes: {
    readonly small: number;
    readonly full: number;
    readonly scattered: number;
    readonly large: number | null;
  };
  /** Names of the questions to ask; `null` asks all. */
  readonly only: readonly string[] | null;
  readonly write: boolean;
  /** Small files: that it runs is seen, but no figure holds for them. */
  readonly quick: boolean;
}

export const usage = `npm run bench [-- OPTIONS]

  --quick        files of a tenth of the size: to see that it runs, not for figures
  --large        a file of 10 GB too
  --rounds N     rounds to play (default 7, quick 3); who is slow plays at most 3
  --only A,B     only these questions (see test/bench/main.ts)
  --write        write what was measured to test/bench/RESULTS.md`;

/** @throws Error that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 3 : 7));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number.');
  if (values.write && values.only !== undefined) throw new Error('--write takes a whole run: leave --only out.');
  const scale = values.quick ? 0.1 : 1;
  return {
    rounds,
    sizes: {
      small: 100e6 * scale,
      full: 1e9 * scale,
      scattered: 300e6 * scale,
      large: values.large ? 10e9 * scale : null,
    },
    only: values.only?.split(',') ?? null,
    write: values.write,
    quick: values.quick,
  };
}
