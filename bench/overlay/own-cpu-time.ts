import type { Browser } from 'playwright-core';

/** Name of the mark the page sets at the start of every frame. */
export const FRAME_MARK = 'bench-frame';
const CONTENT_SCRIPT = '/src/content/main.iife.js';

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { data?: { url?: string; functionName?: string; lineNumber?: number; columnNumber?: number } };
}
export interface OwnSpan {
  ts: number;
  cpuMs: number;
  what: string;
}
export interface OwnTimes {
  perFrame: number[];
  spans: OwnSpan[];
}

/**
 * What our content script cost the page's main thread while `run` scrolled, in milliseconds of that thread's own CPU time: another
 * program's turn on this machine is not ours. Counted are all calls into our file: observers, frames, timers, listeners. Not seen
 * by the trace are promise continuations, in which the overlay only stores answers; it paints them in a frame of their own.
 */
export async function ownCpuTime<T>(browser: Browser, run: () => Promise<T>): Promise<{ result: T; own: OwnTimes }> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'blink.user_timing'], excludedCategories: ['*'] },
  });
  const result = await run();
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve());
  });
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return { result, own: readTrace(events) };
}

export function readTrace(events: readonly TraceEvent[]): OwnTimes {
  const marks = events.filter(({ name }) => name === FRAME_MARK).toSorted((a, b) => a.ts - b.ts);
  const first = marks[0];
  if (first === undefined) throw new Error('The trace has no frame marks.');
  if (!events.some(({ args }) => args?.data?.url?.endsWith(CONTENT_SCRIPT) === true)) return { perFrame: [], spans: [] };
  const starts = [...new Set(marks.map(({ ts }) => ts))];
  const spans: OwnSpan[] = [];
  let coveredUntil = 0;
  const ours = events
    .filter(
      ({ pid, tid, ph, name, args }) =>
        pid === first.pid &&
        tid === first.tid &&
        ph === 'X' &&
        name === 'FunctionCall' &&
        args?.data?.url?.endsWith(CONTENT_SCRIPT) === true,
    )
    .toSorted((a, b) => a.ts - b.ts);
  for (const event of ours) {
    if (event.tdur === undefined || event.dur === undefined) throw new Error('The trace has no thread times.');
    // A call inside another of ours is in that one's time already.
    if (event.ts < coveredUntil) continue;
    coveredUntil = event.ts + event.dur;
    spans.push({ ts: event.ts, cpuMs: event.tdur / 1000, what: `${event.args?.data?.lineNumber}:${event.args?.data?.columnNumber}` });
  }
  const perFrame = starts.slice(0, -1).map((start, place) => {
    const end = starts[place + 1] as number;
    return spans.reduce((sum, { ts, cpuMs }) => (ts >= start && ts < end ? sum + cpuMs : sum), 0);
  });
  return { perFrame, spans };
}
