import type { webhookEndpoints } from '#schema/index.ts';
import { eventType, type WebhookEndpoint } from '#shared/contracts/machines.ts';

export const presentEndpoint = (row: typeof webhookEndpoints.$inferSelect, now: Date): WebhookEndpoint => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: eventType.array().parse(row.events),
  disabled: row.disabled,
  failingSince: row.failingSince?.toISOString() ?? null,
  previousSecretUntil: row.previousUntil && row.previousUntil > now ? row.previousUntil.toISOString() : null,
  createdAt: row.createdAt.toISOString(),
});
