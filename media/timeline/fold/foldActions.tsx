import { Action } from '../../page/action';
import { Icon } from '../../page/icon';

/** What can be folded of all rows at once. */
export interface FoldCommands {
  /** `null` where the lens has nothing to offer. */
  lens: boolean | null;
  toggleLens: () => void;
  /** `null` where no row hangs below another. */
  levels: { collapse: () => void; collapseAll: () => void; expand: () => void; expandAll: () => void } | null;
}

/** Over the steps, as VS Code has them over its trees. */
export function FoldActions({ lens, toggleLens, levels }: FoldCommands) {
  return (
    <span class="fold-actions" role="toolbar" aria-label="Fold steps">
      {lens !== null && (
        <button
          type="button"
          class="action lens-switch"
          title="Agent Lens: fold what is not the agent’s own work (L)"
          aria-label="Agent Lens"
          aria-pressed={lens}
          onClick={toggleLens}
        >
          <Icon name="agent" />
          <span class="wide-only">Agent Lens</span>
        </button>
      )}
      {levels && (
        <>
          <span class="roomy-only">
            <Action icon="fold" label="Collapse One Level (C)" onClick={levels.collapse} />
            <Action icon="unfold" label="Expand One Level (X)" onClick={levels.expand} />
          </span>
          <Action icon="collapseAll" label="Collapse All (Shift+C)" onClick={levels.collapseAll} />
          <Action icon="expandAll" label="Expand All (Shift+X)" onClick={levels.expandAll} />
        </>
      )}
    </span>
  );
}
