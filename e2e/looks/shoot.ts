import { mkdirSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { needChromium } from '../../local/find-chromium.ts';
import { buildLooks } from './build-looks.ts';
import { lookFiles } from './look-files.ts';
import type { Look } from './look.ts';
import { organizationLooks } from './organization-looks.ts';
import { personLooks } from './person-looks.ts';
import { serveLooks } from './serve-looks.ts';

/** `node --import tsx e2e/looks/shoot.ts [name part]`: screenshots of every screen to .local/looks, with axe's findings. For eyes, not for CI. */
const root = join(import.meta.dirname, '../..');
const out = join(root, '.local/looks');
const only = process.argv[2] ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

await buildLooks(join(out, 'site'));
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: needChromium(), args: ['--no-sandbox'] });
const faults: string[] = [];

const files = lookFiles();
const fill = (sheet: typeof files.sheet) => async (page: Page) => {
  await page.locator('[data-testid=sheet-drop] input[type=file]').setInputFiles(sheet);
  await page.locator('[data-testid=media-drop] input[type=file]').first().setInputFiles(files.media);
  await page.getByTestId('to-review').isEnabled();
  await page.waitForTimeout(400);
};
const review =
  (tab?: number, sheet = files.sheet) =>
  async (page: Page) => {
    await fill(sheet)(page);
    await page.getByTestId('to-review').click();
    await page.waitForTimeout(200);
    if (tab !== undefined) await page.locator('[role=tab]').nth(tab).click();
  };
/** The grid, its cursor on the first cell with a mistake. */
const rows =
  (sheet = files.sheet, keys: string[] = []) =>
  async (page: Page) => {
    await review(1, sheet)(page);
    await page.locator('[role=gridcell]').first().click();
    for (const key of keys) await page.keyboard.press(key);
  };
/** The builder for the account of another platform; `n` counts accounts from 0. */
const onAccount = (n: number, then: (page: Page) => Promise<void>) => async (page: Page) => {
  await page.locator('.page-head select').selectOption({ index: n });
  await page.waitForTimeout(200);
  await then(page);
};
const [GOOGLE, LINKEDIN, TIKTOK, SNAPCHAT] = [2, 3, 4, 5];
/** Words only, with a search word that cannot be one. */
const searchWords = async (page: Page) => {
  await page.locator('[data-testid=sheet-drop] input[type=file]').setInputFiles(files.searchSheet);
  await page.locator('[data-testid=launch-settings] textarea').fill('fresh coffee\n[coffee beans]\nbeans@home');
};
const searchAds = async (page: Page) => {
  await searchWords(page);
  await page.locator('[data-testid=launch-settings] textarea').fill('fresh coffee');
  await page.getByTestId('to-review').click();
  await page.locator('[role=tab]').nth(4).click();
};
const rowAction = (row: string, button: string) => async (page: Page) => {
  await page.locator(`[data-row="${row}"] .row-chevron`).click();
  await page.getByTestId(button).click();
};
/** Templates and parameters, each field with a mistake of its own kind. */
const names = async (page: Page) => {
  await fill(files.sheet)(page);
  const settings = page.getByTestId('name-settings');
  await settings.locator('summary').click();
  const fields = settings.locator('input');
  await fields.nth(0).fill('EU · {campaign} · {isoweek}');
  await fields.nth(3).fill('{concept} {colour}');
  await fields.nth(6).fill('utm source');
  await fields.nth(9).fill('{{ad.colour}}');
};
const looks: Look[] = [
  { name: 'sign-in', path: '/', width: 1440, signedOut: true },
  { name: 'sign-in-ar', path: '/', width: 360, signedOut: true, locale: 'ar' },
  { name: 'sign-up-fr', path: '/sign-up', width: 768, signedOut: true, locale: 'fr', dark: true },
  ...personLooks,
  { name: 'overview', path: '/', width: 1440 },
  { name: 'overview-dark', path: '/', width: 1440, dark: true },
  { name: 'overview-fr-768', path: '/', width: 768, locale: 'fr' },
  { name: 'overview-ar', path: '/', width: 1440, locale: 'ar' },
  { name: 'overview-360', path: '/', width: 360 },
  { name: 'overview-empty', path: '/', width: 1440, empty: true },
  {
    name: 'overview-explain',
    path: '/',
    width: 1440,
    act: async (page) => {
      await page.locator('.roas').nth(1).click();
      await page.locator('.chart-box').hover({ position: { x: 400, y: 80 } });
    },
  },
  {
    name: 'palette',
    path: '/',
    width: 1440,
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('la');
    },
  },
  {
    name: 'menu-360',
    path: '/',
    width: 360,
    act: async (page) => {
      await page.locator('.topbar button').first().click();
    },
  },
  { name: 'launches', path: '/launches', width: 1440 },
  { name: 'launches-empty', path: '/launches', width: 768, empty: true },
  { name: 'launches-fr-360', path: '/launches?text=spring', width: 360, locale: 'fr' },
  { name: 'launches-ar-dark', path: '/launches?state=active', width: 1440, locale: 'ar', dark: true },
  { name: 'compare', path: '/launches/lch_run/compare/lch_ver', width: 1440 },
  { name: 'compare-ar-360', path: '/launches/lch_run/compare/lch_ver', width: 360, locale: 'ar', dark: true },
  {
    name: 'launch-again',
    path: '/launches/lch_ver',
    width: 768,
    act: async (page) => {
      await page.getByTestId('launch-again').click();
      await page.getByTestId('again-confirm').click();
      await page.getByTestId('again-open').waitFor();
    },
  },
  { name: 'launch-second-person', path: '/launches/lch_you', width: 1440 },
  { name: 'launch-second-person-dark-fr-768', path: '/launches/lch_you', width: 768, dark: true, locale: 'fr' },
  { name: 'launch-second-person-ar-360', path: '/launches/lch_you', width: 360, locale: 'ar' },
  { name: 'launch-ask', path: '/launches/lch_ask', width: 1440 },
  { name: 'launch-ask-ar-360', path: '/launches/lch_ask', width: 360, locale: 'ar', dark: true },
  { name: 'panel-second-person', path: '/panel.html#/launches/lch_you', width: 360 },
  { name: 'launch-running', path: '/launches/lch_run', width: 1440 },
  {
    name: 'launch-attention',
    path: '/launches/lch_att',
    width: 1440,
    dark: true,
    act: async (page) => {
      await page.locator('[data-testid=receipts] select').nth(1).selectOption('REJECTED');
      await page.locator('[data-row="itm_31"] .row-chevron').click();
    },
  },
  {
    name: 'launch-correct',
    path: '/launches/lch_att',
    width: 1440,
    full: false,
    act: async (page) => {
      await page.locator('[data-testid=receipts] select').nth(1).selectOption('REJECTED');
      await rowAction('itm_31', 'correct-row')(page);
    },
  },
  {
    name: 'launch-correct-ar-360',
    path: '/launches/lch_att',
    width: 360,
    locale: 'ar',
    full: false,
    act: async (page) => {
      await page.locator('[data-testid=receipts] select').nth(1).selectOption('REJECTED');
      await rowAction('itm_31', 'correct-row')(page);
    },
  },
  { name: 'launch-accept', path: '/launches/lch_att', width: 1440, dark: true, full: false, act: rowAction('itm_7', 'accept-difference') },
  {
    name: 'launch-drift',
    path: '/launches/lch_att',
    width: 768,
    locale: 'fr',
    act: async (page) => {
      await page.locator('[data-row="itm_7"] .row-chevron').click();
    },
  },
  {
    name: 'launch-activate',
    path: '/launches/lch_ver',
    width: 1440,
    act: async (page) => {
      await page.getByTestId('activate').click();
    },
  },
  ...(
    [
      ['undo', 1440, 'en', false],
      ['undo-fr-360', 360, 'fr', true],
      ['undo-ar', 768, 'ar', false],
    ] as const
  ).map(([name, width, locale, dark]) => ({
    name: `launch-${name}`,
    path: '/launches/lch_act',
    width,
    locale,
    dark,
    act: async (page: Page) => {
      await page.getByTestId('undo').click();
      await page.getByTestId('undo-effect').waitFor();
    },
  })),
  { name: 'launch-undo-waiting', path: '/launches/lch_und', width: 1440 },
  { name: 'launch-undo-waiting-ar-360', path: '/launches/lch_und', width: 360, locale: 'ar', dark: true },
  { name: 'launch-ar-360', path: '/launches/lch_run', width: 360, locale: 'ar' },
  {
    name: 'builder-template',
    path: '/launches/new',
    width: 1440,
    act: async (page) =>
      page
        .locator('[data-testid=templates] select')
        .selectOption('tpl_1')
        .then(() => undefined),
  },
  {
    name: 'builder-template-save-ar-360',
    path: '/launches/new',
    width: 360,
    locale: 'ar',
    dark: true,
    act: async (page) => page.getByTestId('save-template').click(),
  },
  { name: 'builder-files', path: '/launches/new', width: 1440 },
  { name: 'builder-files-fr-360', path: '/launches/new', width: 360, locale: 'fr', act: fill(files.sheet) },
  {
    name: 'builder-matrix',
    path: '/launches/new',
    width: 1440,
    act: async (page) => {
      await review(2)(page);
      await page.locator('.matrix-in').nth(3).click();
    },
  },
  { name: 'builder-duplicates', path: '/launches/new', width: 1440, act: review(undefined, files.twiceSheet) },
  { name: 'builder-duplicates-ar-360', path: '/launches/new', width: 360, locale: 'ar', act: review(undefined, files.twiceSheet) },
  { name: 'builder-problems', path: '/launches/new', width: 1440, act: review(undefined, files.wrongSheet) },
  { name: 'builder-problems-360', path: '/launches/new', width: 360, dark: true, act: review(undefined, files.wrongSheet) },
  {
    name: 'builder-grid',
    path: '/launches/new',
    width: 1440,
    act: rows(files.sheet, ['ArrowDown', 'ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowRight']),
  },
  { name: 'builder-grid-wrong-dark', path: '/launches/new', width: 1440, dark: true, act: rows(files.wrongSheet, ['F8']) },
  {
    name: 'builder-grid-wrong-ar',
    path: '/launches/new',
    width: 1440,
    locale: 'ar',
    act: rows(files.wrongSheet, ['F8', 'F8', 'Control+f']),
  },
  { name: 'builder-grid-edit-fr-360', path: '/launches/new', width: 360, locale: 'fr', act: rows(files.wrongSheet, ['F8', 'F2']) },
  { name: 'builder-names', path: '/launches/new', width: 1440, act: review(3) },
  { name: 'builder-templates', path: '/launches/new', width: 1440, act: names },
  { name: 'builder-templates-dark-fr-768', path: '/launches/new', width: 768, dark: true, locale: 'fr', act: names },
  { name: 'builder-templates-ar-360', path: '/launches/new', width: 360, locale: 'ar', act: names },
  { name: 'builder-ads', path: '/launches/new', width: 1440, act: review(4) },
  { name: 'builder-ads-cut-dark', path: '/launches/new', width: 1440, dark: true, act: review(4, files.longSheet) },
  { name: 'builder-ads-ar-360', path: '/launches/new', width: 360, locale: 'ar', act: review(4) },
  { name: 'builder-ads-search', path: '/launches/new', width: 1440, dark: true, act: onAccount(GOOGLE, searchAds) },
  { name: 'builder-ads-linkedin-fr', path: '/launches/new', width: 768, locale: 'fr', act: onAccount(LINKEDIN, review(4)) },
  { name: 'builder-ads-tiktok', path: '/launches/new', width: 1440, act: onAccount(TIKTOK, review(4)) },
  { name: 'builder-google', path: '/launches/new', width: 1440, act: onAccount(GOOGLE, searchWords) },
  { name: 'builder-google-ar-360', path: '/launches/new', width: 360, locale: 'ar', act: onAccount(GOOGLE, searchWords) },
  { name: 'builder-linkedin-fr-768', path: '/launches/new', width: 768, locale: 'fr', act: onAccount(LINKEDIN, fill(files.sheet)) },
  { name: 'builder-tiktok-dark', path: '/launches/new', width: 1440, dark: true, act: onAccount(TIKTOK, fill(files.sheet)) },
  { name: 'builder-snapchat', path: '/launches/new', width: 1440, act: onAccount(SNAPCHAT, fill(files.sheet)) },
  { name: 'builder-media-ar', path: '/launches/new', width: 1440, locale: 'ar', act: review(5) },
  {
    name: 'builder-media-chosen-360-dark',
    path: '/launches/new',
    width: 360,
    dark: true,
    act: async (page) => {
      await review(5)(page);
      await page.locator('.media-part').nth(1).locator('input').first().check();
    },
  },
  {
    name: 'builder-check',
    path: '/launches/new',
    width: 1440,
    act: async (page) => {
      await review()(page);
      await page.getByTestId('to-check').click();
      await page.getByTestId('dry-run').waitFor();
    },
  },
  {
    name: 'builder-check-ar-360',
    path: '/launches/new',
    width: 360,
    locale: 'ar',
    act: async (page) => {
      await review()(page);
      await page.getByTestId('to-check').click();
      await page.getByTestId('dry-run').waitFor();
    },
  },
  {
    name: 'builder-approve',
    path: '/launches/new',
    width: 1440,
    act: async (page) => {
      await review()(page);
      await page.getByTestId('to-check').click();
      await page.getByTestId('dry-run').waitFor();
      await page.getByTestId('to-approve').click();
      await page.getByTestId('approve-sure').check();
    },
  },
  { name: 'insights', path: '/insights', width: 1440 },
  { name: 'insights-ads', path: '/insights?c=1&cn=Spring&s=2&sn=Broad', width: 1440, dark: true },
  { name: 'insights-360', path: '/insights', width: 360 },
  {
    name: 'leads',
    path: '/leads',
    width: 1440,
    act: async (page) => {
      await page.locator('[data-row="led_1"] .row-chevron').click();
    },
  },
  { name: 'leads-ar', path: '/leads', width: 768, locale: 'ar', dark: true },
  {
    name: 'orders',
    path: '/orders',
    width: 1440,
    act: async (page) => {
      await page.locator('[data-row="ord_2"] .row-chevron').click();
    },
  },
  { name: 'affiliates', path: '/affiliates', width: 1440 },
  {
    name: 'affiliates-form',
    path: '/affiliates',
    width: 768,
    locale: 'fr',
    act: async (page) => {
      await page.locator('.page-head button').first().click();
    },
  },
  { name: 'affiliates-empty', path: '/affiliates', width: 360, empty: true },
  { name: 'connections', path: '/connections', width: 1440 },
  { name: 'connections-360-dark', path: '/connections', width: 360, dark: true },
  ...organizationLooks,
  { name: 'panel', path: '/panel.html', width: 360 },
  { name: 'panel-dark-ar', path: '/panel.html', width: 360, dark: true, locale: 'ar' },
  { name: 'panel-builder', path: '/panel.html#/new', width: 360, act: fill(files.sheet) },
  { name: 'panel-review', path: '/panel.html#/new', width: 360, act: review(2) },
  { name: 'panel-launch', path: '/panel.html#/launches/lch_run', width: 360 },
  { name: 'panel-launches', path: '/panel.html#/launches', width: 360, locale: 'fr' },
];

for (const look of looks.filter((one) => one.name.includes(only))) {
  const site = await serveLooks(join(out, 'site'), {
    empty: look.empty ?? false,
    locale: look.locale ?? 'en',
    looker: look.looker ?? 'owner',
  });
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 500 ? 760 : 900 },
    colorScheme: look.dark ? 'dark' : 'light',
    locale: look.locale ?? 'en',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`${look.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`${look.name}: ${message.text()}`);
  });
  try {
    if (look.signedOut !== true)
      await page.request.post(`${site.url}/v1/auth/sign-in`, { data: { email: 'owner@example.com', password: 'demo' } });
    await page.goto(site.url + look.path);
    await page.waitForTimeout(350);
    if (look.act) await look.act(page);
    await page.waitForTimeout(250);
    await page.screenshot({
      path: join(out, `${look.name}.png`),
      fullPage: look.full ?? !['palette', 'menu-360', 'launch-activate', 'affiliates-form'].includes(look.name),
      animations: 'disabled',
    });
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { axe: runner } = window as unknown as {
        axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
      };
      return (await runner.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(
        (one) => `${one.id} ×${one.nodes.length} ${one.nodes[0]?.html.slice(0, 160)}`,
      );
    });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    faults.push(
      ...found.map((one) => `${look.name}: axe ${one}`),
      ...(overflow > 0 ? [`${look.name}: ${overflow} px wider than the view`] : []),
    );
  } catch (cause) {
    faults.push(`${look.name}: ${cause instanceof Error ? cause.message.split('\n')[0] : 'failed'}`);
    await page.screenshot({ path: join(out, `${look.name}.png`) });
  }
  await context.close();
  site.close();
}
await browser.close();
process.stdout.write(`${faults.join('\n')}\n${faults.length} findings, pictures in ${out}\n`);
