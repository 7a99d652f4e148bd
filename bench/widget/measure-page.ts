import type { Browser } from 'playwright-core';
import { watchPage, type PageWatch } from '../../widget/testing/watch-page.ts';

export interface Measured extends PageWatch {
  /** Milliseconds from the start of navigation to the frame that shows the figures. */
  paintedMs: number;
}

/** One cold load of a page that holds the element, until its figures are painted. */
export async function measurePage(browser: Browser, url: string, tag: string, cpuSlowdown = 1): Promise<Measured> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  const watched = await watchPage(page);
  // The measured bytes are the released ones, whose roots are closed; only this page's own attachShadow lets us look in.
  await page.addInitScript((name) => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (this: Element, init: ShadowRootInit) {
      const root = attach.call(this, { ...init, mode: 'open' });
      if (this.localName === name) {
        const observer = new MutationObserver(() => {
          if (root.querySelector('.tiles') === null) return;
          observer.disconnect();
          requestAnimationFrame(() => performance.mark('figures'));
        });
        observer.observe(root, { childList: true, subtree: true });
      }
      return root;
    };
  }, tag);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName('figures').length > 0, undefined, { timeout: 20_000 });
  // Late shifts count as well.
  await page.waitForTimeout(400);
  const paintedMs = await page.evaluate(() => performance.getEntriesByName('figures')[0]?.startTime ?? Number.NaN);
  const seen = await watched();
  await context.close();
  return { ...seen, paintedMs };
}
