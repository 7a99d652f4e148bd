import { sql } from 'drizzle-orm';
import { createContext } from '../../../kernel/context.ts';
import { storePlatform } from '../../../platforms/stores/registry.ts';
import { defineIngest, type Afterwards } from '../../webhooks/index.ts';
import { erasedAmong, erasureKeys, subjectOf } from '../privacy/erasures.ts';
import { takeStoreEvent } from '../take-event.ts';

/** A stored Shopify delivery takes effect for every organization that connected its shop. */
export const ingestShopifyWebhook = defineIngest('shopify', async (ctx, { raw, headers }) => {
  const store = storePlatform('shopify');
  const shop = store.shopOf(headers);
  if (shop === null) return 'keep';
  const event = store.readEvent(raw, headers);
  if (event.kind === 'other') return 'keep';
  // A shop that removed the app may still ask for what it left behind.
  const route = sql.raw(event.kind === 'privacy' ? 'route_any_connection' : 'route_connection');
  const owners = await ctx.ports.database
    .within({})
    .read((q) =>
      q.execute<{ organization_id: string; connection_id: string }>(
        sql`select organization_id, connection_id from ${route}('shopify', ${shop})`,
      ),
    );
  let afterwards: Afterwards = event.kind === 'privacy' ? 'drop' : 'keep';
  for (const owner of owners.rows) {
    const own = createContext({ ...ctx.ports, log: ctx.log }, owner.organization_id, ctx.actor);
    await takeStoreEvent(own, { shop, connectionId: owner.connection_id, eventId: store.eventId(headers), event });
    if ((await erasedAmong(own, await erasureKeys(own, shop, subjectOf(event)))).size > 0) afterwards = 'drop';
  }
  return afterwards;
});
