import { DurableObject } from 'cloudflare:workers';

interface Window {
  calls: number;
  until: number;
}

/**
 * Counts what one network asks for at each public door that makes work. Kept in storage, so that a pause long enough to lose the object
 * wins nobody a fresh start; a refused call writes nothing. Over a border between two windows a network gets at most two windows' calls.
 */
export class CallLimit extends DurableObject {
  /** What one key or session may still call. Not stored: losing it costs at most one burst, and storing it would cost every call. */
  #bucket: { tokens: number; at: number } | null = null;

  /** Takes up to `wanted` calls from a bucket of `calls` that fills up in `seconds`. */
  spend(wanted: number, calls: number, seconds: number): { granted: number; remaining: number; fullInMs: number; waitMs: number } {
    const now = Date.now();
    const perMs = calls / (seconds * 1000);
    const known = this.#bucket ?? { tokens: calls, at: now };
    const filled = Math.min(calls, known.tokens + (now - known.at) * perMs);
    const granted = Math.min(wanted, Math.floor(filled));
    const tokens = filled - granted;
    this.#bucket = { tokens, at: now };
    return {
      granted,
      remaining: Math.floor(tokens),
      fullInMs: Math.ceil((calls - tokens) / perMs),
      waitMs: granted > 0 ? 0 : Math.ceil((1 - tokens) / perMs),
    };
  }

  /** Takes one call; 0 when there was one to take, else the milliseconds until there is. */
  async take(door: string, most: number, windowMs: number): Promise<number> {
    const now = Date.now();
    const known = await this.ctx.storage.get<Window>(door);
    const window = known && known.until > now ? known : { calls: 0, until: now + windowMs };
    if (window.calls >= most) return window.until - now;
    await this.ctx.storage.put(door, { ...window, calls: window.calls + 1 });
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(window.until);
    return 0;
  }

  /** Who has not come for a while leaves nothing behind. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    const windows = [...(await this.ctx.storage.list<Window>())];
    const over = windows.filter(([, window]) => window.until <= now).map(([door]) => door);
    if (over.length === windows.length) return this.ctx.storage.deleteAll();
    await this.ctx.storage.delete(over);
    await this.ctx.storage.setAlarm(Math.max(...windows.map(([, window]) => window.until)));
  }
}
