import { commands, type Disposable, window } from 'vscode';
import { contextKeys, linkCommandIds, stepsViewId } from '../contributions';
import { labelText } from '../format';
import type { Timelines } from '../timeline/timelines';
import type { StepNode } from './stepNodes';
import { StepsTree } from './stepsTree';

export interface StepsParts {
  timelines: Pick<Timelines, 'current' | 'onDidChange'>;
  note(error: unknown): void;
}

/** The *Steps* view: those of the trace whose timeline is in front, or was last. */
export function createSteps({ timelines, note }: StepsParts) {
  const tree = new StepsTree(() => timelines.current?.session ?? null, note);
  const view = window.createTreeView(stepsViewId, { treeDataProvider: tree, showCollapseAll: true });
  let shown = '';
  const update = () => {
    const trace = timelines.current?.session.trace ?? null;
    const now = trace ? `${trace.traceId} ${trace.revision}` : '';
    // A state comes for each piece of progress; the tree changes with the trace alone.
    if (now === shown) return;
    shown = now;
    void commands.executeCommand('setContext', contextKeys.hasTrace, trace !== null);
    view.description = trace ? labelText(trace.correlationId, 24) : '';
    tree.refresh();
  };
  const disposables: Disposable[] = [view, timelines.onDidChange(update)];
  return { disposables, commands: { [linkCommandIds.openStep]: (node: unknown) => openStep(timelines, node) } };
}

/** Goes to a step of the tree: in the timeline, and to its first own record, or the error of a failed one. */
export function openStep(timelines: Pick<Timelines, 'current'>, node: unknown): void {
  const timeline = timelines.current;
  if (!isStep(node) || timeline?.session.trace?.traceId !== node.traceId) return;
  timeline.goToStep(node.traceId, node.row.key, node.row.records > 0 ? node.row.shownRecord : null);
}

/** Commands can be called by anyone: a step names no place, only itself in a trace that is held. */
const isStep = (node: unknown): node is Extract<StepNode, { kind: 'step' }> =>
  typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'step' && 'row' in node;
