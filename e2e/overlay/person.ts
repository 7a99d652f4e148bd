import { expect, test } from 'vitest';
import { ACCOUNT } from '../../bench/overlay/rig/account.ts';
import { settled, wrongRows } from '../../bench/overlay/rig/page-oracle.ts';
import { adsPage } from '../../bench/overlay/rig/start-rig.ts';
import type { Stage } from './stage.ts';

/** What a person does with the overlay: session and consent, keyboard, choices, the contact card. */
export function personScenarios(stage: () => Stage): void {
  test('B15: an ended session says so and takes the figures off', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    stage().rig.api.expired = true;
    await stage().scrollTo(50_000);
    await stage().strip().getByText('Sign in to Inlay').waitFor();
    expect(await stage().badges().count()).toBe(0);
  });

  test('nothing runs before consent, and hiding on the site takes everything away at once', async () => {
    await stage().rig.worker.evaluate(() => chrome.storage.local.remove('consent'));
    await stage().open(adsPage());
    await stage().page.waitForTimeout(1000);
    expect([await stage().badges().count(), await stage().page.locator('[data-inlay-root]').count()]).toEqual([0, 0]);
    await stage().rig.signIn();
    await stage().page.reload();
    await settled(stage().page);
    await stage().strip().getByRole('button', { name: 'Hide on this site' }).click();
    await expect
      .poll(async () => [await stage().badges().count(), await stage().page.locator('[data-inlay-root]').count()])
      .toEqual([0, 0]);
  });

  test("the host's tab order is untouched; Alt+Shift+I reaches the bar, arrows walk the rows, Escape goes back", async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    expect(
      await stage().page.evaluate(
        () =>
          document
            .querySelector('[data-inlay-root]')
            ?.shadowRoot?.querySelectorAll('button:not([tabindex="-1"]),select:not([tabindex="-1"])').length,
      ),
    ).toBe(0);
    await stage().page.locator('input[type=search]').focus();
    await stage().page.keyboard.press('Alt+Shift+KeyI');
    const inBar = () =>
      stage().page.evaluate(() => document.querySelector('[data-inlay-root]')?.shadowRoot?.activeElement?.className ?? null);
    expect(await inBar()).toBe('open');
    await stage().page.keyboard.press('ArrowDown');
    const named = () => stage().page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? null);
    expect(await named()).toContain('€300.07 net from 11 customers ÷ €200.01 spend');
    await stage().page.keyboard.press('ArrowDown');
    expect(await named()).toContain('€300.14');
    await stage().page.keyboard.press('Escape');
    expect(await stage().page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    expect(await stage().rig.worker.evaluate(() => chrome.storage.local.get('prefs'))).toEqual({});
  });

  for (const locale of ['en', 'fr'] as const)
    test(`the bar is one line at 1280 px in ${locale}, also under an address without a range`, async () => {
      await stage().rig.signIn({ locale });
      await stage().open(adsPage().replace(/&date=[^&]*/, ''));
      await stage().page.setViewportSize({ width: 1280, height: 800 });
      await stage().strip().locator('.pair').first().waitFor();
      expect((await stage().strip().boundingBox())?.height).toBeLessThan(44);
      const chip = stage().strip().locator('select').first();
      expect(await chip.evaluate((select) => select.scrollWidth <= select.clientWidth)).toBe(true);
      expect(await chip.getAttribute('title')).toContain('28');
    });

  test('an account without a total says why, and does not ask for ever', async () => {
    stage().rig.api.blank = 'stale';
    await stage().open(adsPage());
    await stage().strip().getByText('The last figures are too old to show.').waitFor();
  });

  test("Escape is the page's own again once focus has left the bar by itself", async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    await stage().page.locator('input[type=search]').focus();
    await stage().page.keyboard.press('Alt+Shift+KeyI');
    const select = stage().page.locator('select[aria-label]').first();
    await select.focus();
    await stage().page.keyboard.press('Escape');
    await expect(select.evaluate((element) => element === document.activeElement)).resolves.toBe(true);
    // Asked for twice, the bar still gives focus back to the stage().page.
    await stage().page.locator('input[type=search]').focus();
    await stage().page.keyboard.press('Alt+Shift+KeyI');
    await stage().page.keyboard.press('Alt+Shift+KeyI');
    await stage().page.keyboard.press('Escape');
    expect(await stage().page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  });

  test('the chips change window and basis of every figure and stay chosen', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    // A person's own key: a script's change event would be ignored.
    await stage().strip().locator('select').first().focus();
    await stage().page.keyboard.press('ArrowDown');
    await expect
      .poll(() =>
        stage().rig.api.calls.some(
          ({ path, body }) => path === '/v1/metrics/look-up' && JSON.stringify((body as { window: unknown }).window) === '{"days":1}',
        ),
      )
      .toBe(true);
    await settled(stage().page);
    expect(
      await stage()
        .badges()
        .first()
        .evaluate((host) => host.shadowRoot?.querySelector('.w')?.textContent),
    ).toBe('1d');
    await stage().page.reload();
    await settled(stage().page);
    expect(await stage().strip().locator('select').first().inputValue()).toBe('1');
  });

  test('sign-in from the first-run page: consent, PKCE, and the overlay stands in a tab that was already open', async () => {
    await stage().rig.worker.evaluate(async () => {
      await chrome.storage.session.clear();
      await chrome.storage.local.clear();
    });
    const ads = await stage().open(adsPage());
    const welcome = await stage().rig.context.newPage();
    await welcome.goto(`chrome-extension://${stage().rig.extensionId}/welcome.html`);
    await welcome.getByTestId('consent-accept').click();
    await welcome.getByRole('status').waitFor();
    await ads.bringToFront();
    expect(wrongRows(await settled(ads))).toEqual([]);
    const exchange = stage().rig.api.calls.find(({ path }) => path === '/v1/oauth/token');
    expect(exchange?.body).toMatchObject({
      clientId: 'inlay-extension',
      redirectUri: `https://${stage().rig.extensionId}.chromiumapp.org/signed-in`,
    });
    expect(stage().rig.api.calls.at(-1)?.authorization).toMatch(/^Bearer access-/);
  });

  test('with the service away a person is signed out of this browser all the same, and the popup says so', async () => {
    const popup = await stage().open(`chrome-extension://${stage().rig.extensionId}/popup.html`);
    await popup.getByText('person-1@example.com').waitFor();
    stage().rig.api.down = true;
    await popup.getByRole('button', { name: 'Sign out' }).click();
    await popup.getByRole('button', { name: 'Sign in' }).waitFor({ timeout: 5_000 });
    expect(stage().errors).toEqual([]);
  });

  test('content scripts cannot read what the extension stores', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    const cdp = await stage().page.context().newCDPSession(stage().page);
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
    await stage().rig.worker.evaluate(
      () =>
        new Promise((resolve) => {
          setTimeout(resolve, 300);
        }),
    );
    await stage().open('https://app.hubspot.com/contacts/4242/record/0-1/101');
    const card = stage().page.locator('[data-inlay-root] .contact');
    await card.getByText('€7.00, allocated, not charged').waitFor();
    await card.getByText('€21.00 spent that day ÷ 3 leads').waitFor();
    await card.getByText('20.00×').waitFor();
    expect(stage().rig.api.calls.filter(({ path }) => path === '/v1/lead-card')).toHaveLength(1);
  });

  test('the page keeps its own account id in sight of the side panel', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    const stored = await stage().rig.worker.evaluate(async () =>
      Object.entries(await chrome.storage.session.get(null))
        .filter(([key]) => key.startsWith('page:'))
        .map(([, value]) => value),
    );
    expect(stored).toContainEqual({ platform: 'meta', accountExternalId: ACCOUNT, level: 'ad' });
  });
}
