import { useEffect } from 'preact/hooks';

/** The row that Tab leads to gets the focus. The timeline stays where it is scrolled to. */
export function focusActiveRow(): void {
  document.querySelector<HTMLElement>('.canvas .row[tabindex="0"]')?.focus({ preventScroll: true });
}

/**
 * A timeline that has the focus has it in its grid: VS Code gives it to the window, and so does the browser when what
 * had it goes away. Nothing is taken from a control that the user is at.
 */
export function useRowFocus(): void {
  useEffect(() => {
    const take = () => {
      const at = document.activeElement ?? document.body;
      if (document.hasFocus() && (at === document.body || at.matches('.row[tabindex="-1"]'))) focusActiveRow();
    };
    take();
    window.addEventListener('focus', take);
    return () => window.removeEventListener('focus', take);
  }, []);
}
