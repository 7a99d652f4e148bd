import type { RowFocus } from './row-level.ts';

/**
 * The overlay stays out of the page's tab order until Alt+Shift+I moves focus into it; then Tab walks its controls, ArrowDown goes
 * on to the rows, and Escape gives focus back to where it was. With focus anywhere else, Escape is the page's own.
 */
export function reachByKeyboard(bar: HTMLElement, rows: () => RowFocus | null, signal: AbortSignal): void {
  const { host } = bar.getRootNode() as ShadowRoot;
  let before: HTMLElement | null = null;
  const isOurs = (element: Element | null): boolean => element !== null && (element === host || rows()?.holds(element) === true);
  const controls = (): HTMLElement[] => [...bar.querySelectorAll<HTMLElement>('button,select')];
  const setTabbable = (on: boolean): void => {
    for (const control of controls()) control.tabIndex = on ? 0 : -1;
  };
  document.addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted) return;
      if (event.altKey && event.shiftKey && event.code === 'KeyI') {
        const { activeElement } = document;
        if (!isOurs(activeElement)) before = activeElement instanceof HTMLElement ? activeElement : null;
        setTabbable(true);
        // Never a choice first: there an arrow key would change the window instead of walking the rows.
        (bar.querySelector<HTMLElement>('.open') ?? controls()[0])?.focus();
        event.preventDefault();
      } else if (event.key === 'Escape' && before !== null) {
        if (isOurs(document.activeElement)) before.focus();
        before = null;
      }
    },
    { signal, capture: true },
  );
  bar.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'ArrowDown' || event.target instanceof HTMLSelectElement) return;
      rows()?.first();
      event.preventDefault();
    },
    { signal },
  );
  bar.addEventListener(
    'focusout',
    (event) => {
      if (event.relatedTarget === null || !bar.contains(event.relatedTarget as Node)) setTabbable(false);
    },
    { signal },
  );
}
