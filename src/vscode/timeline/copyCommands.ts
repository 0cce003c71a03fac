import { l10n } from 'vscode';
import { commandIds } from '../contributions';
import { UserError } from '../userError';
import { copyTrace } from './copy';
import type { TimelinePanel } from './timelinePanel';

/** The palette's ways to copy the timeline in front; a link leads to the step that is selected in it. */
export function copyCommands(active: () => TimelinePanel | null) {
  const copy = (what: 'list' | 'markdown' | 'link') => async () => {
    const timeline = active();
    if (!timeline) throw new UserError(l10n.t('Open a timeline first, by "Throughline: Trace Correlation ID".'));
    await copyTrace(timeline.session, what === 'link' ? { what, step: await timeline.selectedStep() } : { what });
  };
  return {
    [commandIds.copyAsList]: copy('list'),
    [commandIds.copyAsMarkdown]: copy('markdown'),
    [commandIds.copyLink]: copy('link'),
  };
}
