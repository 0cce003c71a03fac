import type { TraceStatus } from '../../src/common/model/trace';
import type { TraceName, TraceSummaryDocument, UnnamedReason } from '../../src/common/protocol/documents';
import { counted, oneLine, traceStatusTexts, unbrokenDuration } from '../page/format';
import type { IconName } from '../page/icon';

export const statusIcons: Record<TraceStatus, IconName> = {
  ok: 'check',
  failed: 'error',
  recovered: 'recovered',
  running: 'loading',
  unknown: 'question',
};

/** Why a trace has no name, for a tooltip. */
export const unnamedTexts: Record<UnnamedReason, string> = {
  silent: 'No name: its first record says nothing in words',
  costly:
    'No name: only reading much of a packed log, or asking another machine, would tell what its first record says',
  gone: 'No name: its first record could not be read again where it stood',
  unread: 'No name: its first record was not read',
};

/** For a column: what is longer is said in a tooltip. */
export const statusWords: Record<TraceStatus, string> = { ...traceStatusTexts, unknown: 'Unknown' };

/** Of a trace that still runs, or whose end nobody knows of, at least this much has passed. */
export function durationText({ durationMs, status }: TraceSummaryDocument): string {
  if (durationMs === null) return '—';
  return `${status === 'running' ? '≥\u00a0' : ''}${unbrokenDuration(durationMs)}`;
}

export function durationHint({ durationMs, status }: TraceSummaryDocument): string {
  if (durationMs === null) return 'Unknown: its records have no times';
  if (status === 'running') return `At least ${unbrokenDuration(durationMs)}: it is still running`;
  return `${unbrokenDuration(durationMs)}, from its first to its last record`;
}

/** `2026-03-04 10:15:00` and `.120`, in UTC as the stamp is: a list is for telling traces apart, not for nanoseconds. */
export function startParts(iso: string): [second: string, fraction: string] {
  const [second = '', fraction = ''] = iso.replace('T', ' ').replace(/Z$/, '').split('.');
  return [second, fraction === '' ? '' : `.${fraction.slice(0, 3)}`];
}

const roleNames = { userId: 'user', sessionId: 'session', entityId: 'entity', organizationId: 'organisation' } as const;

/** What a screen reader says of a row: one sentence, the important first. */
export function spokenTrace(trace: TraceSummaryDocument, name: TraceName | null): string {
  const { status, correlationId, durationMs, start, steps, records, errors, services } = trace;
  const parts = [
    traceStatusTexts[status],
    name !== null && name.name !== null && oneLine(name.name),
    oneLine(correlationId),
    durationMs === null ? 'duration unknown' : durationText(trace).replace('≥', 'at least'),
    errors > 0 && counted(errors, 'error'),
    counted(steps, 'step'),
    counted(records, 'record'),
    start !== null && `started ${startParts(start).join('')} UTC`,
    services.length > 0 &&
      `${services.length === 1 ? 'service' : 'services'} ${services.map(name => oneLine(name, 60)).join(', ')}`,
    ...Object.entries(roleNames).map(([role, name]) => {
      const value = trace[role as keyof typeof roleNames];
      return value !== null && `${name} ${oneLine(value, 100)}`;
    }),
  ];
  return parts
    .filter(part => part !== false)
    .join(', ')
    .replaceAll('\u00a0', ' ');
}

/** For VS Code's menu: what the row is about. Roles that are not known are left out, so that their entries are, too. */
export function menuContext(trace: TraceSummaryDocument): string {
  const { correlationId, userId, sessionId, entityId, organizationId } = trace;
  const roles = Object.entries({ userId, sessionId, entityId, organizationId }).filter(([, value]) => value !== null);
  return JSON.stringify({
    webviewSection: 'trace',
    preventDefaultContextMenuItems: true,
    correlationId,
    ...Object.fromEntries(roles),
  });
}
