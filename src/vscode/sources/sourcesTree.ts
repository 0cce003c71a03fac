import { EventEmitter, type TreeDataProvider, type TreeItem, workspace } from 'vscode';
import type { DetectDocument, NoteDocument } from '../../common/protocol/documents';
import type { RemoteState } from '../../common/protocol/sourceHost';
import type { SessionState } from '../debug/debugOutput';
import type { EngineAccess } from '../engine/engineAccess';
import { isCancellation, messageOf } from '../userError';
import { groupSources } from './sourceGroups';
import { openCommand, type SourceNode, sourceNodeItem } from './sourceNodes';
import type { SourcePlaces } from './sourcePlaces';

const stretchLength = 500;

export interface SourcesTreeParts {
  access: EngineAccess;
  places: Pick<SourcePlaces, 'current' | 'added'>;
  /** Of a source that a debug session writes; `null` of another. */
  sessionOf(source: string): SessionState | null;
  /** Of a place on another machine; `null` where nobody has asked for it yet. */
  remoteOf(place: string): RemoteState | null;
}

/** What is read, by the reason why, each with the way it is read. */
export class SourcesTree implements TreeDataProvider<SourceNode> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly parts: SourcesTreeParts;
  private roots: SourceNode[] = [];
  /** Every node that is shown: what a menu hands back must be one of them. */
  private known = new WeakSet<SourceNode>();
  private reading: AbortController | null = null;

  constructor(parts: SourcesTreeParts) {
    this.parts = parts;
  }

  get isEmpty(): boolean {
    return this.roots.length === 0;
  }

  /** Reads a sample of every source that has changed; what is shown stays until then. Never throws. */
  async read(): Promise<void> {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    try {
      const engine = await this.parts.access.withSources();
      const found = await engine.sources({ full: false }, { signal: reading.signal });
      if (this.reading === reading) this.show(this.nodesOf(found));
    } catch (error) {
      if (this.reading === reading && !isCancellation(error))
        this.show([{ kind: 'problem', message: messageOf(error) }]);
    }
  }

  getTreeItem(node: SourceNode): TreeItem {
    const item = sourceNodeItem(
      node.kind === 'remote' ? { ...node, state: this.parts.remoteOf(node.group.path) } : node,
    );
    if (node.kind === 'source') item.command = openCommand(node);
    return item;
  }

  getChildren(node?: SourceNode): SourceNode[] {
    const children = node ? this.below(node) : this.roots;
    for (const child of children) this.known.add(child);
    return children;
  }

  /** A node of this tree, and nothing that someone else made up: commands can be called by anyone. */
  own(node: unknown): SourceNode | null {
    return typeof node === 'object' && node !== null && this.known.has(node as SourceNode)
      ? (node as SourceNode)
      : null;
  }

  /** How some place is doing has changed. */
  redraw(): void {
    this.changed.fire();
  }

  dispose(): void {
    this.reading?.abort();
    this.changed.dispose();
  }

  private show(roots: SourceNode[]): void {
    this.roots = roots;
    this.changed.fire();
  }

  private nodesOf({ sources, notes }: DetectDocument): SourceNode[] {
    const { places } = this.parts;
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const groups = groupSources(sources, { places: places.current(), added: places.added, folders });
    const nodes = groups.map(
      (group): SourceNode =>
        group.kind === 'remote' ? { kind: 'remote', group, state: null } : { kind: 'group', group },
    );
    // What is wrong with a whole place on another machine stands below it.
    const isTold = ({ text }: NoteDocument) =>
      groups.some(group => group.kind === 'remote' && text.startsWith(`${group.path} is not read: `));
    const others = notes.filter(note => !isTold(note));
    return others.length > 0 ? [...nodes, { kind: 'notRead', notes: others }] : nodes;
  }

  private below(node: SourceNode): SourceNode[] {
    if (node.kind === 'stretch') return [...node.sources];
    if (node.kind === 'notRead') return stretched(node.notes.map(({ text }) => ({ kind: 'note', text })));
    if (node.kind !== 'group' && node.kind !== 'remote') return [];
    const { sessionOf, remoteOf } = this.parts;
    const { error = null, notes = [] } = (node.kind === 'remote' && remoteOf(node.group.path)) || {};
    if (error !== null) return [{ kind: 'note', text: error }];
    return [
      ...notes.map((text): SourceNode => ({ kind: 'note', text })),
      ...stretched(node.group.sources.map(source => ({ kind: 'source', source, state: sessionOf(source.path) }))),
    ];
  }
}

/** A list in a tree is drawn as a whole: the first ones, and the others as stretches to be opened. */
function stretched(nodes: SourceNode[]): SourceNode[] {
  const shown = nodes.slice(0, stretchLength);
  for (let from = stretchLength; from < nodes.length; from += stretchLength) {
    shown.push({ kind: 'stretch', sources: nodes.slice(from, from + stretchLength), from, total: nodes.length });
  }
  return shown;
}
