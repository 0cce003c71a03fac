import { readFileSync } from 'node:fs';
import path from 'node:path';
import { visibleText } from '../common/timeline/visibleText';
import { createEngine } from '../node/engine/createEngine';
import type { Command, ExitStatus } from './command';
import { detect } from './detect';
import { explain } from './explain';
import { list } from './list';
import { readOptions } from './options';
import { readingOf } from './reading';
import type { Terminal } from './terminal';
import { terminalHost } from './terminalHost';
import { trace } from './trace';
import { UsageError, usage } from './usage';

const commands: Record<string, Command> = {
  trace: { run: trace, options: ['apply-clock-offsets'] },
  list: { run: list, options: ['sort', 'limit', 'filter'] },
  detect: { run: detect, options: ['full'] },
  explain: { run: explain, options: [] },
};

/** Options of every command. */
const common = ['json', 'settings', 'field', 'timezone', 'index', 'cache'];

const mostIndexBytes = 2 ** 30;
const mostRemoteBytes = 2 ** 31;
/** Whoever is asked at the terminal may take as long as they like. */
const remotePatience = { silent: 10_000, asking: Number.POSITIVE_INFINITY };

/** Runs one command. Never throws: what goes wrong is told on standard error. */
export async function run(args: string[], terminal: Terminal, bundles: string): Promise<ExitStatus> {
  try {
    const options = readOptions(args);
    if (options.version) terminal.out(versionOf(bundles));
    const [name, ...rest] = options.positionals;
    const help = options.help || name === 'help';
    if (help && !options.version) terminal.out(usage);
    if (options.version || help) return 0;
    const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(name === undefined ? 'Say what to do.' : `There is no command “${name}”.`);
    const foreign = options.given.find(option => !common.includes(option) && !command.options.includes(option));
    if (foreign) throw new UsageError(`${name} has no option --${foreign}.`);
    const reading = readingOf(options, terminal);
    const folder = options.index === undefined ? null : path.resolve(terminal.cwd, options.index);
    const cache = options.cache === undefined ? {} : { folder: path.resolve(terminal.cwd, options.cache) };
    const engine = createEngine(
      {
        scanWorker: { path: path.join(bundles, 'scanWorker.cjs') },
        indexFolder: folder === null ? undefined : { path: folder, mostBytes: mostIndexBytes },
        remote: {
          worker: { path: path.join(bundles, 'remoteWorker.cjs') },
          mostBytes: mostRemoteBytes,
          patience: remotePatience,
          ...cache,
        },
      },
      terminalHost(terminal),
    );
    try {
      await engine.setReading(reading);
      const status = await command.run({ engine, options, args: rest, terminal });
      // The answer is out: what follows is for the next one.
      if (folder !== null) await engine.index();
      return status;
    } finally {
      await engine.dispose();
    }
  } catch (error) {
    const message = visibleText(error instanceof Error ? error.message : String(error));
    terminal.err(`throughline: ${message}${error instanceof UsageError ? ' Try: throughline help' : ''}`);
    return 2;
  }
}

function versionOf(bundles: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(bundles, '../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : 'unknown';
}
