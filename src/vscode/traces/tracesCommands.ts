import { commands, env, l10n, window } from 'vscode';
import { defaultQuery } from '../../common/protocol/tracesProtocol';
import { type PivotRole, roleQuery } from '../../common/query/roleQuery';
import { commandIds, tracesViewId } from '../contributions';
import type { ShowManner } from '../timeline/timelines';
import { UserError } from '../userError';
import { readRowContext } from './tracesMessages';
import { sortChoices } from './tracesTexts';
import type { TracesView } from './tracesView';

interface TracesCommandParts {
  view: TracesView;
  show(text: string, manner: ShowManner): Promise<void>;
}

const failedOnly = 'status = failed';

/**
 * The commands of the *Traces* view: in its title, and in the menu of a row, which says which row is meant. `list` shows
 * the view with the traces that fit a query.
 */
export function tracesCommands({ view, show }: TracesCommandParts) {
  const focus = () => commands.executeCommand(`${tracesViewId}.focus`);
  const list = async (text: string) => {
    await focus();
    await view.ask({ filter: text });
  };
  const pivot = (role: PivotRole) => async (argument: unknown) => {
    const value = rowOf(argument)[role];
    if (value) await list(roleQuery(role, value));
  };
  const handlers = {
    [commandIds.refreshTraces]: async () => {
      await focus();
      await view.session.read();
    },
    [commandIds.sortTraces]: async () => {
      const items = sortChoices(view.session.state.query);
      const chosen = await window.showQuickPick(items, {
        title: l10n.t('Sort Traces By'),
        matchOnDescription: true,
      });
      if (!chosen) return;
      await focus();
      await view.ask({ sort: chosen.sort, reverse: chosen.reverse });
    },
    [commandIds.showFailedTraces]: () => list(failedOnly),
    [commandIds.showAllTraces]: () => list(defaultQuery.filter),
    [commandIds.openTrace]: (argument: unknown) => show(rowOf(argument).correlationId, {}),
    [commandIds.openTraceToSide]: (argument: unknown) => show(rowOf(argument).correlationId, { toSide: true }),
    [commandIds.copyTraceId]: (argument: unknown) => copyId(rowOf(argument).correlationId),
    [commandIds.tracesOfUser]: pivot('userId'),
    [commandIds.tracesOfSession]: pivot('sessionId'),
    [commandIds.tracesOfEntity]: pivot('entityId'),
    [commandIds.tracesOfOrganization]: pivot('organizationId'),
  };
  return { commands: handlers, list };
}

export async function copyId(id: string): Promise<void> {
  await env.clipboard.writeText(id);
  window.setStatusBarMessage(l10n.t('Copied the correlation ID'), 3_000);
}

/** @throws UserError where no row is meant */
function rowOf(argument: unknown) {
  const row = readRowContext(argument);
  if (!row) throw new UserError(l10n.t('Choose a trace in the Traces view first.'));
  return row;
}
