import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings } from '../check-axe.ts';
import type { BuilderPages } from './builder-page.ts';

const AD_SET = 1;
const BUDGET = 2;

/** The sheet written in by keyboard and by clipboard, with what is wrong said where it stands. */
export function gridScenarios(pages: () => BuilderPages): void {
  test('grid: a row written by keys alone changes the counts, and is undone', async () => {
    const page = await openGrid(pages());
    const ads = () => page.getByTestId('counts').getAttribute('data-ads');
    await expect.poll(ads).toBe('36');
    await cell(page, 0, AD_SET).click();
    await page.keyboard.type('U');
    expect(await page.locator('.grid-editor').inputValue()).toBe('U');
    await page.keyboard.press('Escape');
    expect(await cell(page, 0, AD_SET).innerText()).toBe('Broad 25-54');
    await page.keyboard.press('Control+Delete');
    await expect.poll(ads).toBe('34');
    await page.keyboard.press('Control+z');
    await expect.poll(ads).toBe('36');
    await page.keyboard.press('Control+y');
    await expect.poll(ads).toBe('34');
    await page.close();
  });

  test('grid: a mistake is said in its cell with the way out, and correcting it takes it away', async () => {
    const page = await openGrid(pages());
    await cell(page, 3, BUDGET).click();
    await page.keyboard.type('20 USD');
    await page.keyboard.press('Tab');
    await expect.poll(() => focused(page)).toEqual({ row: '3', column: String(BUDGET + 1) }); // an editor's Tab goes on to the next cell
    await expect.poll(() => cell(page, 3, BUDGET).getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    await expect.poll(() => focused(page)).toEqual({ row: '3', column: String(BUDGET) });
    const words = page.getByTestId('grid-problem');
    expect(await words.innerText()).toContain('not in EUR');
    expect(await words.innerText()).toContain('as a plain number');
    expect(
      await page.evaluate(() => document.getElementById(document.activeElement?.getAttribute('aria-describedby') ?? '')?.dataset['testid']),
    ).toBe('grid-problem');
    await page.keyboard.press('F2');
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await expect.poll(() => cell(page, 3, BUDGET).getAttribute('aria-invalid')).toBeNull();
    await page.close();
  });

  test('grid: what is being written stays in its cell when another one is pressed', async () => {
    const page = await openGrid(pages());
    await cell(page, 0, AD_SET).click();
    await page.keyboard.type('Renamed');
    await cell(page, 2, BUDGET).click();
    await expect.poll(() => cell(page, 0, AD_SET).innerText()).toBe('Renamed');
    expect(await cell(page, 2, BUDGET).innerText()).toBe('20');
    expect(await focused(page)).toEqual({ row: '2', column: String(BUDGET) });
    await page.close();
  });

  test('grid: cells go to a spreadsheet and come from one', async () => {
    const page = await openGrid(pages());
    await cell(page, 0, AD_SET).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+c');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Broad 25-54\t20\r\nBroad 25-54\t20\r\n');
    await page.evaluate(() => navigator.clipboard.writeText('"Two\nlines"\t31\r\nPlain\t32\r\n'));
    await page.keyboard.press('Control+v');
    await expect.poll(() => cell(page, 0, BUDGET).innerText()).toBe('31');
    expect(await cell(page, 1, AD_SET).innerText()).toBe('Plain');
    await page.keyboard.press('Control+x');
    await expect.poll(() => cell(page, 1, BUDGET).innerText()).toBe('');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(page, 1, AD_SET).innerText()).toBe('Broad 25-54');
    await page.close();
  });

  test('grid: Shift and Ctrl+D fill down, find and replace reach what is not drawn', async () => {
    const page = await openGrid(pages(), manyRows(1_000));
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
    expect(await page.locator('[role=row]').count()).toBeLessThan(60);
    await cell(page, 0, BUDGET).click();
    await page.keyboard.type('45');
    await page.keyboard.press('Control+Enter'); // Ctrl+Enter in an editor writes and goes down like Enter
    await cell(page, 0, BUDGET).click();
    await page.keyboard.press('Control+Shift+End');
    await page.keyboard.press('Control+Shift+ArrowUp');
    await cell(page, 0, BUDGET).waitFor({ state: 'attached' });
    await cell(page, 0, BUDGET).click();
    await page.keyboard.press('Control+Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    await page.keyboard.press('Control+End');
    await expect.poll(() => cell(page, 999, BUDGET).innerText()).toBe('45');
    await page.keyboard.press('Control+f');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('Set 777');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toEqual({ row: '776', column: String(AD_SET) });
    await page.getByLabel('Replace with').fill('Renamed');
    await page.getByRole('button', { name: 'Replace all' }).click();
    await expect.poll(() => cell(page, 776, AD_SET).innerText()).toBe('Renamed');
    await page.close();
  });

  test('grid: from right to left the arrows follow the eye, Tab leaves, axe is content', async () => {
    const page = await openGrid(pages(), undefined, 'ar');
    await cell(page, 0, AD_SET).click();
    const x = async (column: number) => (await cell(page, 0, column).boundingBox())?.x ?? 0;
    expect(await x(AD_SET)).toBeGreaterThan(await x(BUDGET));
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toEqual({ row: '0', column: String(BUDGET) });
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toEqual({ row: '0', column: String(AD_SET) });
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toEqual({});
    await page.close();
  });
}

async function openGrid(pages: BuilderPages, sheet?: string, locale: 'en' | 'ar' = 'en'): Promise<Page> {
  const page = await pages.review({ locale, ...(sheet === undefined ? {} : { sheet }) });
  await page.getByRole('tab').nth(1).click();
  await page.getByTestId('sheet-grid').waitFor();
  return page;
}

const cell = (page: Page, row: number, column: number) => page.locator(`[data-row="${row}"][data-column="${column}"]`);

const focused = (page: Page): Promise<{ row?: string; column?: string }> =>
  page.evaluate(() => ({ ...(document.activeElement as HTMLElement).dataset }) as { row?: string; column?: string });

function manyRows(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => `Spring,Set ${i + 1},20,FR,Founder story,Hello,"A text",Free,https://shop.example/`);
  return ['campaign,ad_set,daily_budget,country,concept,headline,primary_text,description,link', ...rows].join('\n');
}
