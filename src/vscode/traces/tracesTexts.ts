import { l10n, workspace } from 'vscode';
import type { Completeness } from '../../common/protocol/documents';
import { type TraceQuery, type TraceSort, traceSorts } from '../../common/protocol/tracesProtocol';
import { counted, labelText } from '../format';
import { readSourcesSetting } from '../settings';

/** What was looked for, and where: an empty list that does not say so is a riddle. */
export function searchedPlaces(): { searched: string; hasFolder: boolean } {
  const folders = (workspace.workspaceFolders ?? []).map(({ name }) => labelText(name, 60));
  if (folders.length === 0) return { searched: l10n.t('No folder is open to look for logs in.'), hasFolder: false };
  const patterns = readSourcesSetting().entries.map(({ path }) => labelText(path, 60));
  const quoted = (names: readonly string[]) => names.map(name => `“${name}”`).join(', ');
  return { searched: l10n.t('Searched {0} for {1}.', quoted(folders), quoted(patterns)), hasFolder: true };
}

/** `8 sources, 0.2 MB, 1,204 log lines.` */
export function readText({ sources, bytesRead, lines, skippedSources }: Completeness): string {
  const skipped = skippedSources.length;
  const megabytes = (bytes: number) => (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
  const facts = [
    sources === null ? null : counted(sources, l10n.t('source'), l10n.t('sources')),
    bytesRead === null ? null : l10n.t('{0} MB', megabytes(bytesRead)),
    lines === null ? null : counted(lines, l10n.t('log line'), l10n.t('log lines')),
    skipped === 0 ? null : l10n.t('{0} skipped', counted(skipped, l10n.t('source'), l10n.t('sources'))),
  ];
  return l10n.t('Read {0}.', facts.filter(Boolean).join(', '));
}

/** The orders that a user may choose from, each with what comes first. */
export function sortChoices(
  now: TraceQuery,
): { label: string; description: string; sort: TraceSort; reverse: boolean }[] {
  const names: Record<TraceSort, [title: string, first: string, last: string]> = {
    status: [l10n.t('Status'), l10n.t('failed and slowest first'), l10n.t('failed and slowest last')],
    duration: [l10n.t('Duration'), l10n.t('slowest first'), l10n.t('fastest first')],
    start: [l10n.t('Start'), l10n.t('oldest first'), l10n.t('newest first')],
    errors: [l10n.t('Errors'), l10n.t('most first'), l10n.t('fewest first')],
    records: [l10n.t('Records'), l10n.t('most first'), l10n.t('fewest first')],
    steps: [l10n.t('Steps'), l10n.t('most first'), l10n.t('fewest first')],
    correlationId: [l10n.t('Correlation ID'), l10n.t('A to Z'), l10n.t('Z to A')],
  };
  return traceSorts.flatMap(sort => {
    const [title, first, last] = names[sort];
    return [false, true].map(reverse => {
      const isNow = now.sort === sort && now.reverse === reverse;
      return { label: `${isNow ? '$(check) ' : ''}${title}`, description: reverse ? last : first, sort, reverse };
    });
  });
}
