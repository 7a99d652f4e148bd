import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { needChromium } from '../../local/find-chromium.ts';
import { percentile } from '../overlay/percentile.ts';
import type { BenchPage, Change } from './page.tsx';
import { pageTasks } from './page-tasks.ts';
import { servePage } from './serve-page.ts';

/**
 * The launch builder in a real Chromium: 5,000 objects expanded and checked on a thread of their own, beside the same on the page's
 * thread; and a grid of 10,000 cells scrolled to its end and back. `node --import tsx bench/builder/run.ts [--rounds 30] [--cells 10000]`
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, cells: { type: 'string', default: '10000' } } });
const BOUNDS = { plannedMedianMs: 150, plannedP95Ms: 150, editedP95Ms: 150, planLongTasks: 0, gridLongTasks: 0 };
const SCROLL_FRAMES = 240;

type Benched = Window & { __bench: BenchPage };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inlay-bench-builder-'));
const site = await servePage(folder);
const browser = await chromium.launch({ executablePath: needChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  // The TypeScript loader names inner functions through this; functions sent to the page need it there.
  await page.addInitScript('globalThis.__name ??= (made) => made');
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(site.url);
  await page.waitForFunction(() => '__bench' in window);
  const rounds = Number(values.rounds);
  const total = await page.evaluate(() => (window as unknown as Benched).__bench.total);
  const inThread = (change: Change, times: number) =>
    page.evaluate(([what, n]) => (window as unknown as Benched).__bench.inThread(what, n), [change, times] as const);
  const onPage = (change: Change) =>
    page.evaluate(([what, n]) => (window as unknown as Benched).__bench.onPage(what, n), [change, rounds] as const);
  const planned = await pageTasks(page, () => inThread('planned', rounds));
  const edited = await pageTasks(page, () => inThread('edited', rounds));
  const pagePlanned = await pageTasks(page, () => onPage('planned'));
  const pageEdited = await pageTasks(page, () => onPage('edited'));
  const cells = await page.evaluate((n) => (window as unknown as Benched).__bench.showGrid(n), Number(values.cells));
  await page.getByRole('grid').waitFor();
  const { result: frames, tasks: whileScrolling } = await pageTasks(page, () => scrollGrid(page));

  const figures = {
    plannedMedianMs: percentile(planned.result, 50),
    plannedP95Ms: percentile(planned.result, 95),
    editedP95Ms: percentile(edited.result, 95),
    planLongTasks: planned.tasks.longTasks + edited.tasks.longTasks,
    gridLongTasks: whileScrolling.longTasks,
  };
  const missed = Object.entries(BOUNDS)
    .filter(([name, bound]) => !(figures[name as keyof typeof BOUNDS] <= bound))
    .map(([name]) => name);
  const result = {
    ok: missed.length === 0 && faults.length === 0,
    missed,
    faults,
    ...figures,
    items: total,
    editedMedianMs: percentile(edited.result, 50),
    /** CPU time of one round on the planner's thread, its start included: what a busy machine does not change. */
    plannedCpuMs: planned.tasks.workersMs / (rounds + 1),
    editedCpuMs: edited.tasks.workersMs / (rounds + 1),
    onPagePlannedMedianMs: percentile(pagePlanned.result, 50),
    onPageEditedMedianMs: percentile(pageEdited.result, 50),
    /** The thread's time beside the page's for the same: its price is the way there and back. */
    plannedRatio: percentile(planned.result, 50) / percentile(pagePlanned.result, 50),
    editedRatio: percentile(edited.result, 50) / percentile(pageEdited.result, 50),
    /** How long the page's own thread was at work at most in one go. */
    pageLongestMs: Math.max(planned.tasks.longestMs, edited.tasks.longestMs),
    planLongTasksByClock: planned.tasks.longTasksByClock + edited.tasks.longTasksByClock,
    cells,
    gridLongestMs: whileScrolling.longestMs,
    gridLongTasksByClock: whileScrolling.longTasksByClock,
    frameMedianMs: percentile(frames, 50),
    frameP95Ms: percentile(frames, 95),
    rounds,
    /** Others at work on this machine: a figure counts from a quiet run. */
    loadAverage: os.loadavg()[0],
  };
  process.stdout.write(
    `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value))}\n`,
  );
  process.exitCode = result.ok ? 0 : 1;
} finally {
  await browser.close();
  site.close();
  fs.rmSync(folder, { recursive: true, force: true });
}

/** To the end and back, and sideways, in jumps that leave no drawn row where it was. */
function scrollGrid(page: Page): Promise<number[]> {
  return page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const box = document.querySelector('.grid-scroll') as HTMLElement;
        const height = box.scrollHeight - box.clientHeight;
        const width = box.scrollWidth - box.clientWidth;
        const times: number[] = [];
        let last = performance.now();
        const frame = (): void => {
          const now = performance.now();
          times.push(now - last);
          last = now;
          if (times.length >= count) return resolve(times);
          const way = 1 - Math.abs(1 - (2 * times.length) / count);
          box.scrollTop = Math.round(height * way);
          box.scrollLeft = Math.round(width * way);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    SCROLL_FRAMES,
  );
}
