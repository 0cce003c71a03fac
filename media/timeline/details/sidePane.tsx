import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Action } from '../../page/action';
import { type PaneSizes, Sash, usePaneSide } from './sash';

export const tabs = ['step', 'records'] as const;
export type Tab = (typeof tabs)[number];

interface SidePaneProps {
  tab: Tab;
  labels: Record<Tab, string>;
  choose: (tab: Tab) => void;
  close: () => void;
  /** As it was left. */
  sizes: PaneSizes;
  resize: (sizes: PaneSizes) => void;
  children: ComponentChildren;
}

/** Beside the grid, in the size that the user gave it: one of two tabs. Arrow keys change them, as the pattern for tabs has it. */
export function SidePane({ tab, labels, choose, close, sizes, resize, children }: SidePaneProps) {
  const list = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const side = usePaneSide();
  const size = sizes[side];
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.indexOf(tab);
    const places: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 };
    const to = tabs.at((places[event.key] ?? Number.NaN) % tabs.length);
    if (places[event.key] === undefined || to === undefined) return;
    event.preventDefault();
    choose(to);
    list.current?.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };
  return (
    <div class="details" ref={pane} style={size === null ? {} : { '--pane-size': `${size}%` }}>
      <Sash pane={pane} side={side} size={size} resize={next => resize({ ...sizes, [side]: next })} />
      <div class="tabs">
        <div class="tab-list" role="tablist" aria-label="Details and records" ref={list} onKeyDown={onKeyDown}>
          {tabs.map(name => (
            <button
              type="button"
              key={name}
              id={`tab-${name}`}
              class="tab"
              role="tab"
              aria-selected={name === tab}
              aria-controls="tab-panel"
              tabIndex={name === tab ? 0 : -1}
              onClick={() => choose(name)}
            >
              {labels[name]}
            </button>
          ))}
        </div>
        <Action icon="close" label="Close Details" onClick={close} />
      </div>
      <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {children}
      </div>
    </div>
  );
}
