import { codicons } from '../icons/codicons';

export type IconName = keyof typeof codicons;

const paths = new Map(Object.entries(codicons).map(([name, parts]) => [name, parts.join('')]));

/** Decoration only: what it means is also said in words next to it. */
export function Icon({ name, class: extra = '' }: { name: IconName; class?: string }) {
  return (
    <svg class={`icon ${extra}`} viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
      <path d={paths.get(name)} fill-rule="evenodd" />
    </svg>
  );
}
