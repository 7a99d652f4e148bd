import type { Context } from '../../kernel/context.ts';
import { utf8 } from '../../kernel/bytes.ts';
import { summarise } from './get-launch.ts';
import { fetchLaunch } from './launch-facts.ts';

/** How often at most, and how often at least, Postgres is asked for the picture of one open screen. */
const LEAST_GAP_MS = 300;
const POLL_MS = 4_000;
/** A comment that shows whether anybody still listens; without it an idle stream never ends. */
const HEARTBEAT_MS = 10_000;
/** How long a stream outlives the session that opened it. */
const ALLOWED_MS = 5_000;
/** The browser opens it again by itself; no stream is for ever. */
const LIFE_MS = 15 * 60_000;

/** Who listens: gone when `signal` says so; `again` is the listener as they are now, and throws when they are not to be told any more. */
export interface Watcher {
  signal: AbortSignal;
  again(): Promise<Context>;
}

/**
 * Server-sent events: a whole summary at once and after every change. Nudges from the progress room make it quick, Postgres makes it
 * true, so it may be opened again at any time and loses nothing.
 */
export async function watchLaunch(ctx: Context, input: { id: string }, { signal, again }: Watcher): Promise<Response> {
  ctx.require('launches:read');
  await fetchLaunch(ctx, input.id);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const done = new AbortController();
  signal.addEventListener('abort', () => done.abort(), { once: true });
  ctx.ports.waitUntil(
    stream(ctx, input.id, writable.getWriter(), done, again).catch((error: unknown) => {
      // A reader that went away is the normal end; anything else is worth a line.
      if (!done.signal.aborted)
        ctx.log.warn('launch.watch_ended', { launch: input.id, error: error instanceof Error ? error.name : 'unknown' });
    }),
  );
  return new Response(readable, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

async function stream(
  first: Context,
  id: string,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  done: AbortController,
  again: Watcher['again'],
): Promise<void> {
  let ctx = first;
  const nudges = listen(ctx, id, done.signal);
  const ends = ctx.now().getTime() + LIFE_MS;
  let last = '';
  let beatAt = ctx.now().getTime();
  let allowedAt = beatAt;
  const write = (text: string) =>
    writer.write(utf8(text)).catch((error: unknown) => {
      done.abort();
      throw error;
    });
  try {
    await write('retry: 1000\n\n');
    while (!done.signal.aborted && ctx.now().getTime() < ends) {
      if (ctx.now().getTime() - allowedAt > ALLOWED_MS) {
        ctx = await again();
        allowedAt = ctx.now().getTime();
      }
      const picture = JSON.stringify(await summarise(ctx, await fetchLaunch(ctx, id)));
      if (picture !== last) await write(`event: launch\ndata: ${picture}\n\n`);
      else if (ctx.now().getTime() - beatAt > HEARTBEAT_MS) await write(': still here\n\n');
      if (picture !== last || ctx.now().getTime() - beatAt > HEARTBEAT_MS) beatAt = ctx.now().getTime();
      last = picture;
      await pause(LEAST_GAP_MS, done.signal);
      await Promise.race([nudges.next(), pause(POLL_MS, done.signal)]);
    }
  } finally {
    done.abort();
    await writer.close().catch(() => undefined); // already gone with its reader
  }
}

/** One promise per change; the room forgets us when the stream is cancelled. Without a room, polling alone remains. */
function listen(ctx: Context, id: string, signal: AbortSignal): { next(): Promise<void> } {
  const { PROGRESS_ROOM } = ctx.ports.bindings;
  let wake: () => void = () => undefined;
  let pending = new Promise<void>((resolve) => {
    wake = resolve;
  });
  void (async () => {
    const response = await PROGRESS_ROOM.get(PROGRESS_ROOM.idFromName(id)).fetch('https://progress-room/');
    const reader = response.body?.getReader();
    if (!reader) return;
    signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined), { once: true });
    for (let part = await reader.read(); !part.done; part = await reader.read()) wake();
  })().catch((error: unknown) => ctx.log.warn('progress_room.unavailable', { error: error instanceof Error ? error.name : 'unknown' }));
  return {
    async next() {
      await pending;
      pending = new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
  };
}

/** Ends early with the signal. Leaves no listener behind: a stream pauses thousands of times. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
