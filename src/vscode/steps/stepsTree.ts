import { type Event, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { RowChildren } from '../../common/timeline/rowChildren';
import type { TraceSession } from '../timeline/traceSession';
import { isCancellation } from '../userError';
import { type StepNode, stepItem } from './stepNodes';

/** A list in a tree is drawn as a whole: so many at a time. */
export const stretchLength = 500;

/** The steps of a trace as a native tree, in row order and depth. Rows are asked for as they are opened. */
export class StepsTree implements TreeDataProvider<StepNode> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData: Event<void> = this.changed.event;
  private readonly session: () => TraceSession | null;
  private readonly note: (error: unknown) => void;

  /** @param session what shows the trace */
  constructor(session: () => TraceSession | null, note: (error: unknown) => void) {
    this.session = session;
    this.note = note;
  }

  refresh(): void {
    this.changed.fire();
  }

  getTreeItem(node: StepNode): TreeItem {
    return stepItem(node);
  }

  async getChildren(node?: StepNode): Promise<StepNode[]> {
    const session = this.session();
    const traceId = node?.traceId ?? session?.trace?.traceId;
    if (!session || traceId === undefined) return [];
    const parent = node?.kind === 'step' ? node.index : (node?.parent ?? null);
    const [from, to] = node?.kind === 'stretch' ? [node.from, node.to] : [0, stretchLength];
    try {
      const children = await session.ask(traceId, engine => engine.children({ traceId, parent, from, to }));
      const steps = children.rows.map((each): StepNode => ({ kind: 'step', traceId, ...each }));
      return node?.kind === 'stretch' ? steps : [...steps, ...stretches(traceId, parent, children)];
    } catch (error) {
      // Another trace is on show by now: its steps come with the refresh.
      if (!isCancellation(error) && session.trace?.traceId === traceId) this.note(error);
      return [];
    }
  }
}

/** What comes after the first stretch, each to be opened by itself. */
function stretches(traceId: string, parent: number | null, { total }: RowChildren): StepNode[] {
  const nodes: StepNode[] = [];
  for (let from = stretchLength; from < total; from += stretchLength) {
    nodes.push({ kind: 'stretch', traceId, parent, from, to: Math.min(total, from + stretchLength), total });
  }
  return nodes;
}
