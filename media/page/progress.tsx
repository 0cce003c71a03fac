import { useState } from 'preact/hooks';

interface ProgressProps {
  label: string;
  /** 0 to 1; `null` while nobody knows how much there is. */
  share: number | null;
  text: string;
  cancel: () => void;
}

/** How far something is that takes its time, and the button that ends it. */
export function Progress({ label, share, text, cancel }: ProgressProps) {
  const [cancelled, setCancelled] = useState(false);
  const done = Math.min(1, share ?? 0);
  return (
    <div class="progress">
      <div
        class={share === null ? 'progress-bar unknown' : 'progress-bar'}
        role="progressbar"
        aria-label={label}
        aria-valuetext={text.replaceAll('\u00a0', ' ')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(done * 100)}
      >
        <div class="progress-done" style={{ width: `${done * 100}%` }} />
      </div>
      <span class="progress-text">{cancelled ? 'Stopping…' : text}</span>
      <button
        type="button"
        class="button secondary"
        disabled={cancelled}
        onClick={() => {
          setCancelled(true);
          cancel();
        }}
      >
        Cancel
      </button>
    </div>
  );
}
