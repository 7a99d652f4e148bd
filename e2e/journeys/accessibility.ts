import { expect, test } from 'vitest';
import { adsManager } from '../../local/demo/check-badges.ts';
import { openAsCreator, contactPage } from '../../local/demo/check-widgets.ts';
import { settledBadges } from '../../local/demo/read-badges.ts';
import { readTiles } from '../../local/demo/read-widget.ts';
import { axeFindings } from '../check-axe.ts';
import { buyer } from './widgets.ts';
import type { World } from '../world.ts';

const SCREENS = [
  '/',
  '/launches',
  '/launches/new',
  '/insights',
  '/leads',
  '/orders',
  '/affiliates',
  '/connections',
  '/settings',
  '/settings/members',
  '/settings/api-keys',
  '/settings/webhooks',
  '/settings/embeds',
  '/settings/support',
  '/settings/data',
  '/settings/account',
  '/settings/security',
];

/** axe over every surface of ours, in the pages where people meet it. */
export function accessibilityJourney(world: () => World): void {
  test('keyboard: the command palette takes the very next letters and keeps the chosen command in sight', async () => {
    const { browser } = world();
    const page = await browser.page(`chrome-extension://${browser.extensionId}/app.html`);
    await page.locator('main h1').first().waitFor({ timeout: 15_000 });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('la');
    const palette = page.locator('dialog');
    const input = palette.getByRole('combobox');
    expect(await input.inputValue()).toBe('la');
    await input.fill('');
    await page.keyboard.press('ArrowUp');
    const last = palette.getByRole('option').last();
    await last.and(page.locator('[aria-selected=true]')).waitFor();
    const below = await last.evaluate(
      (option) => option.getBoundingClientRect().bottom - (option.parentElement as Element).getBoundingClientRect().bottom,
    );
    expect(below).toBeLessThanOrEqual(0);
    await page.close();
  });

  test('axe: app screens as an extension page', async () => {
    const { browser } = world();
    const page = await browser.page(`chrome-extension://${browser.extensionId}/app.html`);
    for (const screen of SCREENS) {
      await page.goto(`chrome-extension://${browser.extensionId}/app.html#${screen}`);
      await page.locator('main h1').first().waitFor({ timeout: 15_000 });
      await page.waitForFunction(() => document.querySelector('[aria-busy=true], .skeleton') === null, undefined, { timeout: 15_000 });
      expect(await axeFindings(page), screen).toEqual([]);
    }
    await page.close();
  });

  test('axe: side panel, popup and welcome page', async () => {
    const { browser } = world();
    for (const [file, ready] of [
      ['panel.html', 'main'],
      ['panel.html#/new', '[data-testid=launch-builder]'],
      ['popup.html', '[data-testid=popup-who]'],
      ['welcome.html', 'main'],
    ] as const) {
      const page = await browser.page(`chrome-extension://${browser.extensionId}/${file}`);
      await page.locator(ready).first().waitFor({ timeout: 15_000 });
      await page.waitForFunction(() => document.querySelector('.skeleton') === null, undefined, { timeout: 15_000 });
      expect(await axeFindings(page), file).toEqual([]);
      await page.close();
    }
  });

  test('axe: overlay and widgets inside the host pages', async () => {
    const { browser, account, range } = world();
    const ads = await browser.page(adsManager('ads', account.externalId, range));
    await settledBadges(ads);
    expect(await axeFindings(ads, '[data-inlay-root]'), 'overlay').toEqual([]);
    await ads.close();
    const contact = await browser.page(contactPage(await buyer(world())));
    await readTiles(contact, 'inlay-lead-roas');
    expect(await axeFindings(contact, 'inlay-lead-roas'), 'lead card').toEqual([]);
    await contact.close();
    const shop = await openAsCreator(browser);
    await readTiles(shop, 'inlay-affiliate-stats');
    expect(await axeFindings(shop, 'inlay-affiliate-stats'), 'creator stats').toEqual([]);
    await shop.close();
  });
}
