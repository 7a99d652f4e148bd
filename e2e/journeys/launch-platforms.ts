import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import * as connections from '#shared/contracts/connections.ts';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { connect } from '../../local/connect.ts';
import { DEMO } from '../../local/demo-member.ts';
import { until } from '../../local/until.ts';
import { axeFindings } from '../check-axe.ts';
import { BRIEFS, type World } from '../world.ts';

const MEDIA = fs
  .readdirSync(path.join(BRIEFS, 'media'))
  .filter((name) => /concept-0[12]_1x1/.test(name))
  .map((name) => path.join(BRIEFS, 'media', name));
const LANDING_PAGE = 'https://inlay-demo.myshopify.com/products/field-tote';

/** Plans for other platforms than Meta, made by hand on the screen up to ads that were read back; each asks for its own. */
export function launchPlatformsJourney(world: () => World): void {
  test('launch builder on LinkedIn: a language is asked for, files go up, and the ads wait paused', async () => {
    const { stack } = world();
    const page = await builderFor(world(), 'linkedin', '500000001');
    const settings = page.getByTestId('launch-settings');
    expect(await settings.innerText()).not.toContain('Special ad category');
    await dropSheet(page, [
      ['campaign', 'ad_set', 'country', 'age_min', 'age_max', 'concept', 'headline', 'primary_text'],
      ['Autumn', 'Decision makers', 'FR', '25', '54', 'Concept 01', 'One bag for the whole day', 'Laptop, lunch and a jumper.'],
      ['Autumn', 'Decision makers', 'FR', '25', '54', 'Concept 02', 'Less to carry, more room', 'Two bags in the morning, one at night.'],
    ]);
    await page.getByTestId('media-drop').locator('input[type=file]').first().setInputFiles(MEDIA);
    await page.getByLabel('Landing page').fill(LANDING_PAGE);
    await page.getByLabel('Company page the ads speak for').selectOption({ index: 1 });
    await page.getByTestId('to-review').click();
    // Without its language LinkedIn takes nothing; the field is named before anything is sent.
    await expect.poll(() => page.getByTestId('problems').innerText()).toContain('asks for the language of the ads');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('Language of the ads').selectOption('fr_FR');
    expect(await axeFindings(page), 'LinkedIn’s fields').toEqual([]);
    await approveFrom(page, 'The page says it is in "en", the ads are in "fr".');
    const made = stack.sandbox.linkedin
      .objects()
      .filter((one) => one.clientToken !== null && ['campaign', 'ad_set', 'ad'].includes(one.kind));
    expect(made.map((one) => one.kind).toSorted()).toEqual(['ad', 'ad', 'ad_set', 'campaign']);
    expect(made.filter((one) => one.canSpend)).toEqual([]);
    await page.close();
  });

  test('launch builder on Google Ads: search ads of words only, without a file', async () => {
    const { stack } = world();
    const page = await builderFor(world(), 'google-ads', '4000000011');
    await dropSheet(page, [
      ['campaign', 'ad_set', 'concept', 'headline', 'headline_2', 'headline_3', 'primary_text', 'description'],
      ['Autumn', 'Coffee', 'Story', 'Fresh coffee', 'Roasted today', 'Free delivery', 'From small farms.', 'At your door in two days.'],
    ]);
    await page.getByLabel('Landing page').fill(LANDING_PAGE);
    await page.getByLabel('Countries').fill('FR');
    await page.getByLabel('Search words').fill('fresh@coffee');
    await page.getByText('cannot be used as a search word').waitFor();
    await page.getByLabel('Search words').fill('fresh coffee\n[coffee beans]');
    await page.getByText('cannot be used as a search word').waitFor({ state: 'detached' });
    expect(await page.getByTestId('media-drop').count()).toBe(0);
    expect(await axeFindings(page), 'Google’s fields').toEqual([]);
    await approveFrom(page, 'Answers');
    const made = stack.sandbox.googleAds.objects().filter((one) => !one.demo && ['campaign', 'ad_set', 'ad'].includes(one.kind));
    expect(made.map((one) => one.kind).toSorted()).toEqual(['ad', 'ad_set', 'campaign']);
    expect(made.filter((one) => one.maySpend)).toEqual([]);
    await page.close();
  });
}

/** From a filled first step through review, dry run and approval until every object was read back. */
async function approveFrom(page: Page, ofLandingPage: string): Promise<void> {
  await page.getByTestId('to-review').click();
  await expect.poll(() => page.getByTestId('to-check').isEnabled(), { timeout: 10_000 }).toBe(true);
  await page.getByTestId('to-check').click();
  await page.getByTestId('dry-run').waitFor({ timeout: 30_000 });
  await expect.poll(() => page.getByTestId('to-approve').isEnabled(), { timeout: 30_000 }).toBe(true);
  const links = page.getByTestId('link-check');
  await expect.poll(() => links.getAttribute('data-state'), { timeout: 20_000 }).toBe('ready');
  expect(await links.innerText()).toContain(ofLandingPage);
  expect(await axeFindings(page), 'landing pages').toEqual([]);
  await page.getByTestId('to-approve').click();
  await page.getByTestId('approve-sure').check();
  await page.getByTestId('approve-submit').click();
  const progress = page.getByTestId('progress');
  const proof = page.getByTestId('proof-input');
  await progress.or(proof).first().waitFor();
  if (await proof.isVisible()) {
    await proof.fill(DEMO.password);
    await page.getByTestId('proof-submit').click();
  }
  await progress.waitFor();
  await expect.poll(() => progress.getAttribute('data-state'), { timeout: 90_000 }).toBe('verified');
}

/** The builder in the app, for an account of a platform that is connected only now. */
async function builderFor({ browser, member }: World, platform: 'linkedin' | 'google-ads', externalId: string): Promise<Page> {
  await connect(member, platform);
  const account = await until(
    `the account of ${platform}`,
    async () => {
      const { adAccounts } = await member.api.call(connections.listAdAccounts, {});
      return adAccounts.find((one) => one.platform === (platform satisfies AdPlatformId) && one.externalId === externalId);
    },
    30_000,
    200,
  );
  if (platform === 'linkedin')
    await until(
      'its pages',
      async () => (await member.api.call(connections.listPages, { params: { id: account.id } })).pages.length > 0,
      30_000,
      200,
    );
  const page = await browser.page(`chrome-extension://${browser.extensionId}/app.html#/launches/new`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByTestId('launch-builder').waitFor();
  await page.getByLabel('Ad account').selectOption(account.id);
  await page.getByTestId('launch-builder').waitFor();
  return page;
}

async function dropSheet(page: Page, rows: string[][]): Promise<void> {
  const buffer = Buffer.from(rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n'));
  await page.getByTestId('sheet-drop').locator('input[type=file]').setInputFiles({ name: 'autumn.csv', mimeType: 'text/csv', buffer });
}
