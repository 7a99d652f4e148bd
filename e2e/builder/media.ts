import { readFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings } from '../check-axe.ts';
import type { BuilderPages } from './builder-page.ts';

const FILES = 500;

/** Hundreds of files, grouped by themselves and corrected by hand; rows that leave as a file and come back. */
export function mediaScenarios(pages: () => BuilderPages): void {
  test('media: 500 files are grouped, only what is seen is decoded, and a hand corrects the groups by keyboard', async () => {
    const page = await pages().review({ media: manyFiles() });
    await openMedia(page);
    const groups = page.getByTestId('media-groups');
    expect(await groups.locator('.media-card').count()).toBe(FILES);
    await expect.poll(() => groups.locator('.media-card img').count()).toBeGreaterThan(0);
    expect(await groups.locator('.media-card img').count()).toBeLessThan(FILES / 4);
    expect(await axeFindings(page)).toEqual([]);

    // Merge: the whole of one group into another, as a variant of its own.
    await group(page, 'Question').getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await page.getByLabel('To concept').fill('Founder story');
    await page.getByLabel('Variant').fill('Second');
    await page.keyboard.press('Enter');
    await expect.poll(() => group(page, 'Founder story').locator('.media-card').count()).toBe(4);
    expect(await group(page, 'Founder story').innerText()).toContain('second · ');
    // Split: one of them alone under a name that is not there yet.
    await group(page, 'Founder story')
      .getByRole('checkbox', { name: /question_1x1/ })
      .focus();
    await page.keyboard.press('Space');
    await page.getByLabel('To concept').fill('Quite new');
    await page.keyboard.press('Enter');
    await expect.poll(() => group(page, 'quite-new').locator('.media-card').count()).toBe(1);
    // Ignore, and take it all back.
    await group(page, 'quite-new').getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Ignore', exact: true }).click();
    await expect.poll(() => group(page, 'Ignored').locator('.media-card').count()).toBe(1);
    // More files arrive: what was decided stays.
    await page.getByRole('button', { name: 'Back' }).click();
    await page
      .locator('[data-testid=media-drop] input[type=file]')
      .first()
      .setInputFiles([png('a-question_1x1.png', 40, 40), png('question_4x5.png', 80, 100)]);
    await expect.poll(() => page.getByTestId('media-drop').innerText()).toContain(`${FILES + 2} files`);
    await page.getByTestId('to-review').click();
    await openMedia(page);
    await expect.poll(() => group(page, 'Ignored').locator('.media-card').count()).toBe(1);
    expect(await group(page, 'Founder story').locator('.media-card').count()).toBe(3);
    await page.close();
  });

  test('media: a file is dragged into another group', async () => {
    const page = await pages().review();
    await page.setViewportSize({ width: 1280, height: 1400 }); // both groups in view: a page that scrolls under the pointer ends a drag
    await openMedia(page);
    await group(page, 'Question').locator('.media-card').first().dragTo(group(page, 'Unboxing'));
    await expect.poll(() => group(page, 'Unboxing').locator('.media-card').count()).toBe(3);
    await page.close();
  });

  test('round trip: exported rows carry item paths; brought back corrected they update, and no ad is there twice', async () => {
    const page = await pages().review();
    await page.getByRole('tab').nth(1).click();
    const ads = () => page.getByTestId('counts').getAttribute('data-ads');
    expect(await ads()).toBe('36');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
    const csv = await readFile(await download.path(), 'utf8');
    const [head = '', ...rows] = csv.replace('\uFEFF', '').trim().split('\r\n');
    expect(rows.length).toBe(36);
    expect(head.startsWith('item_path,')).toBe(true);
    const give = (lines: string[]) =>
      page
        .locator('[data-testid=sheet-drop] input[type=file]')
        .setInputFiles({ name: 'back.csv', mimeType: 'text/csv', buffer: Buffer.from([head, ...lines].join('\n')) });
    await page.getByRole('button', { name: 'Back' }).click();
    await give(rows.toReversed());
    // Only some rows come back, one of them twice, with a new text for all ads of its concept.
    const some = rows.filter((row) => row.includes('/question/')).map((row) => row.replace('Meet your next customer', 'A better headline'));
    await page.getByTestId('sheet-drop').getByText('back.csv').waitFor();
    await give([...some, some[0] as string]);
    await page.getByRole('button', { name: /update 6, add 0/ }).click();
    await page.getByTestId('to-review').click();
    await expect.poll(ads).toBe('36');
    await page.getByRole('tab').nth(1).click();
    await page.getByRole('button', { name: /Export XLSX/ }).waitFor();
    expect(await page.getByRole('grid').innerText()).toContain('A better headline');
    const [workbook] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export XLSX' }).click()]);
    expect((await readFile(await workbook.path())).subarray(0, 2).toString()).toBe('PK');
    await page.close();
  });
}

async function openMedia(page: Page): Promise<void> {
  await page.getByRole('tab').last().click();
  await page.getByTestId('media-groups').waitFor();
}

const group = (page: Page, name: string) => page.getByTestId('media-groups').getByRole('region', { name, exact: true });

function manyFiles() {
  const concepts = ['founder-story', 'question', ...Array.from({ length: FILES / 2 - 2 }, (_, i) => `idea-${i + 1}`)];
  return concepts.flatMap((concept) => [png(`${concept}_1x1.png`, 40, 40), png(`${concept}_9x16.png`, 36, 64)]);
}

let shade = 0;
/** No two have the same bytes. */
function png(name: string, width: number, height: number) {
  const picture = new PNG({ width, height });
  picture.data.fill(255);
  shade += 1;
  picture.data.writeUInt32BE(shade * 256 + 255, 0);
  return { name, mimeType: 'image/png', buffer: PNG.sync.write(picture) };
}
