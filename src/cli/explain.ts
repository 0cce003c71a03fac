import { counted } from '../common/base/counted';
import type { SourceProfile } from '../common/model/sourceProfile';
import { visibleText } from '../common/timeline/visibleText';
import type { CommandContext, ExitStatus } from './command';
import { paint, printJson, table } from './output';
import { nameIn, pathOf, placesOf, stdinId } from './places';
import { UsageError } from './usage';

/** `throughline explain FILE:LINE` */
export async function explain({ engine, options, args, terminal }: CommandContext): Promise<ExitStatus> {
  const [place, ...more] = args;
  const [, file, line] = /^(.+):(\d+)$/s.exec(place ?? '') ?? [];
  if (!file || !line || more.length > 0) throw new UsageError('explain: give one FILE:LINE, e.g. logs/api.log:42.');
  if (Number(line) < 1) throw new UsageError('explain: lines start at 1.');
  await engine.setSources(await placesOf([file], terminal));
  const source = file === stdinId ? stdinId : pathOf(file, terminal.cwd);
  const { explain: document } = await engine.at({ source, line: Number(line) });
  if (options.json) {
    printJson(document, terminal);
    return 0;
  }
  const { path, record, format, fields, profile } = document;
  const lines =
    record.lines === 1
      ? `line ${record.firstLine}`
      : `lines ${record.firstLine} to ${record.firstLine + record.lines - 1}`;
  terminal.out(
    `${paint(visibleText(nameIn(terminal.cwd)(path)), 'bold', terminal)}, ${lines}, ${counted(record.bytes, 'byte')}`,
  );
  terminal.out(`format ${format.name}: ${format.evidence}`);
  terminal.out(`${readingText(profile)}\n`);
  terminal.out(
    table(
      fields,
      [
        { title: 'field', of: ({ name }) => name, most: 40 },
        { title: 'role', of: ({ role }) => role ?? '—' },
        { title: 'why', of: ({ evidence }) => evidence ?? '' },
        { title: 'value', of: ({ value }) => value, most: Math.max(40, terminal.width - 60) },
      ],
      terminal,
    ),
  );
  return 0;
}

/** The rules of a source that its fields do not show, one a line. */
function readingText({ timezone, stampIs, framing, wrapper, encoding, service, userFormats }: SourceProfile): string {
  const mine = userFormats.map(({ name }) => name).join(', ');
  return [
    `time zone of stamps that name none: ${timezone.value} (${timezone.assumed ? 'assumed' : timezone.evidence}); a stamp beside a duration is its ${stampIs}`,
    `${encoding}; ${beginnings[framing]}${wrapper ? `, inside the ${wrapper} wrapper` : ''}`,
    ...(service.value === null ? [] : [`service ${visibleText(service.value)} (${service.evidence})`]),
    ...(mine ? [`your formats: ${mine}`] : []),
  ].join('\n');
}

const beginnings: Record<SourceProfile['framing'], string> = {
  line: 'each line is a record',
  stamp: 'a record begins at a line with a stamp or a known head',
  head: 'a record begins at a line with a severity or an element of XML',
  json: 'each JSON value is a record',
  table: 'each row is a record',
};
