import type { MetricsAnswer } from '#shared/contracts/metrics.ts';
import { groundOf } from '../messaging/ground-of.ts';
import type { MetricsQuestion, MetricsReply } from '../messaging/overlay-types.ts';
import type { Area } from '../storage/area.ts';

/** One question's ground: organization, account, level, window, model, basis. Ids share it. */
export interface Shelf extends Omit<MetricsReply, 'answers' | 'totals'> {
  usedAt: number;
  totals: { at: number; value: MetricsReply['totals'] } | null;
  answers: Record<string, { at: number; dataVersion: number | null; answer: MetricsAnswer }>;
}

const MAX_SHELVES = 6;
const MAX_ANSWERS = 6000;
const WRITE_AFTER_MS = 1000;

export const shelfKey = (organizationId: string, question: MetricsQuestion): string =>
  `metrics:${[organizationId, question.accountExternalId, question.level, JSON.stringify(question.window), 'last', question.basis].join('|')}`;

/** Answers already given, kept for the browser session so that a new life of the background can paint at once. */
export function createMetricsCache(area: Area, now: () => number, later: (run: () => void, ms: number) => void) {
  const shelves = new Map<string, Shelf>();
  const dirty = new Set<string>();

  const save = async (): Promise<void> => {
    const values = Object.fromEntries([...dirty].map((key) => [key, shelves.get(key)]));
    dirty.clear();
    await area.set(values);
    const known = await Promise.all(
      (await area.keys())
        .filter((key) => key.startsWith('metrics:'))
        .map(async (key) => ({ key, usedAt: (await area.get<Shelf>(key))?.usedAt ?? 0 })),
    );
    const old = known
      .toSorted((a, b) => b.usedAt - a.usedAt)
      .slice(MAX_SHELVES)
      .map(({ key }) => key);
    for (const key of old) shelves.delete(key);
    if (old.length > 0) await area.remove(old);
  };

  return {
    async shelf(key: string): Promise<Shelf> {
      const held = shelves.get(key) ?? (await area.get<Shelf>(key)) ?? empty(now());
      held.usedAt = now();
      shelves.set(key, held);
      return held;
    },
    /**
     * Another day, currency or formula empties the shelf: answers of two definitions never stand side by side.
     * @param withTotals totals were asked for: none in the reply means that there is none any more
     */
    async put(key: string, reply: MetricsReply, withTotals: boolean): Promise<Shelf> {
      let shelf = await this.shelf(key);
      if (shelf.definition !== null && reply.definition !== null && groundOf(shelf.definition) !== groundOf(reply.definition))
        shelf = empty(now());
      Object.assign(shelf, { account: reply.account, definition: reply.definition, freshness: reply.freshness });
      if (withTotals) shelf.totals = { at: now(), value: reply.totals };
      for (const { at, answer } of reply.answers)
        shelf.answers[answer.id] = { at, dataVersion: reply.definition?.dataVersion ?? null, answer };
      const ids = Object.keys(shelf.answers);
      if (ids.length > MAX_ANSWERS)
        for (const id of ids.toSorted((a, b) => shelf.answers[a]!.at - shelf.answers[b]!.at).slice(0, ids.length - MAX_ANSWERS))
          delete shelf.answers[id];
      shelves.set(key, shelf);
      if (dirty.size === 0) later(() => void save(), WRITE_AFTER_MS);
      dirty.add(key);
      return shelf;
    },
    /** Another person signed in, or nobody is. */
    forget(): void {
      shelves.clear();
      dirty.clear();
    },
  };
}
export type MetricsCache = ReturnType<typeof createMetricsCache>;

const empty = (usedAt: number): Shelf => ({ usedAt, account: null, definition: null, freshness: null, totals: null, answers: {} });
