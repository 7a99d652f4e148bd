/** Name of the event on which a test build writes its timings to `data-inlay-timings` of the document element, and starts over. */
export const TIMINGS_EVENT = 'inlay:timings';

let spans: Span[] | null = null;
type Span = [start: number, ms: number, what: string];

/** In test builds, notes how long each run of a callback takes; in releases, the callback itself. */
export function timed<Args extends unknown[]>(what: string, run: (...args: Args) => void): (...args: Args) => void {
  if (!__INLAY_TEST_BUILD__) return run;
  const kept = (spans ??= startNoting());
  return (...args) => {
    const start = performance.now();
    run(...args);
    kept.push([start, performance.now() - start, what]);
  };
}

function startNoting(): Span[] {
  const noted: Span[] = [];
  document.addEventListener(TIMINGS_EVENT, () => { document.documentElement.dataset['inlayTimings'] = JSON.stringify(noted.splice(0)); });
  return noted;
}
