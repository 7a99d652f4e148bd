import { sql } from 'drizzle-orm';
import type { Ports } from '../../kernel/context.ts';

export interface Part {
  name: 'database' | 'queues' | 'storage';
  state: 'ok' | 'slow' | 'down';
  /** How long the look took; null = there was none. */
  ms: number | null;
  detail: string | null;
}
export interface Health {
  parts: Part[];
  /** Work that waits to be handed to a queue; null = Postgres did not say. */
  outbox: { waiting: number; oldestSeconds: number | null } | null;
}

const SLOW_MS = 1_000;
const GIVE_UP_MS = 4_000;
/** The relay comes each minute: what waits for two has been missed twice. */
const OLD_SECONDS = 120;

/** Each part the Worker stands on, looked at once and at the same time. Never throws: a part that does not answer is down. */
export async function checkParts(ports: Ports): Promise<Health> {
  let outbox: Health['outbox'] = null;
  const [database, storage] = await Promise.all([
    timed('database', async () => {
      const { rows } = await ports.database
        .within({})
        .read((q) =>
          q.execute<{ waiting: string; oldest_seconds: number | null }>(
            sql`select waiting, oldest_seconds from outbox_state(${ports.now().toISOString()})`,
          ),
        );
      const [row] = rows;
      if (row) outbox = { waiting: Number(row.waiting), oldestSeconds: row.oldest_seconds };
    }),
    timed('storage', () => ports.bindings.RAW.head('health')),
  ]);
  return { parts: [database, queuesOf(outbox), storage], outbox };
}

async function timed(name: Part['name'], look: () => Promise<unknown>): Promise<Part> {
  const started = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too long')), GIVE_UP_MS);
  });
  try {
    await Promise.race([look(), tooLong]);
    const ms = Date.now() - started;
    return { name, state: ms > SLOW_MS ? 'slow' : 'ok', ms, detail: null };
  } catch {
    return { name, state: 'down', ms: Date.now() - started, detail: 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}

/** A queue cannot be asked; work that stays in the outbox shows that it takes none, or that cron stands still. */
function queuesOf(outbox: Health['outbox']): Part {
  if (!outbox) return { name: 'queues', state: 'down', ms: null, detail: 'unknown without the database' };
  const age = outbox.oldestSeconds ?? 0; // nothing waits: nothing is old
  return age > OLD_SECONDS
    ? { name: 'queues', state: 'slow', ms: null, detail: `work has waited for ${age} s` }
    : { name: 'queues', state: 'ok', ms: null, detail: null };
}
