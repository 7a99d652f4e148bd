import type { Page } from 'playwright-core';

/** What the page itself says a row shows, and what our badge in that row says. */
export interface SeenRow {
  id: string;
  forId: string | null;
  money: string;
  ratio: string;
}

/** Every row on screen as painted now; a row without a badge has forId null. Needs the test build's open shadow roots. */
export function readBadges(page: Page): Promise<SeenRow[]> {
  return page.evaluate(() => {
    const host = (window as unknown as { __host: { rows(): { node: HTMLElement; id: string | null }[] } }).__host;
    return host.rows().flatMap(({ node, id }) => {
      if (id === null || node.hidden) return [];
      const box = node.querySelector('[data-inlay-badge]')?.shadowRoot?.querySelector<HTMLElement>('.b') ?? null;
      const text = (name: string): string => box?.querySelector(name)?.textContent ?? '';
      return [
        {
          id,
          forId: box === null || box.classList.contains('off') ? null : (box.dataset['for'] ?? ''),
          money: text('.m'),
          ratio: text('.r'),
        },
      ];
    });
  });
}

/** Waits until no row on screen waits for its figure. */
export async function settledBadges(page: Page, timeoutMs = 20_000): Promise<SeenRow[]> {
  await page.waitForFunction(() => (window as unknown as { __host?: { count: number } }).__host !== undefined, undefined, {
    timeout: timeoutMs,
  });
  const end = Date.now() + timeoutMs;
  for (;;) {
    const rows = await readBadges(page);
    if (rows.length > 0 && rows.every((row) => row.forId === row.id && row.money !== '—')) return rows;
    if (Date.now() > end)
      throw new Error(
        `Rows without a figure: ${JSON.stringify(rows.filter((row) => row.forId !== row.id || row.money === '—').slice(0, 3))}`,
      );
    await page.waitForTimeout(100);
  }
}

/** Settled rows of the whole table, screen by screen, at most `screens`. */
export async function walkTable(page: Page, screens: number): Promise<SeenRow[]> {
  const seen: SeenRow[] = [];
  for (let screen = 0; screen < screens; screen += 1) {
    const more = await page.evaluate((n) => {
      const host = (window as unknown as { __host: { scroller: HTMLElement; scrollTo(top: number): void } }).__host;
      const { clientHeight, scrollHeight } = host.scroller;
      if (n > 0 && n * clientHeight >= scrollHeight) return false;
      host.scrollTo(n * clientHeight);
      return true;
    }, screen);
    if (!more) break;
    await page.waitForTimeout(60);
    seen.push(...(await settledBadges(page)));
  }
  return seen;
}
