import { parseArgs } from 'node:util';
import type { ListRequest } from '../common/protocol/logEngine';
import { stdinId } from './places';
import { UsageError } from './usage';

export interface Options {
  json: boolean;
  full: boolean;
  applyClockOffsets: boolean;
  help: boolean;
  version: boolean;
  sort: ListRequest['sort'];
  limit: number | undefined;
  filter: string | undefined;
  /** A file of settings. */
  settings: string | undefined;
  /** `role=name`, each time it was given. */
  field: string[];
  timezone: string | undefined;
  /** A folder. */
  index: string | undefined;
  /** A folder. */
  cache: string | undefined;
  /** Names of the options that were given. */
  given: string[];
  positionals: string[];
}

const sorts = ['start', 'duration', 'status', 'records', 'errors', 'steps', 'correlationId'] as const;

/** @throws UsageError */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  const sort = sorts.find(name => name === values.sort);
  if (values.sort !== undefined && !sort) throw new UsageError(`--sort ${values.sort}: use ${sorts.join(', ')}.`);
  return {
    json: values.json ?? false,
    full: values.full ?? false,
    applyClockOffsets: values['apply-clock-offsets'] ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
    sort,
    limit: limitOf(values.limit),
    filter: values.filter,
    settings: values.settings,
    field: values.field ?? [],
    timezone: values.timezone,
    index: values.index,
    cache: values.cache,
    given: Object.keys(values),
    positionals,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      // `-:3`, a line of standard input, would be taken for an option.
      args: joinValues(args).map(argument => argument.replace(/^-(?=:\d+$)/, stdinId)),
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        full: { type: 'boolean' },
        'apply-clock-offsets': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        sort: { type: 'string' },
        limit: { type: 'string' },
        filter: { type: 'string' },
        settings: { type: 'string' },
        field: { type: 'string', multiple: true },
        timezone: { type: 'string' },
        index: { type: 'string' },
        cache: { type: 'string' },
      },
    });
  } catch (error) {
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split(/\n|(?<=\.) /);
    throw new UsageError(problem);
  }
}

/** `--limit -1` and `--timezone -05:00` are values, not options. */
const joinValues = (args: string[]): string[] =>
  args.flatMap((argument, at) => {
    if (isNegative(argument, args[at + 1])) return [`${argument}=${args[at + 1]}`];
    return isNegative(args[at - 1], argument) ? [] : [argument];
  });

const isNegative = (option: string | undefined, value: string | undefined): boolean =>
  (option === '--limit' || option === '--timezone') && value !== undefined && /^-\d/.test(value);

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--limit ${text}: give a whole number.`);
  return Number(text);
}
