import { expect, test } from 'vitest';
import { addContact, contactPage, openAsCreator } from '../../local/demo/check-widgets.ts';
import { calculate } from '../../local/demo/hand-calculation.ts';
import { readText, readTiles } from '../../local/demo/read-widget.ts';
import { watch } from './web-app.ts';
import type { World } from '../world.ts';

const LANGUAGES = [
  { locale: 'en', direction: 'ltr', cost: 'Cost', clicks: 'Clicks' },
  { locale: 'fr', direction: 'ltr', cost: 'Coût', clicks: 'Clics' },
  { locale: 'ar', direction: 'rtl', cost: 'التكلفة', clicks: 'النقرات' },
] as const;

const known = new WeakMap<World, Promise<string>>();

/** A lead that came from an ad and bought, as a contact of the CRM; made once. */
export function buyer(world: World): Promise<string> {
  const made = known.get(world) ?? addBuyer(world);
  known.set(world, made);
  return made;
}

async function addBuyer({ stack, account, range }: World): Promise<string> {
  const hand = await calculate(stack.sandbox, account.externalId, account.timezone, range, 28);
  const lead = hand.leads.filter((one) => one.wonMinor > 0).toSorted((a, b) => b.wonMinor - a.wonMinor)[0];
  if (!lead) throw new Error('Nobody bought in the demo story.');
  return addContact(stack, lead.email);
}

/** Released widget bytes on the two host pages under their strict policies. */
export function widgetJourney(world: () => World): void {
  test('widgets: both host pages in English, French and Arabic', async () => {
    const { browser } = world();
    const contact = await buyer(world());
    for (const { locale, direction, cost, clicks } of LANGUAGES) {
      const page = await browser.page(contactPage(contact, `?locale=${locale}`));
      const problems = watch(page);
      const tiles = await readTiles(page, 'inlay-lead-roas');
      expect(tiles.map((tile) => tile.term)[0], locale).toContain(cost);
      expect(tiles).toHaveLength(3);
      expect(await page.evaluate(() => document.documentElement.dir || 'ltr'), locale).toBe(direction);
      expect(problems()).toEqual([]);
      await page.close();
      const shop = await openAsCreator(browser, `?locale=${locale}`);
      const stats = await readTiles(shop, 'inlay-affiliate-stats');
      expect(stats.map((tile) => tile.term)[0], locale).toContain(clicks);
      expect(stats).toHaveLength(5);
      await shop.close();
    }
  });

  test('widgets: quiet when the API is away, and the page is as it was', async () => {
    const { browser } = world();
    const contact = await buyer(world());
    const page = await browser.context.newPage();
    const problems = watch(page);
    await page.route('https://api.inlay.test/**', (route) => route.abort());
    await page.goto(contactPage(contact));
    await expect.poll(() => readText(page, 'inlay-lead-roas'), { timeout: 10_000 }).toMatch(/^\s*—\s*$/); // the element for "nothing can be said": no error, no skeleton for ever
    const { height } = await page.locator('inlay-lead-roas').evaluate((element) => element.getBoundingClientRect());
    expect(height).toBeGreaterThan(0); // the reserved place stays, so nothing jumps
    expect(problems()).toEqual([]);
    await page.close();
  });
}
