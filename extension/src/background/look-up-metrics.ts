import type { ApiClient } from '#shared/api-client/create-api-client.ts';
import { lookUpMetrics } from '#shared/contracts/metrics.ts';
import type { MetricsQuestion, MetricsReply } from '../messaging/overlay-types.ts';
import { shelfKey, type MetricsCache, type Shelf } from './metrics-cache.ts';

/** An answer younger than this, of the present data version, is not asked again. */
const FRESH_MS = 45_000;

export function createMetrics(parts: {
  api: ApiClient;
  cache: MetricsCache;
  organizationId(): Promise<string>;
  pace(): Promise<void>;
  now(): number;
}) {
  const { cache, now } = parts;
  const fromShelf = (shelf: Shelf, question: MetricsQuestion): MetricsReply => ({
    account: shelf.account,
    definition: shelf.definition,
    freshness: shelf.freshness,
    totals: question.withTotals && shelf.totals !== null ? shelf.totals.value : null,
    answers: question.ids.flatMap((id) => {
      const held = shelf.answers[id];
      return held === undefined ? [] : [{ at: held.at, answer: held.answer }];
    }),
  });
  return {
    /** What is already known, at once and of any age; the age travels with each answer. */
    async cached(question: MetricsQuestion): Promise<MetricsReply> {
      return fromShelf(await cache.shelf(shelfKey(await parts.organizationId(), question)), question);
    },
    /** Every id answered, from the API where the shelf is old or empty. @throws ApiError, ApiUnreachable */
    async fresh(question: MetricsQuestion): Promise<MetricsReply> {
      const key = shelfKey(await parts.organizationId(), question);
      const shelf = await cache.shelf(key);
      const version = shelf.definition === null ? null : shelf.definition.dataVersion;
      const missing = question.ids.filter((id) => {
        const held = shelf.answers[id];
        return held === undefined || now() - held.at > FRESH_MS || held.dataVersion !== version;
      });
      const wantTotals = question.withTotals && (shelf.totals === null || now() - shelf.totals.at > FRESH_MS);
      if (missing.length === 0 && !wantTotals) return fromShelf(shelf, question);
      await parts.pace();
      const { accountExternalId, level, window, basis } = question;
      const reply = await parts.api.call(lookUpMetrics, {
        body: { platform: 'meta', accountExternalId, level, ids: missing, window, basis, withTotals: wantTotals },
      });
      const at = now();
      // Nothing of a person who signed out meanwhile may be kept under the next one's name.
      if (key !== shelfKey(await parts.organizationId(), question))
        return { account: null, definition: null, freshness: null, totals: null, answers: [] };
      const kept = await cache.put(key, { ...reply, answers: reply.answers.map((answer) => ({ at, answer })) }, wantTotals);
      return fromShelf(kept, question);
    },
  };
}
