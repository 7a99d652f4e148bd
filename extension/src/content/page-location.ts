/** Calls back when the address may have changed: by the page's own history calls, back and forward, and every second as a net. */
export function watchLocation(changed: () => void, signal: AbortSignal): void {
  let seen = location.href;
  const check = (): void => {
    if (location.href === seen) return;
    seen = location.href;
    changed();
  };
  // Fires within the page's pushState call, so features are aligned before the page paints its next rows.
  (window as Window & { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', check, { signal });
  window.addEventListener('popstate', check, { signal });
  const net = setInterval(check, 1000);
  signal.addEventListener('abort', () => clearInterval(net), { once: true });
}
