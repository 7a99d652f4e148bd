/**
 * The overlay stays out of the page's tab order until Alt+Shift+I moves focus into it; then Tab walks its controls and Escape
 * gives focus back to where it was.
 */
export function reachByKeyboard(bar: HTMLElement, downwards: () => void, signal: AbortSignal): void {
  let before: HTMLElement | null = null;
  const controls = (): HTMLElement[] => [...bar.querySelectorAll<HTMLElement>('button,select')];
  const setTabbable = (on: boolean): void => {
    for (const control of controls()) control.tabIndex = on ? 0 : -1;
  };
  document.addEventListener(
    'keydown',
    (event) => {
      if (!event.isTrusted) return;
      if (event.altKey && event.shiftKey && event.code === 'KeyI') {
        before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
        setTabbable(true);
        controls()[0]?.focus();
        event.preventDefault();
      } else if (event.key === 'Escape' && before !== null) {
        setTabbable(false);
        before.focus();
        before = null;
      }
    },
    { signal, capture: true },
  );
  bar.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'ArrowDown' || event.target instanceof HTMLSelectElement) return;
      downwards();
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
