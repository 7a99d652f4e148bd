import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { ACCOUNT, OTHER_ACCOUNT } from '../../bench/overlay/rig/account.ts';
import { seenRows, settled, wrongRows } from '../../bench/overlay/rig/page-oracle.ts';
import { adsPage, startRig, type Rig } from '../../bench/overlay/rig/start-rig.ts';

/** The known breakages of an overlay on Ads Manager, on the imitated page with the extension's test build and a stub of our API. */
let rig: Rig;
let page: Page;
let errors: string[] = [];
beforeAll(async () => {
  rig = await startRig();
}, 120_000);
afterAll(async () => {
  await rig.close();
});
beforeEach(async () => {
  Object.assign(rig.api, { down: false, delayMs: 0, expired: false });
  for (const old of rig.context.pages().slice(1)) await old.close();
  rig.api.calls.length = 0;
  await rig.worker.evaluate(async () => {
    await chrome.storage.session.clear();
    await chrome.storage.local.clear();
  });
  await rig.signIn();
});

async function open(address: string): Promise<Page> {
  errors = [];
  page = await rig.context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(address);
  await page.bringToFront();
  return page;
}
const strip = () => page.locator('[data-inlay-root] .strip');
const badges = () => page.locator('[data-inlay-badge]');
const figures = async (): Promise<string[]> =>
  (await seenRows(page)).flatMap(({ badge }) => (badge === null || badge.money === '—' ? [] : [badge.money]));
const scrollTo = (top: number) =>
  page.evaluate((to) => {
    (window as unknown as { __host: { scrollTo(top: number): void } }).__host.scrollTo(to);
  }, top);

for (const query of [
  '&variant=a',
  '&variant=a&unit=absent',
  '&variant=a&unit=mixed',
  '&variant=b',
  '&variant=b&unit=present',
  '&variant=c',
])
  test(`B1, B2: every row has its own figure on page ${query}`, async () => {
    await open(adsPage(query));
    const rows = await settled(page);
    expect(wrongRows(rows)).toEqual([]);
    await scrollTo(40_000);
    expect(wrongRows(await settled(page))).toEqual([]);
    expect(errors).toEqual([]);
  });

test("B3: rows recycled while their figures are on the way never show another row's", async () => {
  rig.api.delayMs = 400;
  await open(adsPage());
  await badges().first().waitFor({ state: 'attached' });
  const wrong: unknown[] = [];
  for (let step = 0; step < 30; step += 1) {
    await scrollTo(step * 777);
    await page.waitForTimeout(40);
    wrong.push(...wrongRows(await seenRows(page)));
  }
  expect(wrong).toEqual([]);
  expect(wrongRows(await settled(page))).toEqual([]);
});

test("B4: the page's totals row gets no badge, in any variant", async () => {
  for (const variant of ['a', 'c']) {
    await open(adsPage(`&variant=${variant}`));
    await settled(page);
    expect(await page.locator('[data-surface*="table_row:-1"] [data-inlay-badge]').count()).toBe(0);
    expect(await page.evaluate(() => document.querySelectorAll('[role=columnheader] [data-inlay-badge]').length)).toBe(0);
  }
});

test('B5: figures do not depend on which columns are shown or in view', async () => {
  await open(adsPage('&columns=delivery'));
  expect(wrongRows(await settled(page))).toEqual([]);
  await open(adsPage());
  await settled(page);
  await page.evaluate(() => {
    (window as unknown as { __host: { scrollTo(top: number, left: number): void } }).__host.scrollTo(300, 900);
  });
  expect(wrongRows(await settled(page))).toEqual([]);
});

test('B6: tabs, back and forward start and stop the badges once, without a doubled one', async () => {
  await open(adsPage());
  await settled(page);
  for (const level of ['campaigns', 'adsets', 'ads']) {
    await page.locator(`[data-level=${level}]`).click();
    expect(wrongRows(await settled(page))).toEqual([]);
  }
  await page.goBack();
  await settled(page);
  await page.goForward();
  const rows = await settled(page);
  expect(wrongRows(rows)).toEqual([]);
  expect(
    await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('[role=row]')].map((row) => row.querySelectorAll('[data-inlay-badge]').length)),
    ),
  ).toBe(1);
  expect(await page.locator('[data-inlay-root]').count()).toBe(1);
});

test("B7: the figure is the row's own in the very frame after any jump", async () => {
  await open(adsPage());
  for (let top = 0; top <= 9200; top += 460) {
    await scrollTo(top);
    await page.waitForTimeout(15);
  }
  await settled(page);
  // Away from the edges the page's pool of rows stays as it is: only who they are changes.
  await scrollTo(2000);
  await settled(page);
  const seen = await page.evaluate(
    () =>
      new Promise<{ moved: number; late: number }>((resolve) => {
        const host = (window as unknown as { __host: { rows(): { node: HTMLElement; id: string }[]; scrollTo(top: number): void } }).__host;
        const before = new Map(host.rows().map(({ node, id }) => [node, id]));
        let late = 0;
        let frames = 0;
        // At the start of each frame the document is as the frame before was painted.
        const look = (): void => {
          for (const { node, id } of host.rows())
            if (
              !node.hidden &&
              (node.querySelector('[data-inlay-badge]')?.shadowRoot?.querySelector('.b') as HTMLElement | null)?.dataset['for'] !== id
            )
              late += 1;
          frames += 1;
          if (frames === 2) host.scrollTo(6000);
          if (frames < 12) requestAnimationFrame(look);
          else resolve({ moved: host.rows().filter(({ node, id }) => before.get(node) !== id).length, late });
        };
        requestAnimationFrame(look);
      }),
  );
  expect(seen.moved).toBeGreaterThan(10);
  expect(seen.late).toBe(0);
});

test('B8: a range that cannot be read leaves every row blank and says so; an absent one carries its own label', async () => {
  const before = rig.api.calls.length;
  await open(adsPage().replace(/date=[^&]*/, 'date=last_30d'));
  await strip().getByText('could not be read').first().waitFor();
  expect(await badges().count()).toBe(0);
  expect(rig.api.calls.slice(before).filter(({ path }) => path === '/v1/metrics/look-up')).toEqual([]);
  await open(adsPage().replace(/&date=[^&]*/, ''));
  await settled(page);
  expect(
    await badges()
      .first()
      .evaluate((host) => host.shadowRoot?.querySelector('.w')?.textContent),
  ).toBe('28d');
});

test("B10: switching the account in the page never shows one account's figure in the other", async () => {
  await open(adsPage());
  await settled(page);
  await page.locator('select[aria-label]').first().selectOption(OTHER_ACCOUNT);
  await page.waitForFunction(() => location.search.includes('1000000002'));
  for (let n = 0; n < 20; n += 1) {
    expect(wrongRows(await seenRows(page))).toEqual([]);
    await page.waitForTimeout(50);
  }
  expect(await figures()).toEqual([]);
  await strip().getByText('not connected').waitFor();
});

test('B12: a page that throws our nodes out is left alone after a few tries', async () => {
  await open(adsPage('&hostile=evict'));
  await strip()
    .getByRole('img', { name: /keeps removing/ })
    .waitFor();
  expect(await badges().count()).toBe(0);
  await page.waitForTimeout(500);
  expect([await badges().count(), errors]).toEqual([0, []]);
});

test('B12: frozen prototypes, a listening attachShadow and forged messages and clicks change nothing', async () => {
  await open(adsPage('&hostile=freeze,attach,messages'));
  expect(wrongRows(await settled(page))).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { __seenShadowRoots: unknown[] }).__seenShadowRoots.length)).toBe(0);
  const before = rig.api.calls.length;
  await page.evaluate(() => {
    const bar = document.querySelector('[data-inlay-root]')?.shadowRoot;
    for (const button of bar?.querySelectorAll('button') ?? []) {
      button.click();
      button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    }
    for (const select of bar?.querySelectorAll('select') ?? []) {
      select.value = '7';
      select.dispatchEvent(new Event('change'));
    }
  });
  await page.waitForTimeout(600);
  expect(rig.api.calls.slice(before).filter(({ path }) => path.includes('launches'))).toEqual([]);
  expect(await rig.worker.evaluate(() => chrome.storage.local.get('prefs'))).toEqual({});
  expect(await strip().count()).toBe(1);
});

test('B12: with the whole layer removed again and again the overlay gives up cleanly', async () => {
  await open(adsPage());
  await settled(page);
  await page.evaluate(() => {
    new MutationObserver(() => document.querySelector('[data-inlay-root]')?.remove()).observe(document.documentElement, {
      childList: true,
    });
    document.querySelector('[data-inlay-root]')?.remove();
  });
  await page.waitForTimeout(500);
  expect([await page.locator('[data-inlay-root]').count(), await badges().count(), errors]).toEqual([0, 0, []]);
});

test('nothing of a badge can be read by the page: only an empty element stands in its row', async () => {
  await open(adsPage());
  await settled(page);
  const host = await badges()
    .first()
    .evaluate((element) => ({
      text: element.textContent,
      attributes: element.getAttributeNames().filter((name) => name !== 'data-inlay-badge'),
    }));
  expect(host).toEqual({ text: '', attributes: [] });
});

test('B15: the background killed again and again: figures come all the same', async () => {
  await open(adsPage());
  await settled(page);
  for (let n = 1; n <= 3; n += 1) {
    await rig.killBackground();
    await scrollTo(n * 20_000);
    expect(wrongRows(await settled(page))).toEqual([]);
  }
  expect(errors).toEqual([]);
});

test('B15: with the API away known figures stay, unknown rows are blank, and all return with it', async () => {
  await open(adsPage());
  await settled(page);
  const known = await figures();
  rig.api.down = true;
  await page.reload();
  await expect.poll(figures).toEqual(known);
  await scrollTo(90_000);
  await page.waitForTimeout(1500);
  expect(await figures()).toEqual([]);
  rig.api.down = false;
  await expect.poll(async () => (await figures()).length, { timeout: 20_000 }).toBeGreaterThan(10);
  expect(errors).toEqual([]);
});

test('B15: an ended session says so and takes the figures off', async () => {
  await open(adsPage());
  await settled(page);
  rig.api.expired = true;
  await scrollTo(50_000);
  await strip().getByText('Sign in to Inlay').waitFor();
  expect(await badges().count()).toBe(0);
});

test('nothing runs before consent, and hiding on the site takes everything away at once', async () => {
  await rig.worker.evaluate(() => chrome.storage.local.remove('consent'));
  await open(adsPage());
  await page.waitForTimeout(1000);
  expect([await badges().count(), await page.locator('[data-inlay-root]').count()]).toEqual([0, 0]);
  await rig.signIn();
  await page.reload();
  await settled(page);
  await strip().getByRole('button', { name: 'Hide on this site' }).click();
  await expect.poll(async () => [await badges().count(), await page.locator('[data-inlay-root]').count()]).toEqual([0, 0]);
});

test("the host's tab order is untouched; Alt+Shift+I reaches the bar, arrows walk the rows, Escape goes back", async () => {
  await open(adsPage());
  await settled(page);
  expect(
    await page.evaluate(
      () =>
        document.querySelector('[data-inlay-root]')?.shadowRoot?.querySelectorAll('button:not([tabindex="-1"]),select:not([tabindex="-1"])')
          .length,
    ),
  ).toBe(0);
  await page.locator('input[type=search]').focus();
  await page.keyboard.press('Alt+Shift+KeyI');
  const inBar = () => page.evaluate(() => document.querySelector('[data-inlay-root]')?.shadowRoot?.activeElement?.className ?? null);
  expect(await inBar()).toContain('chip');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  const named = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? null);
  expect(await named()).toContain('€300.07 net from 11 customers ÷ €200.01 spend');
  await page.keyboard.press('ArrowDown');
  expect(await named()).toContain('€300.14');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
});

test("Escape is the page's own again once focus has left the bar by itself", async () => {
  await open(adsPage());
  await settled(page);
  await page.locator('input[type=search]').focus();
  await page.keyboard.press('Alt+Shift+KeyI');
  const select = page.locator('select[aria-label]').first();
  await select.focus();
  await page.keyboard.press('Escape');
  await expect(select.evaluate((element) => element === document.activeElement)).resolves.toBe(true);
  // Asked for twice, the bar still gives focus back to the page.
  await page.locator('input[type=search]').focus();
  await page.keyboard.press('Alt+Shift+KeyI');
  await page.keyboard.press('Alt+Shift+KeyI');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
});

test('the chips change window and basis of every figure and stay chosen', async () => {
  await open(adsPage());
  await settled(page);
  // A person's own key: a script's change event would be ignored.
  await strip().locator('select').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() =>
      rig.api.calls.some(
        ({ path, body }) => path === '/v1/metrics/look-up' && JSON.stringify((body as { window: unknown }).window) === '{"days":1}',
      ),
    )
    .toBe(true);
  await settled(page);
  expect(
    await badges()
      .first()
      .evaluate((host) => host.shadowRoot?.querySelector('.w')?.textContent),
  ).toBe('1d');
  await page.reload();
  await settled(page);
  expect(await strip().locator('select').first().inputValue()).toBe('1');
});

test('sign-in from the first-run page: consent, PKCE, and the overlay stands in a tab that was already open', async () => {
  await rig.worker.evaluate(async () => {
    await chrome.storage.session.clear();
    await chrome.storage.local.clear();
  });
  const ads = await open(adsPage());
  const welcome = await rig.context.newPage();
  await welcome.goto(`chrome-extension://${rig.extensionId}/welcome.html`);
  await welcome.getByTestId('consent-accept').click();
  await welcome.getByRole('status').waitFor();
  await ads.bringToFront();
  expect(wrongRows(await settled(ads))).toEqual([]);
  const exchange = rig.api.calls.find(({ path }) => path === '/v1/oauth/token');
  expect(exchange?.body).toMatchObject({
    clientId: 'inlay-extension',
    redirectUri: `https://${rig.extensionId}.chromiumapp.org/signed-in`,
  });
  expect(rig.api.calls.at(-1)?.authorization).toMatch(/^Bearer access-/);
});

test('with the service away a person is signed out of this browser all the same, and the popup says so', async () => {
  const popup = await open(`chrome-extension://${rig.extensionId}/popup.html`);
  await popup.getByText('person-1@example.com').waitFor();
  rig.api.down = true;
  await popup.getByRole('button', { name: 'Sign out' }).click();
  await popup.getByRole('button', { name: 'Sign in' }).waitFor({ timeout: 5_000 });
  expect(errors).toEqual([]);
});

test('content scripts cannot read what the extension stores', async () => {
  await open(adsPage());
  await settled(page);
  const cdp = await page.context().newCDPSession(page);
  const worlds: number[] = [];
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    if ((context.auxData as { type?: string }).type === 'isolated' && context.name === 'Inlay') worlds.push(context.id);
  });
  await cdp.send('Runtime.enable');
  expect(worlds.length).toBeGreaterThan(0);
  for (const area of ['session', 'local']) {
    const { result } = await cdp.send('Runtime.evaluate', {
      contextId: worlds[0] as number,
      awaitPromise: true,
      returnByValue: true,
      expression: `chrome.storage.${area}.get(null).then(() => 'read', () => 'denied')`,
    });
    expect(result.value, area).toBe('denied');
  }
});

test("the contact card stands beside a HubSpot contact of this account's own address", async () => {
  await rig.worker.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(resolve, 300);
      }),
  );
  await open('https://app.hubspot.com/contacts/4242/record/0-1/101');
  const card = page.locator('[data-inlay-root] .contact');
  await card.getByText('€7.00, allocated, not charged').waitFor();
  await card.getByText('€21.00 spent that day ÷ 3 leads').waitFor();
  await card.getByText('20.00×').waitFor();
  expect(rig.api.calls.filter(({ path }) => path === '/v1/lead-card')).toHaveLength(1);
});

test('the page keeps its own account id in sight of the side panel', async () => {
  await open(adsPage());
  await settled(page);
  const stored = await rig.worker.evaluate(async () =>
    Object.entries(await chrome.storage.session.get(null))
      .filter(([key]) => key.startsWith('page:'))
      .map(([, value]) => value),
  );
  expect(stored).toContainEqual({ platform: 'meta', accountExternalId: ACCOUNT, level: 'ad' });
});
