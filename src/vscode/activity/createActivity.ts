import { type Disposable, l10n, type QuickInputButton, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { commandIds } from '../contributions';
import type { BackgroundIndex } from '../engine/backgroundIndex';
import type { Timelines } from '../timeline/timelines';
import { type Activity, activitiesOf, percentText } from './activities';
import { StatusItem } from './statusItem';

interface Parts {
  timelines: Pick<Timelines, 'all' | 'onDidChange'>;
  index: Pick<BackgroundIndex, 'work' | 'onDidChange'>;
}

/** What goes on, in the status bar and at a click on it. */
export function createActivity(parts: Parts) {
  const item = new StatusItem(parts);
  const update = () => item.update();
  const disposables: Disposable[] = [item, parts.timelines.onDidChange(update), parts.index.onDidChange(update)];
  return { disposables, commands: { [commandIds.showActivity]: () => showActivity(parts) } };
}

interface Item extends QuickPickItem {
  activity: Activity;
}

/** A list of all that goes on, as it goes on; a search leads to its timeline, and can be cancelled. */
function showActivity(parts: Parts): void {
  const pick = window.createQuickPick<Item>();
  const cancel: QuickInputButton = { iconPath: new ThemeIcon('close'), tooltip: l10n.t('Cancel Search') };
  const update = () => {
    pick.items = activitiesOf(parts).map(activity => ({
      activity,
      label: activity.title,
      description: percentText(activity),
      detail: activity.detail,
      buttons: activity.timeline ? [cancel] : [],
    }));
    pick.placeholder = pick.items.length > 0 ? l10n.t('What is going on now') : l10n.t('Nothing is going on any more');
  };
  pick.title = l10n.t('Throughline');
  const watches = [parts.timelines.onDidChange(update), parts.index.onDidChange(update)];
  pick.onDidTriggerItemButton(({ item }) => item.activity.timeline?.session.cancel());
  pick.onDidAccept(() => {
    pick.selectedItems[0]?.activity.timeline?.panel.reveal();
    pick.hide();
  });
  pick.onDidHide(() => {
    for (const watch of watches) watch.dispose();
    pick.dispose();
  });
  update();
  pick.show();
}
