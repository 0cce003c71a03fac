import { counted } from '../common/base/counted';
import type { TraceName, TraceSummaryDocument } from '../common/protocol/documents';
import { formatDuration } from '../common/timeline/formatDuration';
import type { CommandContext, ExitStatus } from './command';
import { named } from './named';
import { type Column, noteLines, paint, printJson, searched, table } from './output';
import { placesOf, warnOfSkipped } from './places';
import type { Terminal } from './terminal';

const limitForPeople = 50;

/** `throughline list [PATH…]` */
export async function list({ engine, options, args, terminal }: CommandContext): Promise<ExitStatus> {
  const { json, sort, limit, filter } = options;
  await engine.setSources(await placesOf(args, terminal));
  const listed = await engine.list({
    ...(sort ? { sort } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(json && limit === undefined ? {} : { limit: limit ?? limitForPeople }),
  });
  const document = await named(engine, listed);
  const { traces, total, completeness, notes } = document;
  if (json) printJson(document, terminal);
  else {
    if (traces.length > 0) terminal.out(`${summaryTable(traces, terminal)}\n`);
    const shown =
      traces.length < total ? `${traces.length} of ${total} traces (--limit shows more)` : counted(total, 'trace');
    terminal.out(paint(`${shown}; read ${searched(completeness)}`, 'dim', terminal));
    if (notes.length > 0) terminal.out(noteLines(notes, terminal).join('\n'));
    warnOfSkipped(completeness, terminal);
  }
  if (total > 0) return 0;
  if (completeness.sources !== 0) return 1;
  terminal.err('throughline: nothing to read');
  return 2;
}

type ListedRow = TraceSummaryDocument & Partial<TraceName>;

/** One row per trace; those of a list have names. */
export const summaryTable = (traces: readonly ListedRow[], terminal: Terminal): string =>
  table(
    traces,
    [
      { title: 'correlation ID', of: ({ correlationId }) => correlationId },
      ...(traces.some(({ name }) => name !== undefined) ? [nameColumn] : []),
      { title: 'status', of: ({ status }) => status },
      {
        title: 'duration',
        of: ({ durationMs }) => (durationMs === null ? '—' : formatDuration(durationMs)),
        right: true,
      },
      { title: 'start', of: ({ start }) => start ?? '—' },
      { title: 'steps', of: ({ steps }) => String(steps), right: true },
      { title: 'records', of: ({ records }) => String(records), right: true },
      { title: 'errors', of: ({ errors }) => String(errors), right: true },
      { title: 'user', of: ({ userId }) => userId ?? '—', most: 24 },
      { title: 'services', of: ({ services }) => services.join(', '), most: 48 },
    ],
    terminal,
  );

/** What a trace's first record says. */
const nameColumn: Column<ListedRow> = { title: 'name', of: ({ name }) => name ?? '—', most: 40 };
