import { useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';

interface ActionProps {
  icon: IconName;
  label: string;
  /** Without it the label is only a tooltip. */
  showLabel?: boolean;
  tabIndex?: number;
  /** For a button that switches something on and off. */
  pressed?: boolean;
  onClick: (event: MouseEvent) => void;
}

/** A button as in VS Code's toolbars. */
export function Action({ icon, label, showLabel = false, tabIndex, pressed, onClick }: ActionProps) {
  return (
    <button
      type="button"
      class={showLabel ? 'action labelled' : 'action'}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      tabIndex={tabIndex}
      onClick={onClick}
    >
      <Icon name={icon} />
      {showLabel && <span class="action-label">{label}</span>}
    </button>
  );
}

/** A button that says for a moment that it did what it does. */
export function CopyAction({
  icon,
  label,
  showLabel,
  copy,
}: Omit<ActionProps, 'onClick'> & { copy: () => Promise<void> }) {
  const [copied, setCopied] = useState(false);
  const run = () =>
    copy().then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  return (
    <>
      <Action
        icon={copied ? 'check' : icon}
        label={copied ? 'Copied' : label}
        showLabel={showLabel ?? false}
        onClick={() => void run()}
      />
      <span class="spoken" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
