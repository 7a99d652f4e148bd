import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needChromium } from '../../local/find-chromium.ts';
import { launchChromium } from '../../local/launch-chromium.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

/** What the page itself says each row node shows: the oracle of overlay tests, so it must be right. */
interface Host {
  rows(): { node: HTMLElement; id: string | null; index: number }[];
  scrollTo(top: number, left?: number): void;
  count: number;
  rowHeight: number;
  scroller: HTMLElement;
}
declare global {
  interface Window {
    __host: Host;
  }
}

let sandbox: Sandbox;
let context: BrowserContext;
let profile: string;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1, httpsPort: 0 });
  profile = await mkdtemp(path.join(tmpdir(), 'inlay-host-pages-'));
  context = await launchChromium({
    profile,
    executablePath: needChromium(),
    httpsPort: Number(new URL(sandbox.httpsUrl ?? '').port),
    viewport: { width: 1280, height: 800 },
  });
});
afterAll(async () => {
  await context?.close();
  await sandbox?.close();
  // The browser's helpers may still write for a moment after it has closed.
  await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const ADS = 'https://adsmanager.facebook.com/adsmanager/manage/ads?act=1000000001';

async function open(url: string): Promise<{ page: Page; problems: string[] }> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url);
  await page.waitForFunction(() => window.__host?.count > 0);
  return { page, problems };
}

/** Scrolls like a wheel and compares, in every frame, what a reader can see of the ids with what the page says. */
const readRows = (page: Page, variant: string) =>
  page.evaluate(async (kind) => {
    const host = window.__host;
    const wrong: string[] = [];
    let seen = 0;
    const nodes = new Set<HTMLElement>();
    for (let frame = 0; frame < 120; frame += 1) {
      host.scrollTo(frame * 350);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const { node, id, index } of host.rows()) {
        nodes.add(node);
        seen += 1;
        const surface = node.getAttribute('data-surface') ?? '';
        const link = node.querySelector('a')?.getAttribute('href') ?? '';
        const found = kind === 'c' ? /selected_ad_ids=(\d+)/.exec(link)?.[1] : /table_row:(\d+)/.exec(surface)?.[1];
        const cells = [...node.querySelectorAll('[data-surface*="table_cell:"]')].map((cell) => cell.getAttribute('data-surface') ?? '');
        const row = node.querySelector('[role=row]')?.getAttribute('aria-rowindex');
        if (found !== id || Number(row) !== index + 2 || cells.length < 5 || !cells.every((text) => text.startsWith(`${surface}/`)))
          wrong.push(`${id} ${found} ${surface} ${row} ${index}`);
      }
    }
    return { wrong, seen, pool: nodes.size };
  }, variant);

test.each(['a', 'b', 'c'])('variant %s: 5,000 rows pass through a small pool of nodes and every id stays true', async (variant) => {
  const { page, problems } = await open(`${ADS}&variant=${variant}`);
  expect(await page.evaluate(() => window.__host.count)).toBe(5000);
  const { wrong, seen, pool } = await readRows(page, variant);
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(2000);
  expect(pool).toBeLessThan(40);
  const suffixes = await page.evaluate(
    () => new Set(window.__host.rows().map(({ node }) => (node.getAttribute('data-surface') ?? '').endsWith('unit'))).size,
  );
  expect(suffixes).toBe(variant === 'b' ? 2 : 1);
  expect(problems).toEqual([]);
  await page.close();
});

test('columns are drawn only in view, the totals row is −1, class names change with every load', async () => {
  const { page } = await open(ADS);
  const keys = () =>
    page.evaluate(() =>
      [...(window.__host.rows()[0]?.node.querySelectorAll('[data-surface*="table_cell:"]') ?? [])].map(
        (cell) => /table_cell:(.*)/.exec(cell.getAttribute('data-surface') ?? '')?.[1],
      ),
    );
  expect(await keys()).toContain('delivery');
  expect(await keys()).not.toContain('cpm');
  await page.evaluate(() => window.__host.scrollTo(0, 2000));
  await expect.poll(keys).toContain('cpm');
  expect(await keys()).not.toContain('delivery');
  expect(await page.locator('[data-surface="/am/table/table_row:-1unit"]').count()).toBe(1);
  const classes = () => page.evaluate(() => window.__host.rows()[0]?.node.className);
  const before = await classes();
  await page.reload();
  await page.waitForFunction(() => window.__host?.count > 0);
  expect(await classes()).not.toBe(before);
  await page.close();
});

test('soft navigation: a campaign opens its ad sets without a load, back returns, another account shows its own', async () => {
  const { page, problems } = await open(
    'https://adsmanager.facebook.com/adsmanager/manage/campaigns?act=1000000001&date=2026-11-01_2026-11-19',
  );
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const first = await page.evaluate(() => window.__host.rows()[0]?.id);
  await page.locator('[role=row] a').first().click();
  await page.waitForURL(/\/adsets\?.*selected_campaign_ids=/);
  expect(page.url()).toContain(`selected_campaign_ids=${first}`);
  expect(page.url()).toContain('date=2026-11-01_2026-11-19');
  await page.waitForFunction(() => window.__host.count > 0 && window.__host.count < 250);
  await page.goBack();
  await page.waitForFunction(() => window.__host.count === 20);
  await page.getByRole('combobox', { name: 'Account' }).selectOption('1000000002');
  await page.waitForFunction(() => window.__host.count === 0);
  expect(new URL(page.url()).searchParams.get('act')).toBe('1000000002');
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  expect(problems).toEqual([]);
  await page.close();
});

test('Arabic: mirrored, own digits, columns still follow the sideways scroll', async () => {
  const { page, problems } = await open(`${ADS}&locale=ar_AR&date=2026-10-01_2030-01-01`);
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  expect(await page.locator('[data-surface*="table_row:-1"] [role=row]').innerText()).toMatch(/[٠-٩]/);
  await page.evaluate(() => window.__host.scrollTo(0, -2000));
  await expect.poll(() => page.locator('[data-surface$="table_cell:cpm"]').count()).toBeGreaterThan(5);
  expect(problems).toEqual([]);
  await page.close();
});

test('an unfriendly page throws foreign nodes out of its rows, and keeps its own', async () => {
  const { page } = await open(`${ADS}&hostile=evict`);
  const left = await page.evaluate(async () => {
    const node = window.__host.rows()[0]?.node;
    node?.append(Object.assign(document.createElement('span'), { id: 'foreign' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    window.__host.scrollTo(5000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {
      foreign: document.querySelectorAll('#foreign').length,
      cells: window.__host.rows()[0]?.node.querySelectorAll('[role=gridcell]').length,
    };
  });
  expect(left.foreign).toBe(0);
  expect(left.cells).toBeGreaterThan(5);
  await page.close();
});
