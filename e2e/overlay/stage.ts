import type { Page } from 'playwright-core';
import { seenRows } from '../../bench/overlay/rig/page-oracle.ts';
import type { Rig } from '../../bench/overlay/rig/start-rig.ts';

/** The rig with the page a scenario opened last, and what of ours stands on it. */
export class Stage {
  readonly rig: Rig;
  /** What that page reported by itself. */
  errors: string[] = [];
  #page: Page | null = null;

  constructor(rig: Rig) {
    this.rig = rig;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The scenario has opened no page yet.');
    return this.#page;
  }

  /** Nothing stored, nothing asked, one empty tab, and a person signed in. */
  async clear(): Promise<void> {
    Object.assign(this.rig.api, { down: false, delayMs: 0, expired: false, blank: null });
    for (const old of this.rig.context.pages().slice(1)) await old.close();
    this.rig.api.calls.length = 0;
    await this.rig.worker.evaluate(async () => {
      await chrome.storage.session.clear();
      await chrome.storage.local.clear();
    });
    await this.rig.signIn();
  }

  async open(address: string): Promise<Page> {
    this.errors = [];
    const page = await this.rig.context.newPage();
    this.#page = page;
    page.on('pageerror', (error) => this.errors.push(error.message));
    await page.goto(address);
    await page.bringToFront();
    return page;
  }

  strip() {
    return this.page.locator('[data-inlay-root] .strip');
  }

  badges() {
    return this.page.locator('[data-inlay-badge]');
  }

  async figures(): Promise<string[]> {
    return (await seenRows(this.page)).flatMap(({ badge }) => (badge === null || badge.money === '—' ? [] : [badge.money]));
  }

  scrollTo(top: number): Promise<void> {
    return this.page.evaluate((to) => {
      (window as unknown as { __host: { scrollTo(top: number): void } }).__host.scrollTo(to);
    }, top);
  }
}
