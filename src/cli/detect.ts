import { coverageAdvice, coverageText } from '../common/profile/coverage';
import type { DetectedSource } from '../common/protocol/documents';
import { visibleText } from '../common/timeline/visibleText';
import type { CommandContext, ExitStatus } from './command';
import { noteLines, paint, printJson, table } from './output';
import { nameIn, placesOf } from './places';

/** `throughline detect [PATH…]` */
export async function detect({ engine, options, args, terminal }: CommandContext): Promise<ExitStatus> {
  await engine.setSources(await placesOf(args, terminal));
  const document = await engine.sources({ full: options.full });
  if (options.json) printJson(document, terminal);
  else {
    const nameOf = nameIn(terminal.cwd);
    const number = (value: number | null) => value?.toLocaleString('en') ?? '—';
    const sources = table(
      document.sources,
      [
        { title: 'source', of: ({ path }) => nameOf(path) },
        { title: 'format', of: ({ format }) => format ?? '—' },
        {
          title: options.full ? 'records' : 'of the sample: records',
          of: ({ records }) => number(records),
          right: true,
        },
        { title: 'unparsed', of: ({ unparsed }) => number(unparsed), right: true },
        { title: 'with an ID', of: source => number(source.recordsWithCorrelationId), right: true },
        { title: 'IDs', of: source => number(source.distinctCorrelationIds), right: true },
        { title: 'time zone', of: ({ timezone }) => (timezone ? zoneText(timezone) : '—') },
        { title: 'roles', of: rolesText, most: 400 },
      ],
      terminal,
    );
    if (document.sources.length > 0) terminal.out(sources);
    for (const lines of [coverageLines(document.sources), unparsedLines(document.sources, nameOf)]) {
      if (lines.length > 0) terminal.out(`\n${[paint(lines[0] ?? '', 'dim', terminal), ...lines.slice(1)].join('\n')}`);
    }
    if (document.notes.length > 0) terminal.out(noteLines(document.notes, terminal).join('\n'));
  }
  if (document.sources.length > 0) return 0;
  terminal.err('throughline: nothing to read');
  return 2;
}

const coverageLines = (sources: readonly DetectedSource[]): string[] => {
  const advice = coverageAdvice(sources.flatMap(({ coverage }) => coverage));
  return advice.length === 0 ? [] : ['what services do not log', ...advice.map(coverageText).map(visibleText)];
};

const mostUnparsed = 10;

/** Some of what no format reads, with its place. */
function unparsedLines(sources: readonly DetectedSource[], nameOf: (source: string) => string): string[] {
  const all = sources.flatMap(({ path, unparsedExamples }) =>
    unparsedExamples.map(({ line, text }) => visibleText(`${nameOf(path)}${line === null ? '' : `:${line}`}  ${text}`)),
  );
  return all.length === 0 ? [] : ['unparsed, for example', ...all.slice(0, mostUnparsed)];
}

const zoneText = ({ value, assumed }: { value: string; assumed: boolean }): string =>
  assumed ? `${value} (assumed)` : value;

/** `correlationId: context.cid (name)`: which field has the role, and why. */
const rolesText = ({ roles }: DetectedSource): string =>
  Object.entries(roles)
    .map(([role, { field, evidence }]) => `${role}: ${field} (${evidence})`)
    .join(', ');
