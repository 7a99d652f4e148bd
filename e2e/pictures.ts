import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { defaultFaultPlan, noFaults } from '../sandbox/index.ts';
import { adsManager } from '../local/demo/check-badges.ts';
import { contactPage, openAsCreator } from '../local/demo/check-widgets.ts';
import { settledBadges } from '../local/demo/read-badges.ts';
import { readTiles } from '../local/demo/read-widget.ts';
import { calculate } from '../local/demo/hand-calculation.ts';
import { openExtensionBrowser, signInExtension, type ExtensionBrowser } from '../local/demo/signed-in-browser.ts';
import { needChromium } from '../local/find-chromium.ts';
import { launchChromium } from '../local/launch-chromium.ts';
import { buyer } from './journeys/widgets.ts';
import { BRIEFS, startWorld, type World } from './world.ts';

/**
 * `npm run pictures`: every step of the story as docs/pictures shows it, taken from the running product. `npm run pictures -- overlay`
 * takes only those whose name holds the word.
 */
const OUT = path.resolve(import.meta.dirname, '../docs/pictures');
const MEDIA = fs.readdirSync(path.join(BRIEFS, 'media')).map((name) => path.join(BRIEFS, 'media', name));
const only = process.argv[2] ?? '';
const MOST_BYTES = 250_000;

const world = await startWorld();
try {
  fs.mkdirSync(OUT, { recursive: true });
  await overlayPictures(world, world.browser, 'light');
  const dark = await openExtensionBrowser(world.stack, world.extension, { colorScheme: 'dark' });
  await signInExtension(dark);
  await overlayPictures(world, dark, 'dark');
  await widgetPictures(world);
  await dark.close();
  await launchPictures(world);
  await appPictures(world);
} finally {
  await world.stop();
}
process.exit();

/** One picture, without blinking carets and half-done fades. Too large a file is said, not shipped silently. */
async function shoot(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  if (!name.includes(only)) return;
  await page.waitForTimeout(350);
  const file = path.join(OUT, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide', ...options });
  const { size } = fs.statSync(file);
  process.stderr.write(`  ${name}.png ${Math.round(size / 1000)} kB${size > MOST_BYTES ? '  TOO LARGE' : ''}\n`);
}

async function overlayPictures(world: World, browser: ExtensionBrowser, theme: 'light' | 'dark'): Promise<void> {
  const { stack, account, range } = world;
  const hand = await calculate(stack.sandbox, account.externalId, account.timezone, range, 28);
  const best = stack.sandbox.meta.ads
    .objects('campaign', account.externalId)
    .map(({ id }) => ({ id, ...hand.figure('campaign', id) }))
    .toSorted((a, b) => b.revenueMinor - a.revenueMinor)[0];
  if (!best) throw new Error('The demo account has no campaigns.');
  for (const [level, within] of [
    ['campaigns', {}],
    ['ads', { selected_campaign_ids: best.id }],
  ] as const) {
    const page = await browser.page(adsManager(level, account.externalId, range, within));
    await page.bringToFront();
    const rows = await settledBadges(page);
    // The row with the most to say is asked for its arithmetic.
    const said = rows.find((row) => /\d×$/.test(row.ratio)) ?? rows[0];
    await page.locator(`[data-inlay-badge] .b[data-for="${said?.id}"]`).hover();
    await shoot(page, `overlay-${level}-${theme}`);
    await page.close();
  }
  const contact = await browser.page(contactPage(await buyer(world), `?theme=${theme}`));
  await contact.locator('[data-inlay-root] .contact dl').waitFor({ timeout: 20_000 });
  await shoot(contact, `overlay-hubspot-${theme}`);
  await contact.close();
}

/** The two widgets as visitors see them: no extension of ours in their browser. */
async function widgetPictures(world: World): Promise<void> {
  const contact = await buyer(world);
  const context = await launchChromium({
    executablePath: needChromium(),
    httpsPort: Number(new URL(world.stack.sandbox.httpsUrl ?? '').port),
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
  });
  const visitor = {
    page: async (address: string): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
  };
  for (const { locale, theme } of [
    { locale: 'en', theme: 'light' },
    { locale: 'fr', theme: 'light' },
    { locale: 'ar', theme: 'light' },
    { locale: 'en', theme: 'dark' },
  ]) {
    const name = `${locale}${theme === 'dark' ? '-dark' : ''}`;
    const page = await visitor.page(contactPage(contact, `?locale=${locale}&theme=${theme}`));
    await readTiles(page, 'inlay-lead-roas');
    await shoot(page, `widget-hubspot-${name}`);
    await page.close();
    const shop = await openAsCreator(visitor, `?locale=${locale}&theme=${theme}`);
    await readTiles(shop, 'inlay-affiliate-stats');
    await shop
      .locator('inlay-affiliate-stats')
      .evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 420));
    await shoot(shop, `widget-shopify-${name}`);
    await shop.close();
  }
  await context.close();
}

/** The builder and a launch under the default weather, in the app as an extension page. */
async function launchPictures({ stack, browser }: World): Promise<void> {
  const page = await browser.page(`chrome-extension://${browser.extensionId}/app.html#/launches/new`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByTestId('launch-builder').waitFor();
  const drop = async (sheet: string): Promise<void> => {
    await page.getByTestId('sheet-drop').locator('input[type=file]').setInputFiles(path.join(BRIEFS, sheet));
    await page.getByTestId('media-drop').locator('input[type=file]').first().setInputFiles(MEDIA);
    await page.getByLabel('Landing page').fill('https://inlay-demo.myshopify.com/products/field-tote');
    await page.waitForFunction(() => document.querySelector<HTMLButtonElement>('[data-testid=to-review]')?.disabled === false);
  };
  await drop('broken.csv');
  await page.getByTestId('to-review').click();
  await page.getByTestId('problems').waitFor();
  await shoot(page, 'launch-2-problems');
  await page.getByRole('button', { name: 'Start over' }).click();
  await drop('launch.csv');
  await page.getByLabel('Name of the launch').fill('Autumn leads, week 47');
  await shoot(page, 'launch-1-files');
  await page.getByTestId('to-review').click();
  await page.getByTestId('counts').waitFor();
  for (const [n, tab] of ['Matrix', 'Names', 'Previews'].entries()) {
    const there = page.getByRole('tab', { name: new RegExp(tab, 'i') }).first();
    await there.click();
    await shoot(page, `launch-3-review-${n + 1}`);
  }
  await page.getByTestId('to-check').click();
  await page.getByTestId('dry-run').waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => document.querySelector<HTMLButtonElement>('[data-testid=to-approve]')?.disabled === false, undefined, {
    timeout: 60_000,
  });
  await page.waitForTimeout(4_000);
  await shoot(page, 'launch-4-checked');
  await page.getByTestId('to-approve').click();
  await page.getByTestId('approve-sure').check();
  await shoot(page, 'launch-5-approve');
  stack.sandbox.setFaults(defaultFaultPlan(1));
  await page.getByTestId('approve-submit').click();
  const progress = page.getByTestId('progress');
  await progress.waitFor();
  await page.waitForTimeout(4_500);
  await shoot(page, 'launch-6-progress');
  const launch = page.url().split('#')[1] ?? '';
  await page.waitForFunction(() => document.querySelector('[data-testid=progress]')?.getAttribute('data-state') === 'verified', undefined, {
    timeout: 120_000,
  });
  stack.sandbox.setFaults(noFaults(1));
  await page.waitForTimeout(2_500);
  await page.getByTestId('receipts').locator('.row-chevron').nth(3).click();
  await shoot(page, 'launch-7-receipts');
  await page.getByTestId('activate').click();
  await page.getByTestId('activate-sure').check();
  await shoot(page, 'launch-8-switch-on');
  await page.getByTestId('activate-confirm').click();
  await page.waitForFunction(() => document.querySelector('[data-testid=progress]')?.getAttribute('data-state') === 'active', undefined, {
    timeout: 60_000,
  });
  await page.close();
  await panelPictures(browser, launch);
}

async function panelPictures(browser: ExtensionBrowser, launch: string): Promise<void> {
  for (const [name, place] of [
    ['overview', '/'],
    ['builder', '/new'],
    ['progress', launch],
  ] as const) {
    const page = await browser.page(`chrome-extension://${browser.extensionId}/panel.html#${place}`);
    await page.setViewportSize({ width: 400, height: 900 });
    await rest(page);
    await shoot(page, `panel-${name}`);
    await page.close();
  }
}

/** The web app as a person without the extension sees it. */
async function appPictures({ stack, browser }: World): Promise<void> {
  const page = await browser.page(stack.origin);
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const [name, place] of [
    ['overview', '/'],
    ['launches', '/launches'],
    ['insights', '/insights'],
    ['leads', '/leads'],
    ['orders', '/orders'],
    ['affiliates', '/affiliates'],
    ['connections', '/connections'],
    ['settings', '/settings'],
    ['settings-members', '/settings/members'],
    ['settings-keys', '/settings/api-keys'],
    ['settings-webhooks', '/settings/webhooks'],
    ['settings-audit', '/settings/audit'],
    ['account', '/settings/account'],
    ['security', '/settings/security'],
  ] as const) {
    await page.goto(stack.origin + place);
    await rest(page);
    await shoot(page, `app-${name}`);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(stack.origin);
  await rest(page);
  await shoot(page, 'app-overview-dark');
  await page.close();
  await doorPictures(stack);
}

/** What stands before a session, as somebody sees it who has none. */
async function doorPictures({ origin, sandbox }: World['stack']): Promise<void> {
  const context = await launchChromium({
    executablePath: needChromium(),
    httpsPort: Number(new URL(sandbox.httpsUrl ?? '').port),
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
  });
  const page = await context.newPage();
  for (const [name, place] of [
    ['sign-in', '/sign-in'],
    ['sign-up', '/sign-up'],
    ['reset', '/reset'],
  ] as const) {
    await page.goto(origin + place);
    await rest(page);
    await shoot(page, `app-${name}`);
  }
  await context.close();
}

async function rest(page: Page): Promise<void> {
  await page.locator('main').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null, undefined, { timeout: 20_000 });
  await page.waitForTimeout(500);
}
