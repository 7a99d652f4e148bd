import type { Page } from 'playwright-core';

export interface PageWatch {
  cls: number;
  shifts: string[];
  cspViolations: string[];
  errors: string[];
}

/** Records layout shifts, policy violations, errors and console noise from before the first byte of the page. Call before goto. */
export async function watchPage(page: Page): Promise<() => Promise<PageWatch>> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => errors.push(`${message.type()}: ${message.text()}`));
  await page.addInitScript(() => {
    const seen = { cls: 0, shifts: [] as string[], cspViolations: [] as string[] };
    Object.defineProperty(window, '__watch', { value: seen });
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.cspViolations.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null }[];
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        if (entry.hadRecentInput) continue;
        seen.cls += entry.value;
        seen.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map((source) => source.node?.nodeName).join()}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return async () => {
    const seen = await page.evaluate(() => (window as unknown as { __watch: Omit<PageWatch, 'errors'> }).__watch);
    return { ...seen, errors };
  };
}
