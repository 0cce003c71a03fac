import { counted } from '../common/base/counted';
import { traceTree } from '../common/export/traceTree';
import type { LookupDocument } from '../common/protocol/documents';
import type { LogEngine, LookupResult } from '../common/protocol/logEngine';
import { visibleText } from '../common/timeline/visibleText';
import type { CommandContext, ExitStatus } from './command';
import { joinQuery } from './joinQuery';
import { summaryTable } from './list';
import type { Options } from './options';
import { noteLines, paint, printJson, searched } from './output';
import { nameIn, placesOf, warnOfSkipped } from './places';
import type { Terminal } from './terminal';
import { UsageError } from './usage';

/** `throughline trace <id or query> [PATH…]` */
export async function trace({ engine, options, args, terminal }: CommandContext): Promise<ExitStatus> {
  const [text, ...paths] = joinQuery(args);
  if (text === undefined) throw new UsageError('trace: which ID? Give an ID, a query, or a log line that holds an ID.');
  await engine.setSources(await placesOf(paths, terminal));
  const document = await documentOf(engine, await engine.lookup({ text }), options);
  const completeness = document.kind === 'notFound' ? document.searched : document.completeness;
  if (options.json) printJson(document, terminal);
  else print(document, text, terminal);
  if (!options.json) warnOfSkipped(completeness, terminal);
  if (document.kind !== 'notFound') return 0;
  if (completeness.sources !== 0) return 1;
  const [first] = completeness.skippedSources;
  terminal.err(visibleText(`throughline: nothing to read${first ? `: ${first.source}: ${first.reason}` : ''}`));
  return 2;
}

async function documentOf(
  engine: LogEngine,
  result: LookupResult,
  { applyClockOffsets }: Options,
): Promise<LookupDocument> {
  if (result.kind === 'trace') {
    const { traceId } = result.trace;
    if (applyClockOffsets) await engine.moveClocks({ traceId, apply: true });
    return engine.document(traceId);
  }
  if (result.kind === 'choices') return result;
  return { kind: 'notFound', searched: result.completeness, hints: result.hints };
}

function print(document: LookupDocument, text: string, terminal: Terminal): void {
  const { width, color, cwd } = terminal;
  switch (document.kind) {
    case 'trace':
      terminal.out(traceTree(document, { width, color, nameOf: nameIn(cwd) }));
      if (document.clockOffsets.length > 0 && document.offsetsApplied.length === 0)
        terminal.out(paint('  To see the trace without these offsets: --apply-clock-offsets', 'dim', terminal));
      terminal.out(paint(`\n${searched(document.completeness)}`, 'dim', terminal));
      break;
    case 'choices': {
      const role = visibleText(document.role);
      const verb =
        role === 'query' ? { one: 'fits', many: 'fit' } : { one: `holds this ${role}`, many: `hold this ${role}` };
      terminal.out(`${counted(document.traces.length, 'trace', verb)}:\n`);
      terminal.out([summaryTable(document.traces, terminal), ...noteLines(document.notes, terminal)].join('\n'));
      break;
    }
    case 'notFound':
      terminal.out(`Not found: ${visibleText(text)}\nSearched ${searched(document.searched)}.`);
      terminal.out(document.hints.map(hint => `- ${visibleText(hint)}`).join('\n'));
  }
}
