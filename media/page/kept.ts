import { type ComponentType, createElement, type FunctionComponent } from 'preact';

interface ComponentLike {
  props: object;
  shouldComponentUpdate?: (next: object) => boolean;
}

/**
 * A component that is drawn anew only when one of its props is another. Not by keeping what it drew in `useMemo`: that
 * would hold on to the elements of all rows that were there when it was drawn.
 */
export function kept<Props extends object>(component: ComponentType<Props>): FunctionComponent<Props> {
  return function Kept(this: unknown, props) {
    const self = this as ComponentLike;
    self.shouldComponentUpdate ??= next => differ(self.props, next);
    return createElement(component, props);
  };
}

function differ(a: object, b: object): boolean {
  const [before, after] = [new Map(Object.entries(a)), Object.entries(b)];
  return before.size !== after.length || after.some(([name, value]) => before.get(name) !== value);
}
