import type { Page } from 'playwright-core';
import { expectedTexts } from './rig/oracle.ts';

export interface WrongRows {
  rowsChecked: number;
  wrong: number;
  withFigure: number;
  blank: number;
  examples: string[];
}

interface Seen {
  recycled: boolean;
  id: string;
  forId: string;
  money: string;
  ratio: string;
}

/**
 * Jumps and scrolls until this many rows were given to another object, and in the frame after each jump compares every badge on
 * screen with what its row truly shows. The page's own list of rows is the truth; the expected texts are computed out here.
 */
export async function countWrongRows(page: Page, rows: number, seed: number): Promise<WrongRows> {
  const result: WrongRows = { rowsChecked: 0, wrong: 0, withFigure: 0, blank: 0, examples: [] };
  for (let batch = 0; result.rowsChecked < rows; batch += 1) {
    const seen = await scrollAndRead(page, 40, seed * 1000 + batch);
    for (const { recycled, id, forId, money, ratio } of seen) {
      if (recycled) result.rowsChecked += 1;
      // A row whose figure is still on its way is blank, never wrong; it is looked at again when the figure comes.
      const isBlank = money === '' || (money === '—' && ratio === '');
      if (isBlank && recycled) result.blank += 1;
      if (isBlank && (forId === '' || forId === id)) continue;
      if (!isBlank && recycled) result.withFigure += 1;
      const expected = expectedTexts(id);
      if (forId !== id || money !== expected.money || ratio !== expected.ratio) fail(id, forId, money);
    }
  }
  return result;

  function fail(id: string, forId: string, money: string): void {
    result.wrong += 1;
    if (result.examples.length < 5) result.examples.push(`${id} shows ${money} of ${forId}`);
  }
}

/** A row is noted when it was given to another object (counted as recycled) and when its badge changed without that. */
function scrollAndRead(page: Page, jumps: number, seed: number): Promise<Seen[]> {
  return page.evaluate(
    ({ jumps: count, seed: from }) =>
      new Promise<Seen[]>((resolve) => {
        const host = (
          window as unknown as {
            __host: {
              rows(): { node: HTMLElement; id: string }[];
              scrollTo(top: number): void;
              count: number;
              rowHeight: number;
              scroller: HTMLElement;
            };
          }
        ).__host;
        const seen: Seen[] = [];
        const last = new Map<HTMLElement, { id: string; badge: string }>();
        let state = (from * 2654435761) >>> 0;
        const random = (): number => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state / 2 ** 32;
        };
        const height = host.count * host.rowHeight;
        let done = 0;
        const step = (): void => {
          // At the start of a frame the document is as the frame before was painted.
          for (const { node, id } of host.rows()) {
            if (node.hidden) continue;
            const box = node.querySelector('[data-inlay-badge]')?.shadowRoot?.querySelector<HTMLElement>('.b');
            const shown = box !== null && box !== undefined && !box.classList.contains('off');
            const [forId, money, ratio] = shown
              ? [box.dataset['for'] ?? '', box.querySelector('.m')?.textContent ?? '', box.querySelector('.r')?.textContent ?? '']
              : ['', '', ''];
            const before = last.get(node);
            const now = `${forId} ${money} ${ratio}`;
            if (before !== undefined && before.id === id && before.badge === now) continue;
            last.set(node, { id, badge: now });
            seen.push({ recycled: before === undefined || before.id !== id, id, forId, money, ratio });
          }
          if (done === count) return resolve(seen);
          done += 1;
          // Jumps anywhere, long scrolls that replace every row, and short ones that replace a few.
          const kind = random();
          host.scrollTo(kind < 0.4 ? random() * height : host.scroller.scrollTop + (random() - 0.5) * (kind < 0.7 ? 4000 : 900));
          // The page draws in its own frame callback, asked for by the scroll; this one runs in the frame after that.
          requestAnimationFrame(() => requestAnimationFrame(step));
        };
        requestAnimationFrame(step);
      }),
    { jumps, seed },
  );
}
