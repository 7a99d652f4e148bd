import { expect, test } from 'vitest';
import { adsManager, checkBadges } from '../../local/demo/check-badges.ts';
import { calculate } from '../../local/demo/hand-calculation.ts';
import { settledBadges } from '../../local/demo/read-badges.ts';
import { watch } from './web-app.ts';
import type { World } from '../world.ts';

/** The overlay on the Ads Manager of somebody who signed in by PKCE a moment ago. */
export function extensionJourney(world: () => World): void {
  test('extension: the popup knows who signed in', async () => {
    const { browser, member } = world();
    const popup = await browser.page(`chrome-extension://${browser.extensionId}/popup.html`);
    await expect.poll(() => popup.getByTestId('popup-who').innerText()).toContain(member.me.user.email);
    await popup.close();
  });

  test('extension: a platform connected from its own page comes back to the browser that began', async () => {
    const { browser, stack } = world();
    const app = await browser.page(`chrome-extension://${browser.extensionId}/app.html#/connections`);
    const opened = browser.context.waitForEvent('page');
    await app.getByTestId('connection-hubspot').locator('button[type=submit]').click();
    const consent = await opened;
    await consent.locator('[data-sandbox=approve]').first().click();
    await consent.waitForURL((url) => url.origin === stack.origin && url.pathname === '/connections');
    expect(new URL(consent.url()).searchParams.get('connect_error')).toBeNull();
    expect(new URL(consent.url()).searchParams.get('connected')).toBe('hubspot');
    await consent.close();
    await app.close();
  });

  test('extension: every visible row of the three levels shows its own figure', async () => {
    const { stack, browser, account, range } = world();
    const hand = await calculate(stack.sandbox, account.externalId, account.timezone, range, 28);
    const [spender] = stack.sandbox.meta.ads
      .objects('ad', account.externalId)
      .map(({ id, fields }) => ({ campaign: String(fields['campaign_id']), revenue: hand.figure('ad', id).revenueMinor }))
      .toSorted((a, b) => b.revenue - a.revenue);
    if (!spender) throw new Error('The demo account has no ads.');
    const badges = await checkBadges(browser, hand, account.externalId, spender.campaign, range, 4);
    expect(badges).toMatchObject({ wrong: 0, examples: [] });
    expect(badges.checked).toBeGreaterThan(100);
  });

  test("extension: the strip says the account's totals and opens the side panel", async () => {
    const { browser, account, range } = world();
    const page = await browser.page(adsManager('campaigns', account.externalId, range));
    const problems = watch(page);
    await page.bringToFront();
    await settledBadges(page);
    const strip = page.locator('[data-inlay-root] .strip');
    await expect.poll(() => strip.innerText()).toMatch(/Spend\s+€[\d,]+\.\d\d/);
    await strip.getByRole('button', { name: 'Open Inlay' }).click();
    await expect
      .poll(() => targets(browser.context), { timeout: 10_000 })
      .toContain(`chrome-extension://${browser.extensionId}/panel.html`);
    // The table stays the page's own: going to another level by the page's own tab gives other rows, each with its own figure.
    await page.goto(adsManager('adsets', account.externalId, range));
    await settledBadges(page);
    expect(problems()).toEqual([]);
    await page.close();
  });
}

/** Addresses of everything the browser shows, the side panel too, which is no tab. */
async function targets(context: World['browser']['context']): Promise<string[]> {
  const browser = context.browser();
  if (browser === null) throw new Error('The context has no browser.');
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  await session.detach();
  return targetInfos.map((one) => one.url.split(/[?#]/)[0] as string);
}
