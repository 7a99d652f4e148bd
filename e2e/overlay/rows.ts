import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { OTHER_ACCOUNT } from '../../bench/overlay/rig/account.ts';
import { seenRows, settled, wrongRows } from '../../bench/overlay/rig/page-oracle.ts';
import { adsPage } from '../../bench/overlay/rig/start-rig.ts';
import type { Stage } from './stage.ts';

/** The known breakages of figures in rows that somebody else draws. */
export function rowScenarios(stage: () => Stage): void {
  for (const query of [
    '&variant=a',
    '&variant=a&unit=absent',
    '&variant=a&unit=mixed',
    '&variant=b',
    '&variant=b&unit=present',
    '&variant=c',
  ])
    test(`B1, B2: every row has its own figure on page ${query}`, async () => {
      await stage().open(adsPage(query));
      const rows = await settled(stage().page);
      expect(wrongRows(rows)).toEqual([]);
      await stage().scrollTo(40_000);
      expect(wrongRows(await settled(stage().page))).toEqual([]);
      expect(stage().errors).toEqual([]);
    });

  test("B3: rows recycled while their figures are on the way never show another row's", async () => {
    stage().rig.api.delayMs = 400;
    await stage().open(adsPage());
    await stage().badges().first().waitFor({ state: 'attached' });
    const wrong: unknown[] = [];
    for (let step = 0; step < 30; step += 1) {
      await stage().scrollTo(step * 777);
      await stage().page.waitForTimeout(40);
      wrong.push(...wrongRows(await seenRows(stage().page)));
    }
    expect(wrong).toEqual([]);
    expect(wrongRows(await settled(stage().page))).toEqual([]);
  });

  test("B4: the page's totals row gets no badge, in any variant", async () => {
    for (const variant of ['a', 'c']) {
      await stage().open(adsPage(`&variant=${variant}`));
      await settled(stage().page);
      expect(await stage().page.locator('[data-surface*="table_row:-1"] [data-inlay-badge]').count()).toBe(0);
      expect(await stage().page.evaluate(() => document.querySelectorAll('[role=columnheader] [data-inlay-badge]').length)).toBe(0);
    }
  });

  test('B5: figures do not depend on which columns are shown or in view', async () => {
    await stage().open(adsPage('&columns=delivery'));
    expect(wrongRows(await settled(stage().page))).toEqual([]);
    await stage().open(adsPage());
    await settled(stage().page);
    await stage().page.evaluate(() => {
      (window as unknown as { __host: { scrollTo(top: number, left: number): void } }).__host.scrollTo(300, 900);
    });
    expect(wrongRows(await settled(stage().page))).toEqual([]);
  });

  test('B6: tabs, back and forward start and stop the badges once, without a doubled one', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    for (const level of ['campaigns', 'adsets', 'ads']) {
      await stage().page.locator(`[data-level=${level}]`).click();
      expect(wrongRows(await settled(stage().page))).toEqual([]);
    }
    await stage().page.goBack();
    await settled(stage().page);
    await stage().page.goForward();
    const rows = await settled(stage().page);
    expect(wrongRows(rows)).toEqual([]);
    expect(
      await stage().page.evaluate(() =>
        Math.max(...[...document.querySelectorAll('[role=row]')].map((row) => row.querySelectorAll('[data-inlay-badge]').length)),
      ),
    ).toBe(1);
    expect(await stage().page.locator('[data-inlay-root]').count()).toBe(1);
  });

  for (const [page, locale] of [
    ['&locale=en_US', 'en'],
    ['&locale=ar_AR', 'ar'],
    ['&locale=ar_AR', 'en'],
    ['&locale=en_US', 'ar'],
    ['&variant=c&density=dense', 'en'],
  ] as const)
    test(`B5: no badge stands on another cell's text at any width (page ${page}, Inlay in ${locale})`, async () => {
      await stage().rig.signIn({ locale });
      await stage().open(adsPage(page).replace(/&date=[^&]*/, ''));
      for (const width of [900, 1280, 1440]) {
        await stage().page.setViewportSize({ width, height: 800 });
        for (const left of [0, 230]) {
          await stage().page.evaluate((by) => {
            const host = (window as unknown as { __host: { scroller: HTMLElement } }).__host;
            host.scroller.scrollLeft = getComputedStyle(host.scroller).direction === 'rtl' ? -by : by;
          }, left);
          await expect.poll(() => coveredCells(stage().page), { timeout: 5_000 }).toEqual({ badges: true, covered: [] });
        }
      }
      expect(stage().errors).toEqual([]);
    });

  for (const [what, change] of [
    [
      'without a cell for the name',
      `const set = Element.prototype.setAttribute;
       Element.prototype.setAttribute = function (name, value) { return set.call(this, name, String(value).replace('table_cell:name', 'table_cell:title')); };`,
    ],
    [
      'whose pinned cells do not stand where their style says',
      `const sheet = new CSSStyleSheet();
       sheet.replaceSync('[role=row]>[role=presentation]{margin-inline-start:300px}');
       document.adoptedStyleSheets = [sheet];`,
    ],
  ] as const)
    test(`B5: a page ${what} gets no badges, and the bar says so`, async () => {
      await stage().open('about:blank');
      await stage().page.addInitScript(change);
      await stage().page.goto(adsPage());
      await stage().strip().getByRole('img', { name: 'this page version is new to us' }).waitFor();
      expect(await stage().badges().count()).toBeGreaterThan(0);
      expect(
        await stage().page.evaluate(
          () =>
            [...document.querySelectorAll('[data-inlay-badge]')].filter(
              (host) => (host.shadowRoot?.querySelector('.b')?.getBoundingClientRect().width ?? 0) > 0,
            ).length,
        ),
      ).toBe(0);
    });

  test('a name column too narrow for a badge has none, and gets it back when it is wider', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    const narrow = (width: string): Promise<void> =>
      stage().page.evaluate((to) => {
        for (const cell of document.querySelectorAll<HTMLElement>('[role=row] [data-surface$="table_cell:name"]'))
          cell.parentElement!.style.width = to;
      }, width);
    const shown = (): Promise<boolean> =>
      stage()
        .badges()
        .first()
        .evaluate((host) => (host.shadowRoot?.querySelector('.b')?.getBoundingClientRect().width ?? 0) > 0);
    await narrow('220px');
    await expect.poll(shown).toBe(false);
    await stage().strip().getByRole('img', { name: 'the name column is too narrow' }).waitFor();
    await narrow('');
    await expect.poll(shown).toBe(true);
    expect(await coveredCells(stage().page)).toEqual({ badges: true, covered: [] });
  });

  test("B7: the figure is the row's own in the very frame after any jump", async () => {
    await stage().open(adsPage());
    for (let top = 0; top <= 9200; top += 460) {
      await stage().scrollTo(top);
      await stage().page.waitForTimeout(15);
    }
    await settled(stage().page);
    // Away from the edges the page's pool of rows stays as it is: only who they are changes.
    await stage().scrollTo(2000);
    await settled(stage().page);
    const seen = await stage().page.evaluate(
      () =>
        new Promise<{ moved: number; late: number }>((resolve) => {
          const host = (window as unknown as { __host: { rows(): { node: HTMLElement; id: string }[]; scrollTo(top: number): void } })
            .__host;
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
    const before = stage().rig.api.calls.length;
    await stage().open(adsPage().replace(/date=[^&]*/, 'date=last_30d'));
    await stage().strip().getByText('could not be read').first().waitFor();
    expect(await stage().badges().count()).toBe(0);
    expect(
      stage()
        .rig.api.calls.slice(before)
        .filter(({ path }) => path === '/v1/metrics/look-up'),
    ).toEqual([]);
    await stage().open(adsPage().replace(/&date=[^&]*/, ''));
    await settled(stage().page);
    expect(
      await stage()
        .badges()
        .first()
        .evaluate((host) => host.shadowRoot?.querySelector('.w')?.textContent),
    ).toBe('28d');
  });

  test("B10: switching the account in the page never shows one account's figure in the other", async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    await stage().page.locator('select[aria-label]').first().selectOption(OTHER_ACCOUNT);
    await stage().page.waitForFunction(() => location.search.includes('1000000002'));
    for (let n = 0; n < 20; n += 1) {
      expect(wrongRows(await seenRows(stage().page))).toEqual([]);
      await stage().page.waitForTimeout(50);
    }
    expect(await stage().figures()).toEqual([]);
    await stage().strip().getByText('not connected').waitFor();
  });

  test('B12: a page that throws our nodes out is left alone after a few tries', async () => {
    await stage().open(adsPage('&hostile=evict'));
    await stage()
      .strip()
      .getByRole('img', { name: /keeps removing/ })
      .waitFor();
    expect(await stage().badges().count()).toBe(0);
    await stage().page.waitForTimeout(500);
    expect([await stage().badges().count(), stage().errors]).toEqual([0, []]);
  });

  test('B12: frozen prototypes, a listening attachShadow and forged messages and clicks change nothing', async () => {
    await stage().open(adsPage('&hostile=freeze,attach,messages'));
    expect(wrongRows(await settled(stage().page))).toEqual([]);
    expect(await stage().page.evaluate(() => (window as unknown as { __seenShadowRoots: unknown[] }).__seenShadowRoots.length)).toBe(0);
    const before = stage().rig.api.calls.length;
    await stage().page.evaluate(() => {
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
    await stage().page.waitForTimeout(600);
    expect(
      stage()
        .rig.api.calls.slice(before)
        .filter(({ path }) => path.includes('launches')),
    ).toEqual([]);
    expect(await stage().rig.worker.evaluate(() => chrome.storage.local.get('prefs'))).toEqual({});
    expect(await stage().strip().count()).toBe(1);
  });

  test('B12: with the whole layer removed again and again the overlay gives up cleanly', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    await stage().page.evaluate(() => {
      new MutationObserver(() => document.querySelector('[data-inlay-root]')?.remove()).observe(document.documentElement, {
        childList: true,
      });
      document.querySelector('[data-inlay-root]')?.remove();
    });
    await stage().page.waitForTimeout(500);
    expect([await stage().page.locator('[data-inlay-root]').count(), await stage().badges().count(), stage().errors]).toEqual([0, 0, []]);
  });

  test('nothing of a badge can be read by the page: only an empty element stands in its row', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    const host = await stage()
      .badges()
      .first()
      .evaluate((element) => ({
        text: element.textContent,
        attributes: element.getAttributeNames().filter((name) => name !== 'data-inlay-badge'),
      }));
    expect(host).toEqual({ text: '', attributes: [] });
  });

  test('B15: the background killed again and again: figures come all the same', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    for (let n = 1; n <= 3; n += 1) {
      await stage().rig.killBackground();
      await stage().scrollTo(n * 20_000);
      expect(wrongRows(await settled(stage().page))).toEqual([]);
    }
    expect(stage().errors).toEqual([]);
  });

  test('B15: with the API away known figures stay, unknown rows are blank, and all return with it', async () => {
    await stage().open(adsPage());
    await settled(stage().page);
    const known = await stage().figures();
    stage().rig.api.down = true;
    await stage().page.reload();
    await expect.poll(() => stage().figures()).toEqual(known);
    await stage().scrollTo(90_000);
    await stage().page.waitForTimeout(1500);
    expect(await stage().figures()).toEqual([]);
    stage().rig.api.down = false;
    await expect.poll(async () => (await stage().figures()).length, { timeout: 20_000 }).toBeGreaterThan(10);
    expect(stage().errors).toEqual([]);
  });
}

/** Texts of cells other than the name's that a painted badge stands on, and whether there was a badge to see at all. */
function coveredCells(page: Page): Promise<{ badges: boolean; covered: string[] }> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll('[role=row]')];
    const hits = (a: DOMRect, b: DOMRect): boolean =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
    let badges = false;
    const covered: string[] = [];
    for (const row of rows) {
      const badge = row
        .querySelector('[data-inlay-badge]')
        ?.shadowRoot?.querySelector('.b.good,.b.fair,.b.poor,.b.none')
        ?.getBoundingClientRect();
      if (badge === undefined || badge.width === 0) continue;
      badges = true;
      for (const cell of row.querySelectorAll('[role=gridcell]')) {
        if (cell.getAttribute('data-surface')?.endsWith('table_cell:name') === true) continue;
        // Cells that the pinned ones hide lie under them, whoever stands on top.
        const pin = row.firstElementChild!;
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const range = document.createRange();
          range.selectNodeContents(node);
          const control = node instanceof HTMLInputElement || node instanceof HTMLButtonElement;
          const box = node instanceof Element && control ? node.getBoundingClientRect() : range.getBoundingClientRect();
          if (!control && node.nodeType !== Node.TEXT_NODE) continue;
          const onTop = pin.contains(cell) || !hits(box, pin.getBoundingClientRect());
          if (onTop && hits(badge, box)) covered.push(`${cell.getAttribute('data-surface')}: ${node.textContent}`);
        }
      }
    }
    return { badges, covered };
  });
}
