import type { Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  tdur?: number;
  dur?: number;
  args?: { name?: string };
}

export interface PageTasks {
  /** Tasks of the page's main thread that took 50 ms or more of its own CPU time: another program's turn on this machine is not ours. */
  longTasks: number;
  longestMs: number;
  /** The same by the wall clock, whoever was at work. */
  longTasksByClock: number;
  /** CPU time of the page's workers, all together. */
  workersMs: number;
}

const LONG_MS = 50;
const MARK = 'bench-tasks';

/** Runs something on the page and says what its main thread had to do meanwhile. */
export async function pageTasks<T>(page: Page, run: () => Promise<T>): Promise<{ result: T; tasks: PageTasks }> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] },
  });
  await page.evaluate((mark) => performance.mark(mark), MARK);
  const result = await run();
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve());
  });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const main = events.find(({ name }) => name === MARK);
  if (main === undefined) throw new Error('The trace has no mark of the page.');
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => pid === main.pid && tid === main.tid && ph === 'X' && name === 'ThreadControllerImpl::RunTask',
  );
  if (tasks.length === 0) throw new Error('The trace has no tasks of the page.');
  const own = tasks.map(ownMs);
  const workers = new Set(
    events
      .filter(({ name, pid, args }) => name === 'thread_name' && pid === main.pid && args?.name?.startsWith('DedicatedWorker'))
      .map(({ tid }) => tid),
  );
  return {
    result,
    tasks: {
      longTasks: own.filter((ms) => ms >= LONG_MS).length,
      longestMs: Math.max(...own),
      longTasksByClock: tasks.filter(({ dur }) => (dur ?? 0) / 1000 >= LONG_MS).length,
      workersMs: events
        .filter(({ name, ph, pid, tid }) => pid === main.pid && workers.has(tid) && ph === 'X' && name === 'ThreadControllerImpl::RunTask')
        .reduce((sum, event) => sum + ownMs(event), 0),
    },
  };
}

/** Milliseconds of CPU; where the trace has none the clock's, which are never fewer. */
function ownMs({ tdur, dur }: TraceEvent): number {
  return (tdur ?? dur ?? 0) / 1000;
}
