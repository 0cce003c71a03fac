import type { ComponentChildren } from 'preact';

interface ComponentLike<Props> {
  props: Props;
  shouldComponentUpdate?: (next: Props) => boolean;
}

/**
 * A component that is drawn anew only when one of its props is another, or as `changed` says; its own state and contexts
 * draw it as ever. Not by keeping what it drew in `useMemo`: that would hold on to the elements of all rows that were
 * there when it was drawn. Nor by a component around it: that would be one more for each part of each row.
 */
export function kept<Props extends object>(
  component: (props: Props) => ComponentChildren,
  changed: (before: Props, after: Props) => boolean = differ,
): (props: Props) => ComponentChildren {
  return function Kept(this: unknown, props: Props) {
    const self = this as ComponentLike<Props>;
    self.shouldComponentUpdate ??= next => changed(self.props, next);
    return component(props);
  };
}

function differ(before: object, after: object): boolean {
  for (const name in after) if (Reflect.get(before, name) !== Reflect.get(after, name)) return true;
  for (const name in before) if (!(name in after)) return true;
  return false;
}
