import { commands, type Disposable, l10n, StatusBarAlignment, window } from 'vscode';
import { commandIds, contextKeys } from '../contributions';
import { patience } from '../timeline/searchProgress';
import { type Activity, type ActivityParts, activitiesOf, percentText } from './activities';

/** In the status bar while something is searched or indexed for longer than a moment; gone while nothing is. */
export class StatusItem implements Disposable {
  private readonly item = window.createStatusBarItem('throughline.activity', StatusBarAlignment.Left);
  private readonly parts: ActivityParts;
  private timer: NodeJS.Timeout | null = null;
  private isShown = false;

  constructor(parts: ActivityParts) {
    this.parts = parts;
    this.item.name = 'Throughline';
    this.item.command = commandIds.showActivity;
  }

  update(): void {
    const now = performance.now();
    const activities = activitiesOf(this.parts);
    const long = activities.filter(({ since }) => now - since >= patience);
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const next = activities.find(activity => !long.includes(activity));
    if (next) this.timer = setTimeout(() => this.update(), Math.max(0, patience - (now - next.since)));
    this.show(long);
  }

  private show([first, ...others]: Activity[]): void {
    if (first) {
      const more = others.length > 0 ? `+${others.length}` : '';
      this.item.text = ['$(loading~spin)', first.title, percentText(first), more].filter(Boolean).join(' ');
      this.item.tooltip = [first, ...others].map(lineOf).join('\n');
      this.item.accessibilityInformation = { label: l10n.t('Throughline: {0} {1}', first.title, percentText(first)) };
    }
    if (this.isShown === (first !== undefined)) return;
    this.isShown = first !== undefined;
    if (this.isShown) this.item.show();
    else this.item.hide();
    void commands.executeCommand('setContext', contextKeys.busy, this.isShown);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.item.dispose();
  }
}

const lineOf = (activity: Activity): string =>
  [activity.title, percentText(activity), activity.detail].filter(Boolean).join(' · ');
