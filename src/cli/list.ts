import { counted } from '../common/base/counted';
import type { TraceSummaryDocument } from '../common/protocol/documents';
import { formatDuration } from '../common/timeline/formatDuration';
import type { CommandContext, ExitStatus } from './command';
import { noteLines, paint, printJson, searched, table } from './output';
import { placesOf, warnOfSkipped } from './places';
import type { Terminal } from './terminal';

const limitForPeople = 50;

/** `throughline list [PATH…]` */
export async function list({ engine, options, args, terminal }: CommandContext): Promise<ExitStatus> {
  const { json, sort, limit, filter } = options;
  await engine.setSources(await placesOf(args, terminal));
  const document = await engine.list({
    ...(sort ? { sort } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(json && limit === undefined ? {} : { limit: limit ?? limitForPeople }),
  });
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

/** One row per trace. */
export const summaryTable = (traces: readonly TraceSummaryDocument[], terminal: Terminal): string =>
  table(
    traces,
    [
      { title: 'correlation ID', of: ({ correlationId }) => correlationId },
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
