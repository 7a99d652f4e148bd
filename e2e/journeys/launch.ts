import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DEMO } from '../../local/demo-member.ts';
import { adsOnAir } from '../../local/demo/launch-oracle.ts';
import { axeFindings } from '../check-axe.ts';
import { BRIEFS, type World } from '../world.ts';

const MEDIA = fs.readdirSync(path.join(BRIEFS, 'media')).map((name) => path.join(BRIEFS, 'media', name));
const MISTAKES = 13;

/** The launch builder in the side panel: a sheet full of mistakes creates nothing; a good one becomes eight ads. */
export function launchJourney(world: () => World): void {
  test('launch builder: every mistake of a sheet at once, and nothing is created', async () => {
    const { stack } = world();
    const before = launched(stack).length;
    const page = await openBuilder(world());
    await drop(page, 'broken.csv', MEDIA);
    await page.getByTestId('to-review').click();
    const problems = page.getByTestId('problems');
    await expect.poll(() => problems.getAttribute('data-errors')).toBe(String(MISTAKES));
    const text = await problems.innerText();
    for (const words of [
      'Desciption',
      '"20 USD" is not in EUR',
      '{colour}',
      '{first_name}',
      'same ad as row 2',
      'concept-99',
      'has no 4x5',
      'at most 2200',
      'no-scheme',
      '"FRANCE" is not a country code',
      'The headline is empty',
      'The ad set is empty',
      '"Click me" is not a button',
    ])
      expect(text).toContain(words);
    expect(await page.getByTestId('to-check').isDisabled()).toBe(true);
    expect(launched(stack).length).toBe(before);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.close();
  });

  test('launch builder: a good sheet becomes eight paused ads, through a reload, with receipts, then one switch-on', async () => {
    const { stack } = world();
    const page = await openBuilder(world());
    await drop(
      page,
      'small.csv',
      MEDIA.filter((file) => /concept-0[12]_/.test(file)),
    );
    await nameThem(page);
    await page.getByTestId('to-review').click();
    await expect.poll(() => page.getByTestId('counts').innerText()).toMatch(/8/);
    await expect.poll(() => keptSteps(page)).toEqual(['review']); // one person, one draft
    await page.reload();
    await expect.poll(() => page.getByTestId('counts').innerText()).toMatch(/8/);
    await page.getByTestId('to-check').click();
    await page.getByTestId('dry-run').waitFor({ timeout: 30_000 });
    await expect.poll(() => page.getByTestId('to-approve').isEnabled(), { timeout: 30_000 }).toBe(true);
    await page.getByTestId('to-approve').click();
    expect(launched(stack).filter((one) => one.kind === 'ad')).toEqual([]); // a dry run creates nothing
    const effect = await page.getByTestId('approve').innerText();
    for (const words of ['France', 'when you switch it on', 'Inlay demo page', 'https://inlay-demo.myshopify.com/products/'])
      expect(effect).toContain(words);
    // An approval asks for a proof of the last five minutes; who closes the dialog has approved nothing and lost nothing.
    await ageProof(world());
    await page.getByTestId('approve-sure').check();
    await page.getByTestId('approve-submit').click();
    await page.getByTestId('proof-input').waitFor();
    expect(await axeFindings(page), 'proof in the panel').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('approve').getByText('Prove who you are').waitFor();
    expect(await page.getByTestId('approve-sure').isChecked()).toBe(true);
    expect(launched(stack)).toEqual([]);
    await page.getByTestId('approve-submit').click();
    await prove(page);
    const progress = page.getByTestId('progress');
    await progress.waitFor();
    await page.reload();
    await expect.poll(() => progress.getAttribute('data-state'), { timeout: 60_000 }).toBe('verified');
    expect(adsOnAir(stack)).toBe(0);
    const receipts = page.getByTestId('receipts');
    await expect.poll(() => receipts.innerText()).toContain('concept-01_1x1.png');
    expect(
      launched(stack)
        .map((one) => one.kind)
        .toSorted(),
    ).toEqual(
      [
        'ad',
        'ad',
        'ad',
        'ad',
        'ad',
        'ad',
        'ad',
        'ad',
        'adset',
        'adset',
        'campaign',
        ...Array.from({ length: 8 }, () => 'creative'),
      ].toSorted(),
    );
    const made = (kind: string) => launched(stack).filter((one) => one.kind === kind);
    expect(made('campaign')[0]?.name).toMatch(/^EU · Autumn leads/);
    expect(made('ad').every((one) => one.name?.startsWith('Q4 Concept 0'))).toBe(true);
    expect(made('creative').every((one) => String(one.fields['url_tags']).includes('audience=cold'))).toBe(true);
    await ageProof(world());
    await page.getByTestId('activate').click();
    expect(await page.getByTestId('activate-confirm').isDisabled()).toBe(true); // deliberate: the effect is ticked first
    await page.getByTestId('activate-sure').check();
    await page.getByTestId('activate-confirm').click();
    await prove(page);
    await expect.poll(() => progress.getAttribute('data-state'), { timeout: 30_000 }).toBe('active');
    expect(adsOnAir(stack)).toBe(8);
    await page.close();
  });

  test('undo: the exact effect, what somebody changed since asked one by one, and nothing of it is left', async () => {
    const { stack, browser } = world();
    const [row] = await stack.query(`select id from launches where state = 'active' order by created_at desc limit 1`);
    const id = String(row?.['id']);
    const ours = new Set(launched(stack).map((one) => one.id));
    const others = () => JSON.stringify(stack.sandbox.meta.objects().filter((one) => !ours.has(one.id)));
    const before = others();
    const ad = launched(stack).find((one) => one.kind === 'ad' && one.status === 'ACTIVE');
    await inManager(stack, ad?.id ?? '', { name: 'Renamed by hand' });
    const page = await browser.page(`chrome-extension://${browser.extensionId}/panel.html#/launches/${id}`);
    await page.setViewportSize({ width: 400, height: 900 });
    await page.getByTestId('undo').click();
    const effect = page.getByTestId('undo-effect');
    await effect.waitFor({ timeout: 20_000 });
    const words = await effect.innerText();
    for (const told of [
      'It is on.',
      'Archives',
      '1 campaign, 2 ad sets, 8 ads',
      'Deletes',
      '8 creatives',
      'Stays',
      'Money that was spent.',
      '1 object was changed since',
    ])
      expect(words).toContain(told);
    expect(await axeFindings(page), 'undo in the panel').toEqual([]);
    expect(await page.getByTestId('undo-confirm').isDisabled()).toBe(true);
    await ageProof(world());
    await page.getByTestId('undo-sure').check();
    await page.getByTestId('undo-confirm').click();
    await prove(page);
    const progress = page.getByTestId('progress');
    await expect.poll(() => progress.getAttribute('data-state'), { timeout: 60_000 }).toBe('partly_undone');
    expect(adsOnAir(stack)).toBe(0);
    const waiting = page.getByTestId('undo-waiting');
    await expect.poll(() => waiting.innerText()).toContain('Renamed by hand');
    expect(await axeFindings(page), 'what an undo waits for').toEqual([]);
    await page.getByTestId('undo-one').click();
    await expect.poll(() => progress.getAttribute('data-state'), { timeout: 60_000 }).toBe('undone');
    expect(launched(stack).filter((one) => ours.has(one.id) && one.status !== 'ARCHIVED' && one.status !== 'DELETED')).toEqual([]);
    expect(others()).toBe(before);
    await page.close();
  });
}

/** What a person does in the ad manager. */
async function inManager(stack: World['stack'], id: string, params: Record<string, string>): Promise<void> {
  const answer = await fetch(`${stack.sandbox.url}/graph.facebook.com/v26.0/${id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.sandbox.meta.issueToken()}` },
    body: new URLSearchParams(params),
  });
  expect(answer.status).toBe(200);
}

/** The last proof was given longer ago than it is good for. */
const ageProof = ({ stack, member }: World): Promise<unknown> =>
  stack.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = '${member.me.user.id}'`);

async function prove(page: Page): Promise<void> {
  await page.getByTestId('proof-input').fill(DEMO.password);
  await page.getByTestId('proof-submit').click();
}

/** Steps of all drafts this browser keeps. */
const keptSteps = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('inlay');
        open.addEventListener('error', () => reject(open.error ?? new Error('no database')));
        open.addEventListener('success', () => {
          const all = open.result.transaction('drafts').objectStore('drafts').getAll();
          all.addEventListener('success', () => {
            open.result.close();
            resolve((all.result as { step: string }[]).map((draft) => draft.step));
          });
        });
      }),
  );

/** Own names and an own link parameter; the first result is shown at every letter, a mistake at its field. */
async function nameThem(page: Page): Promise<void> {
  const settings = page.getByTestId('name-settings');
  await settings.locator('summary').click();
  await page.getByLabel('Names of campaigns').fill('EU · {campaign}');
  const ads = page.getByLabel('Names of ads');
  await ads.fill('Q4 {colour}');
  await expect.poll(() => settings.innerText()).toContain('There is no token {colour}.');
  await ads.fill('Q4 {concept} {ratio}');
  await page.getByRole('button', { name: 'Add a parameter' }).click();
  await page.getByLabel('Parameter 7').fill('utm_source');
  await page.getByLabel('Value 7').fill('cold');
  const said = () => settings.innerText();
  await expect.poll(said).toContain('This parameter is there twice.');
  await page.getByLabel('Parameter 7').fill('audience');
  // What comes of it is worked out beside the page.
  for (const shown of ['EU · Autumn leads', 'Q4 Concept 01 1x1', 'audience=cold']) await expect.poll(said).toContain(shown);
  expect(await settings.locator('[aria-invalid=true]').count()).toBe(0);
}

async function openBuilder({ browser }: World): Promise<Page> {
  const page = await browser.page(`chrome-extension://${browser.extensionId}/panel.html#/new`);
  await page.setViewportSize({ width: 400, height: 900 });
  await page.getByTestId('launch-builder').waitFor({ timeout: 20_000 });
  return page;
}

async function drop(page: Page, sheet: string, media: string[]): Promise<void> {
  await page.getByTestId('sheet-drop').locator('input[type=file]').setInputFiles(path.join(BRIEFS, sheet));
  await page.getByTestId('media-drop').locator('input[type=file]').first().setInputFiles(media);
  await page.getByLabel('Landing page').fill('https://inlay-demo.myshopify.com/products/field-tote');
  await expect.poll(() => page.getByTestId('to-review').isEnabled(), { timeout: 20_000 }).toBe(true);
}

/** What exists at the platform besides the demo account's own objects. */
const launched = (stack: World['stack']) =>
  stack.sandbox.meta.objects().filter((one) => !one.demo && ['campaign', 'adset', 'creative', 'ad'].includes(one.kind));
