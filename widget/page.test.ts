import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildWidget } from './build-widget.ts';
import { startFixtureHosts, type FixtureHosts } from './testing/fixture-hosts.ts';
import { launchChromium } from './testing/launch-chromium.ts';
import { leadSample, longLeadSample, longStatsSample, statsSample, unmatchedSample } from './testing/samples.ts';
import { watchPage, type PageWatch } from './testing/watch-page.ts';

/** The built elements in a real browser, on pages with a strict policy, Trusted Types and a style sheet that shouts. */
let outDir: string;
let hosts: FixtureHosts;
let browser: Browser;
let page: Page;
let watched: () => Promise<PageWatch>;

beforeAll(async () => {
  outDir = await mkdtemp(path.join(tmpdir(), 'inlay-widget-'));
  await buildWidget({ outDir, apiOrigin: 'http://api.localhost:1', openRoots: true });
  hosts = await startFixtureHosts(outDir);
  browser = await launchChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await hosts?.close();
  await rm(outDir, { recursive: true, force: true });
});
beforeEach(async () => {
  Object.assign(hosts.state, {
    api: 'up',
    cdnDown: false,
    lead: leadSample,
    stats: statsSample,
    proxy: null,
    tokenLifeS: 600,
    refuseTokenOnce: false,
    latencyMs: 0,
    calls: [],
    badProofs: [],
  });
  page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC', viewport: { width: 700, height: 700 } });
  watched = await watchPage(page);
});
afterEach(async () => {
  expect(hosts.state.badProofs).toEqual([]);
  await page.close();
});

const LEAD = 'inlay-lead-roas';
const STATS = 'inlay-affiliate-stats';
const painted = (tag: string) => page.locator(`${tag} .card:not(.bones)`).first().waitFor();
const textOf = async (tag: string) =>
  (await page.locator(`${tag} .card`).innerText()).replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/\s*\n\s*/g, '\n');

test('a lead card says where from, what it cost, what it returned, and why, without moving or breaking the page', async () => {
  await page.goto(hosts.page(LEAD, {}, { class: 'w640' }));
  await painted(LEAD);
  const text = await textOf(LEAD);
  for (const part of [
    'Spring / FR / Leads › Lookalike 2 % – parents › concept-03_9x16',
    'Form: Quote in two minutes',
    'First touch Nov 3, 2026, latest Nov 7, 2026',
    '€7.00\nallocated, not charged',
    '€129.90\nOrders: 1 · Refunded: €9.90',
    '17.14×\nCohort: 2.10× (1.74× to 2.48×)',
    'Matched by lead form, exact · Last touch, window 28 days',
    'As of Nov 20, 2026, 6:40 AM',
  ])
    expect(text.replaceAll('\u202f', ' ')).toContain(part);
  expect(await page.locator(`${LEAD} a`).getAttribute('href')).toBe(leadSample.source?.managerUrl);
  await page.locator('summary').click();
  expect(await textOf(LEAD)).toContain('Cost: spend of the ad on Nov 3, 2026 (€70.00) ÷ leads of that day (10) = €7.00');
  expect(await watched()).toEqual({ cls: 0, shifts: [], cspViolations: [], errors: [] });
  expect(hosts.state.calls).toEqual([
    'POST /v1/embeds/token',
    'mint {"key":"pk_fixture","jkt":43,"subject":"501"}',
    'GET /v1/embeds/lead-roas',
  ]);
});

test('a creator sees the own figures through the shop proxy, and can take link and code along', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(hosts.page(STATS, {}, { class: 'w640' }));
  await painted(STATS);
  const text = await textOf(STATS);
  for (const part of [
    'Your figures, Creator 17',
    'Clicks\n1,284',
    'Orders\n37',
    'Net sales\n€2,846.30',
    'Commission\n€284.63',
    'Pending\n€91.20',
  ])
    expect(text).toContain(part);
  await page.getByRole('button', { name: 'Copy: Your code' }).click();
  await page.locator('[role=status]', { hasText: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('CREATOR17');
  expect(hosts.state.calls).toEqual(['proxy token', 'GET /v1/embeds/affiliate-stats']);
  expect(await watched()).toMatchObject({ cls: 0, cspViolations: [], errors: [] });
});

test('where the clipboard is forbidden, the text is selected instead', async () => {
  await page.goto(hosts.page(STATS, {}, { clipboard: 'no' }));
  await painted(STATS);
  await page.getByRole('button', { name: 'Copy: Your link' }).click();
  await page.waitForFunction(() => document.querySelector('inlay-affiliate-stats')?.shadowRoot?.activeElement instanceof HTMLInputElement);
  expect(
    await page
      .getByLabel('Your link', { exact: true })
      .evaluate((field: HTMLInputElement) => field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)),
  ).toBe(statsSample.affiliate?.link);
  expect((await watched()).errors.filter((line) => !line.includes('Permissions policy'))).toEqual([]);
});

test('nobody signed in: a quiet hint, a link only into this shop', async () => {
  hosts.state.proxy = { signIn: true };
  await page.goto(hosts.page(STATS, { 'data-sign-in-url': '/account/login' }));
  await painted(STATS);
  expect(await page.getByRole('link', { name: 'Sign in to see your figures' }).getAttribute('href')).toBe('/account/login');
  // Browsers read a backslash there as a slash.
  for (const elsewhere of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example/']) {
    await page.goto(hosts.page(STATS, { 'data-sign-in-url': elsewhere }));
    await painted(STATS);
    expect(await textOf(STATS)).toContain('Sign in to see your figures');
    expect(await page.locator(`${STATS} a`).count(), elsewhere).toBe(0);
  }
});

test('a signed-in customer who is no creator is told so, not asked to sign in', async () => {
  hosts.state.proxy = { signIn: true, notLinked: true };
  await page.goto(hosts.page(STATS, { 'data-sign-in-url': '/account/login' }));
  await painted(STATS);
  expect(await textOf(STATS)).toContain('This account is not linked to a creator yet');
  expect(await textOf(STATS)).not.toContain('Sign in');
});

test('unknown figures are dashes with their reason, never zeros', async () => {
  hosts.state.stats = { ...statsSample, netSalesMinor: null, commissionMinor: null, pendingMinor: null, nullReason: 'currency_differs' };
  await page.goto(hosts.page(STATS));
  await painted(STATS);
  expect(await textOf(STATS)).toContain('Net sales\n—');
  expect(await textOf(STATS)).toContain('— Orders in several currencies');
  hosts.state.lead = {
    ...leadSample,
    cost: { ...leadSample.cost, allocatedMinor: null, daySpendMinor: null },
    leadRoasMilli: null,
    cohort: { ...leadSample.cohort, tooFew: true },
  };
  await page.goto(hosts.page(LEAD));
  await painted(LEAD);
  expect(await textOf(LEAD)).toContain('Cost\n—\nthat day’s spend is not known yet');
  expect(await textOf(LEAD)).toContain('—\nCohort: too few to say');
  expect(await textOf(LEAD)).not.toContain('0.00');
});

test('an unmatched contact gets its reason', async () => {
  hosts.state.lead = unmatchedSample;
  await page.goto(hosts.page(LEAD));
  await painted(LEAD);
  expect(await textOf(LEAD)).toContain('This contact did not come from a lead form');
});

test('with several portals connected the page is told to say which; one that does sends it along', async () => {
  hosts.state.lead = { ...unmatchedSample, reason: 'several_portals' };
  await page.goto(hosts.page(LEAD));
  await painted(LEAD);
  expect(await textOf(LEAD)).toContain('Several HubSpot accounts are connected; this page has to say which one');
  await page.goto(hosts.page(LEAD, { 'data-portal': '4242' }));
  await painted(LEAD);
  expect(hosts.state.calls.filter((call) => call.startsWith('mint')).at(-1)).toBe(
    'mint {"key":"pk_fixture","jkt":43,"subject":"501","portal":"4242"}',
  );
});

test('with the API down the place holds one dash, and fills by itself when it is back', async () => {
  hosts.state.api = 'down';
  await page.goto(hosts.page(LEAD));
  await painted(LEAD);
  expect(await textOf(LEAD)).toBe('—');
  expect((await watched()).cls).toBe(0);
  // The browser itself notes the failed request; nothing else may be said, and nothing thrown.
  expect((await watched()).errors.filter((line) => !line.includes('Failed to load resource'))).toEqual([]);
  hosts.state.api = 'up';
  await page.locator(`${LEAD} .tiles`).waitFor({ timeout: 8000 });
});

test('a CDN that is away leaves an empty place, and the element still comes later', async () => {
  hosts.state.cdnDown = true;
  await page.goto(hosts.page(LEAD));
  await page.waitForFunction(() => document.querySelector('inlay-lead-roas')?.shadowRoot?.childElementCount === 0);
  hosts.state.cdnDown = false;
  await page.locator(`${LEAD} .tiles`).waitFor({ timeout: 8000 });
  const { errors, ...rest } = await watched();
  expect(rest).toEqual({ cls: 0, shifts: [], cspViolations: [] });
  expect(errors.filter((line) => !line.includes('Failed to load resource'))).toEqual([]);
});

test('a refusal is final: one dash, no further request', async () => {
  hosts.state.api = 'refusing';
  await page.goto(hosts.page(LEAD));
  await painted(LEAD);
  await page.waitForTimeout(3000);
  expect(await textOf(LEAD)).toBe('—');
  expect(hosts.state.calls).toEqual(['POST /v1/embeds/token']);
});

test('a token the API no longer takes is replaced at once', async () => {
  hosts.state.refuseTokenOnce = true;
  await page.goto(hosts.page(LEAD));
  await page.locator(`${LEAD} .tiles`).waitFor();
  expect(hosts.state.calls.filter((call) => call.startsWith('mint'))).toHaveLength(2);
});

test('another contact replaces the card; figures of the former one go at once', async () => {
  await page.goto(hosts.page(LEAD));
  await page.locator(`${LEAD} .tiles`).waitFor();
  hosts.state.latencyMs = 300;
  const during = await page.evaluate(() => {
    const element = document.querySelector('inlay-lead-roas');
    element?.setAttribute('data-contact', '502');
    return element?.shadowRoot?.textContent;
  });
  expect(during).toBe('');
  await page.locator(`${LEAD} .tiles`).waitFor();
  expect(hosts.state.calls.filter((call) => call.startsWith('mint')).map((call) => call.includes('"502"'))).toEqual([false, true]);
});

test('nothing is asked for before the element is near the view', async () => {
  await page.goto(hosts.page(LEAD, {}, { below: '1' }));
  await page.locator(`${LEAD} .bones`).waitFor({ state: 'attached' });
  await page.waitForTimeout(300);
  expect(hosts.state.calls).toEqual([]);
  await page.locator(LEAD).scrollIntoViewIfNeeded();
  await page.locator(`${LEAD} .tiles`).waitFor();
});

test('the loader may come twice or as a module, and leaves no global behind', async () => {
  const globals = () =>
    page.evaluate(() =>
      Object.keys(window)
        .filter((name) => !name.startsWith('__'))
        .sort(),
    );
  await page.goto(hosts.page(LEAD).replace('/page?', '/empty?'));
  const before = await globals();
  for (const query of [{ twice: '1' }, { module: '1' }] as Record<string, string>[]) {
    await page.goto(hosts.page(LEAD, {}, query));
    await page.locator(`${LEAD} .tiles`).first().waitFor();
    expect(await globals()).toEqual(before);
    expect(await watched()).toMatchObject({ cspViolations: [] });
  }
});

test('the reserved height holds the longest card at every width, in every language', async () => {
  Object.assign(hosts.state, { lead: longLeadSample, stats: longStatsSample });
  for (const tag of [LEAD, STATS] as const) {
    for (const lang of ['en', 'fr', 'ar']) {
      await page.goto(hosts.page(tag, {}, { lang }));
      await painted(tag);
      const tooHigh = await page.evaluate(async (name) => {
        const slot = document.querySelector<HTMLElement>('.inlay-slot');
        const element = document.querySelector<HTMLElement>(name);
        const card = element?.shadowRoot?.querySelector<HTMLElement>('.card');
        if (!slot || !element || !card) return ['no card'];
        // The card on its own, out of the grid that stretches it.
        card.style.alignSelf = 'start';
        const found: string[] = [];
        for (let width = 260; width <= 900; width += 20) {
          slot.style.width = `${width}px`;
          const reserved = Number.parseFloat(getComputedStyle(element).minHeight);
          if (card.offsetHeight > reserved || card.scrollWidth > card.clientWidth)
            found.push(`${width}px wide: ${card.offsetHeight} of ${reserved}, ${card.scrollWidth}/${card.clientWidth}`);
        }
        return found;
      }, tag);
      expect(tooHigh, `${tag} ${lang}`).toEqual([]);
    }
  }
});

test('the host page reaches neither colour nor type of the card, and the theme attribute beats the system', async () => {
  const colours = () =>
    page
      .locator(`${LEAD} .figure`)
      .first()
      .evaluate((node) => [
        getComputedStyle(node).color,
        getComputedStyle(node).letterSpacing,
        getComputedStyle(node).textTransform,
        getComputedStyle(node).borderTopWidth,
      ]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(hosts.page(LEAD));
  await painted(LEAD);
  expect(await colours()).toEqual(['rgb(236, 239, 243)', 'normal', 'none', '0px']);
  await page.goto(hosts.page(LEAD, { theme: 'light' }));
  await painted(LEAD);
  expect(await colours()).toEqual(['rgb(21, 24, 29)', 'normal', 'none', '0px']);
});

test('axe finds nothing, in both schemes, three languages, every state', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const findings = async () => {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      interface Axe {
        run(
          context: object,
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string }[] }[]; passes: { nodes: { target: unknown[] }[] }[] }>;
      }
      const { axe: tool } = window as unknown as { axe: Axe };
      const { violations, passes } = await tool.run(
        { include: ['.inlay-slot'] },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] },
      );
      const inside = passes.flatMap((rule) => rule.nodes).filter((node) => Array.isArray(node.target[0])).length;
      return { violations: violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(' ')}`), inside };
    });
  };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const lang of ['en', 'fr', 'ar']) {
      for (const tag of [LEAD, STATS] as const) {
        await page.goto(hosts.page(tag, {}, { lang, class: lang === 'fr' ? 'w320' : 'w640' }));
        await painted(tag);
        if (tag === LEAD) await page.locator('summary').click();
        const { violations, inside } = await findings();
        expect(violations, `${tag} ${lang} ${colorScheme}`).toEqual([]);
        expect(inside).toBeGreaterThan(5);
      }
    }
    hosts.state.api = 'down';
    await page.goto(hosts.page(LEAD));
    await painted(LEAD);
    expect((await findings()).violations).toEqual([]);
    hosts.state.api = 'up';
  }
}, 60_000);
