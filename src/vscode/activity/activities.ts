import { l10n } from 'vscode';
import type { BackgroundIndex } from '../engine/backgroundIndex';
import { counted, labelText } from '../format';
import type { TimelinePanel } from '../timeline/timelinePanel';

/** Something that goes on by itself, as a person is told of it. */
export interface Activity {
  title: string;
  detail: string;
  /** 0 … 1; `null` where nobody knows. */
  share: number | null;
  /** As `performance.now()` counts. */
  since: number;
  /** The timeline that it is for. */
  timeline: TimelinePanel | null;
}

export interface ActivityParts {
  timelines: { readonly all: readonly TimelinePanel[] };
  index: Pick<BackgroundIndex, 'work'>;
}

/** What goes on now: searches before the index, which waits for them. */
export function activitiesOf({ timelines, index }: ActivityParts): Activity[] {
  const searches = timelines.all.flatMap(timeline => searchOf(timeline) ?? []);
  const { work } = index;
  return work ? [...searches, indexing(work)] : searches;
}

function searchOf(timeline: TimelinePanel): Activity | null {
  const { session } = timeline;
  const since = session.searchingSince;
  if (since === null) return null;
  const { state } = session;
  const read = 'progress' in state ? state.progress : null;
  const sources = read && counted(read.sources, l10n.t('source'), l10n.t('sources'));
  return {
    title: l10n.t('Tracing {0}', labelText(session.query, 40)),
    detail: read && sources ? l10n.t('{0} of {1} read', read.sourcesDone, sources) : '',
    share: read && read.bytesTotal > 0 ? Math.min(1, read.bytesRead / read.bytesTotal) : null,
    since,
    timeline,
  };
}

function indexing({ since, progress }: NonNullable<BackgroundIndex['work']>): Activity {
  const sources = progress && counted(progress.sources, l10n.t('source'), l10n.t('sources'));
  return {
    title: l10n.t('Indexing logs'),
    detail:
      progress && sources
        ? l10n.t('{0} of {1} done; the next searches will be faster', progress.sourcesDone, sources)
        : l10n.t('The next searches will be faster'),
    share: progress && progress.bytes > 0 ? Math.min(1, progress.bytesDone / progress.bytes) : null,
    since,
    timeline: null,
  };
}

export const percentText = ({ share }: Activity): string => (share === null ? '' : `${Math.floor(share * 100)} %`);
