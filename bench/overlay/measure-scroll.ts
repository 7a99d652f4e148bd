import type { Page } from 'playwright-core';

export interface ScrollFigures {
  /** Our own milliseconds in each frame in which the page scrolled. */
  ownPerFrame: number[];
  ownLongestMs: number;
  ownLongest: string;
  /** Single callbacks of ours of 50 ms or more. */
  ownLongTasks: number;
  /** Long tasks of the whole page, ours and the page's. */
  pageLongTasks: number;
  frames: number[];
  /** From a row's new object to its badge, for figures that were known before. */
  badgeMs: number[];
}

interface Raw { frameStarts: number[]; long: number; frames: number[]; badgeMs: number[]; timings: [number, number, string][] }

/**
 * Scrolls 350 px in every frame at a slowed CPU, twice over the same rows: first watching how soon each row has its badge, then
 * only measuring, since watching costs time of its own. Our callbacks' times come from the test build; each is put to the frame it
 * ran in.
 */
export async function measureScroll(page: Page, frames: number, cpuRate: number): Promise<ScrollFigures> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpuRate });
  const watched = await scroll(page, frames, true);
  const raw = await scroll(page, frames, false);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await cdp.detach();
  const ownPerFrame = raw.frameStarts.slice(0, -1).map((start, place) => {
    const end = raw.frameStarts[place + 1] as number;
    return raw.timings.reduce((sum, [at, ms]) => (at >= start && at < end ? sum + ms : sum), 0);
  });
  const all = [...watched.timings, ...raw.timings].toSorted((a, b) => b[1] - a[1]);
  return {
    ownPerFrame: raw.timings.length === 0 ? [] : ownPerFrame, ownLongestMs: all[0]?.[1] ?? 0, ownLongest: all.slice(0, 3).map(([, ms, what]) => `${what} ${ms.toFixed(1)}`).join(', '), ownLongTasks: all.filter(([, ms]) => ms >= 50).length,
    pageLongTasks: raw.long, frames: raw.frames, badgeMs: watched.badgeMs,
  };
}

function scroll(page: Page, frames: number, watch: boolean): Promise<Raw> {
  return page.evaluate(({ count, watch: watching }) => new Promise<Raw>((resolve) => {
    const host = (window as unknown as { __host: { rows(): { node: HTMLElement; id: string }[]; scrollTo(top: number): void } }).__host;
    const root = document.documentElement;
    const readTimings = (): [number, number, string][] => {
      delete root.dataset['inlayTimings'];
      document.dispatchEvent(new Event('inlay:timings'));
      return JSON.parse(root.dataset['inlayTimings'] ?? '[]') as [number, number, string][];
    };
    readTimings();
    host.scrollTo(0);
    let long = 0;
    const tasks = new PerformanceObserver((list) => { long += list.getEntries().length; });
    tasks.observe({ type: 'longtask' });
    const frameStarts: number[] = [];
    const times: number[] = [];
    const badgeMs: number[] = [];
    /** Rows whose badge is not yet theirs, since when. */
    const waiting = new Map<HTMLElement, { id: string; since: number }>();
    const known = new Map<HTMLElement, string>();
    const look = (now: number): void => {
      for (const { node, id } of host.rows()) {
        if (known.get(node) !== id) { known.set(node, id); waiting.set(node, { id, since: now }); }
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
      if (watching) look(now);
      frameStarts.push(now);
      if (last > 0) times.push(now - last);
      last = now;
      if (n >= count) {
        tasks.disconnect();
        return void setTimeout(() => resolve({ frameStarts, long, frames: times, badgeMs, timings: readTimings() }), 100);
      }
      n += 1;
      top += 350;
      host.scrollTo(top);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }), { count: frames, watch });
}
