import type { Page } from 'playwright-core';
import { FRAME_MARK, ownCpuTime } from './own-cpu-time.ts';

export interface ScrollFigures {
  /** Our own milliseconds of main-thread time in each frame in which the page scrolled. */
  ownPerFrame: number[];
  ownLongestMs: number;
  /** Single runs of ours of 50 ms or more. */
  ownLongTasks: number;
  /** Long tasks of the whole page by the wall clock, whoever caused them. */
  pageLongTasks: number;
  frames: number[];
  /** From a row's new object to its badge, for figures that the background knew. */
  badgeMs: number[];
}

interface Raw {
  long: number;
  frames: number[];
  badgeMs: number[];
}

/**
 * Scrolls 350 px in every frame at a slowed CPU, twice over the same rows: first watching how soon each row has its badge, then
 * only measuring, since watching costs time of its own.
 */
export async function measureScroll(page: Page, frames: number, cpuRate: number): Promise<ScrollFigures> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpuRate });
  const watched = await ownCpuTime(browser, () => scroll(page, frames, true));
  const measured = await ownCpuTime(browser, () => scroll(page, frames, false));
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await cdp.detach();
  const all = [...watched.own.spans, ...measured.own.spans].map(({ cpuMs }) => cpuMs);
  return {
    ownPerFrame: measured.own.perFrame,
    ownLongestMs: Math.max(0, ...all),
    ownLongTasks: all.filter((ms) => ms >= 50).length,
    pageLongTasks: measured.result.long,
    frames: measured.result.frames,
    badgeMs: watched.result.badgeMs,
  };
}

function scroll(page: Page, frames: number, watch: boolean): Promise<Raw> {
  return page.evaluate(
    ({ count, watch: watching, mark }) =>
      new Promise<Raw>((resolve) => {
        const host = (window as unknown as { __host: { rows(): { node: HTMLElement; id: string }[]; scrollTo(top: number): void } }).__host;
        host.scrollTo(0);
        let long = 0;
        const tasks = new PerformanceObserver((list) => {
          long += list.getEntries().length;
        });
        tasks.observe({ type: 'longtask' });
        const times: number[] = [];
        const badgeMs: number[] = [];
        /** Rows whose badge is not yet theirs, since when. */
        const waiting = new Map<HTMLElement, { id: string; since: number }>();
        const known = new Map<HTMLElement, string>();
        const look = (now: number): void => {
          for (const { node, id } of host.rows()) {
            if (known.get(node) !== id) {
              known.set(node, id);
              waiting.set(node, { id, since: now });
            }
            const wait = waiting.get(node);
            if (wait === undefined) continue;
            const box = node.querySelector('[data-inlay-badge]')?.shadowRoot?.querySelector<HTMLElement>('.b');
            if (box === null || box === undefined || box.dataset['for'] !== id || box.classList.contains('waiting')) continue;
            badgeMs.push(now - wait.since);
            waiting.delete(node);
          }
        };
        let top = 0;
        let n = 0;
        let last = 0;
        const frame = (): void => {
          const now = performance.now();
          performance.mark(mark);
          if (watching) look(now);
          if (last > 0) times.push(now - last);
          last = now;
          if (n >= count) {
            tasks.disconnect();
            performance.clearMarks(mark);
            return resolve({ long, frames: times, badgeMs });
          }
          n += 1;
          top += 350;
          host.scrollTo(top);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { count: frames, watch, mark: FRAME_MARK },
  );
}
