import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { StepStatus } from '../../common/model/trace';
import type { TimelineRow } from '../../common/timeline/timelineRow';
import { linkCommandIds } from '../contributions';
import { durationText, labelText, statusText } from '../format';

/** A step of a trace, or a stretch of many steps that hang below the same one. */
export type StepNode =
  | { kind: 'step'; traceId: string; index: number; row: TimelineRow }
  | { kind: 'stretch'; traceId: string; parent: number | null; from: number; to: number; total: number };

/** Made when VS Code draws a node; nothing in it is markup. */
export function stepItem(node: StepNode): TreeItem {
  if (node.kind === 'stretch') return stretchItem(node);
  const { row, traceId } = node;
  const name = labelText(row.label);
  const duration = durationText(row.durationMs, row.bound);
  const service = row.service && labelText(row.service, 40);
  const state = row.below > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None;
  const item = new TreeItem(`${row.number} ${name}`, state);
  item.id = `${traceId} ${row.key}`;
  item.description = [duration, service].filter(Boolean).join(' · ');
  item.iconPath = iconOf(row);
  item.tooltip = tooltipOf(row);
  const spoken = [l10n.t('Step {0}', row.number), name, duration, outcomeOf(row), service];
  item.accessibilityInformation = { label: spoken.filter(Boolean).join(', ') };
  item.command = { command: linkCommandIds.openStep, title: l10n.t('Show Step'), arguments: [node] };
  return item;
}

function stretchItem({ traceId, parent, from, to, total }: Extract<StepNode, { kind: 'stretch' }>): TreeItem {
  const count = (value: number) => value.toLocaleString('en');
  const label = l10n.t('More… {0} to {1} of {2}', count(from + 1), count(to), count(total));
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.id = `${traceId} ${parent} ${from}`;
  item.iconPath = new ThemeIcon('ellipsis');
  return item;
}

const statusIcons: Record<StepStatus, ThemeIcon> = {
  ok: new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
  failed: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  running: new ThemeIcon('loading~spin'),
  unknown: new ThemeIcon('circle-large-outline'),
};

function iconOf(row: TimelineRow): ThemeIcon {
  if (row.placeholder) return new ThemeIcon('question');
  if (row.external) return new ThemeIcon('cloud');
  return statusIcons[row.status];
}

function outcomeOf(row: TimelineRow): string {
  if (row.placeholder) return l10n.t('not in the logs');
  return row.external ? l10n.t('outside these logs') : statusText(row.status);
}

function tooltipOf(row: TimelineRow): string {
  const wait = durationText(row.waitMs, null);
  const since = durationText(row.sincePreviousMs, null);
  return [
    `${row.number} ${labelText(row.label, 300)}`,
    [outcomeOf(row), durationText(row.durationMs, row.bound)].filter(Boolean).join(' · '),
    row.service && l10n.t('Service: {0}', labelText(row.service)),
    row.host && row.host !== row.service && l10n.t('Host: {0}', labelText(row.host)),
    wait && l10n.t('Waited: {0}', wait),
    since && l10n.t('Since the previous step: {0}', since),
    row.attempts > 1 && l10n.t('Attempts: {0}', row.attempts),
    l10n.t('Log lines: {0}', row.records.toLocaleString('en')),
    row.errors > 0 && l10n.t('Errors: {0}', row.errors.toLocaleString('en')),
  ]
    .filter(Boolean)
    .join('\n');
}
