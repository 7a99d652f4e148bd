/** A pause that also lasts as long as the page is hidden, and ends early when the network comes back or the element goes. */
export function pagePause(signal: AbortSignal): (ms: number) => Promise<void> {
  return (ms) =>
    new Promise((resolve) => {
      const listening = new AbortController();
      let over = false;
      const end = () => {
        clearTimeout(timer);
        listening.abort();
        resolve();
      };
      const endIfSeen = () => {
        if (over && document.visibilityState === 'visible') end();
      };
      const timer = setTimeout(() => {
        over = true;
        endIfSeen();
      }, ms);
      document.addEventListener('visibilitychange', endIfSeen, { signal: listening.signal });
      window.addEventListener('online', end, { signal: listening.signal });
      signal.addEventListener('abort', end, { signal: listening.signal });
    });
}
