import { l10n } from 'vscode';
import type { Completeness } from '../../common/protocol/documents';
import type { LookupProgress, LookupResult } from '../../common/protocol/logEngine';
import type { TimelineState } from '../../common/protocol/timelineProtocol';
import { counted } from '../format';

/** The page keeps the title to ask for it again; longer texts than this are no IDs any more. */
const longestTitle = 4_000;

export const titleText = (text: string): string => text.slice(0, longestTitle);

/** A search has begun, and nothing has been read yet. */
export const nothingRead: LookupProgress = {
  bytesRead: 0,
  bytesTotal: 0,
  sourcesDone: 0,
  sources: 0,
  hits: 0,
  trace: null,
};

export const loading = (text: string, progress: LookupProgress | null): TimelineState => ({
  kind: 'loading',
  title: titleText(text),
  progress,
});

export const notFound = (text: string, result: Extract<LookupResult, { kind: 'notFound' }>): TimelineState => ({
  kind: 'notFound',
  title: titleText(text),
  searched: searchedText(result.completeness),
  hints: result.hints,
});

/** What was looked through: nobody believes a bare "not found". */
function searchedText({ sources, bytesRead, elapsedMs, skippedSources }: Completeness): string {
  const megabytes =
    bytesRead === null ? null : (bytesRead / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
  const skipped = skippedSources.length;
  const facts = [
    sources === null ? null : counted(sources, l10n.t('source'), l10n.t('sources')),
    megabytes === null ? null : l10n.t('{0} MB', megabytes),
    elapsedMs === null ? null : l10n.t('{0} ms', Math.round(elapsedMs)),
    skipped === 0 ? null : l10n.t('{0} skipped', counted(skipped, l10n.t('source'), l10n.t('sources'))),
  ];
  return l10n.t('Searched {0}.', facts.filter(Boolean).join(', '));
}
