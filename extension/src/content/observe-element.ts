/**
 * Finds something in the page now or as soon as it appears, and again after it was taken out. While it is missing, one observer
 * on the document asks at most once per frame. While it is there, only the child lists of its ancestors are watched: they hardly
 * ever change, so scrolling costs nothing, and a replaced table is known in the same frame.
 */
export function observeElement<Found>(
  find: () => Found | null,
  elementOf: (found: Found) => Element,
  onFound: (found: Found, gone: AbortSignal) => void,
  signal: AbortSignal,
): void {
  let current: { element: Element; gone: AbortController } | null = null;
  let frame = 0;
  const lookSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(look);
  };
  const searcher = new MutationObserver(lookSoon);
  const guard = new MutationObserver(() => check());
  const look = (): void => {
    frame = 0;
    if (signal.aborted || current !== null) return;
    const found = find();
    if (found === null) return searcher.observe(document.documentElement, { childList: true, subtree: true });
    searcher.disconnect();
    current = { element: elementOf(found), gone: new AbortController() };
    for (let node = current.element.parentNode; node !== null; node = node.parentNode) guard.observe(node, { childList: true });
    onFound(found, AbortSignal.any([current.gone.signal, signal]));
  };
  const check = (): void => {
    if (current !== null && !current.element.isConnected) {
      guard.disconnect();
      current.gone.abort();
      current = null;
    }
    if (current === null) look();
  };
  const net = setInterval(check, 1000);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(net);
      cancelAnimationFrame(frame);
      searcher.disconnect();
      guard.disconnect();
    },
    { once: true },
  );
  look();
}
