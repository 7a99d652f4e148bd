import type { Page } from 'playwright-core';
import { expectedTexts } from './oracle.ts';

/** What a row node truly shows (asked from the page) and what our badge in it says (read from its open test shadow root). */
export interface SeenRow {
  id: string;
  hidden: boolean;
  badge: { forId: string; money: string; ratio: string; sign: string } | null;
}

/** Every row on screen with its badge, as painted now. */
export async function seenRows(page: Page): Promise<SeenRow[]> {
  return page.evaluate(() => {
    const host = (window as unknown as { __host: { rows(): { node: HTMLElement; id: string }[] } }).__host;
    return host.rows().map(({ node, id }) => {
      const box = node.querySelector('[data-inlay-badge]')?.shadowRoot?.querySelector<HTMLElement>('.b');
      const text = (name: string): string => box?.querySelector(name)?.textContent ?? '';
      const shown = box !== null && box !== undefined && !box.classList.contains('off');
      return {
        id,
        hidden: node.hidden === true,
        badge: shown ? { forId: box.dataset['for'] ?? '', money: text('.m'), ratio: text('.r'), sign: text('.s') } : null,
      };
    });
  });
}

/** Rows whose badge says something that is not theirs. A row without a figure is never wrong. */
export function wrongRows(rows: readonly SeenRow[]): SeenRow[] {
  return rows.filter(({ id, badge }) => {
    if (badge === null || (badge.money === '—' && badge.ratio === '')) return false;
    const expected = expectedTexts(id);
    return badge.forId !== id || badge.money !== expected.money || badge.ratio !== expected.ratio;
  });
}

/** Waits until every row on screen has its answer. */
export async function settled(page: Page): Promise<SeenRow[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const rows = await seenRows(page);
    if (
      rows.length > 0 &&
      rows.every(({ id, badge }) => badge !== null && badge.money === expectedTexts(id).money && badge.ratio === expectedTexts(id).ratio)
    )
      return rows;
    await page.waitForTimeout(50);
  }
  throw new Error(`The badges did not settle: ${JSON.stringify((await seenRows(page)).slice(0, 4))}`);
}
