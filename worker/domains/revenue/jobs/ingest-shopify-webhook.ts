import { sql } from 'drizzle-orm';
import { createContext } from '../../../kernel/context.ts';
import { storePlatform } from '../../../platforms/stores/registry.ts';
import { defineIngest } from '../../webhooks/index.ts';
import { takeStoreEvent } from '../take-event.ts';

/** A stored Shopify delivery takes effect for every organization that connected its shop. */
export const ingestShopifyWebhook = defineIngest('shopify', async (ctx, { raw, headers }) => {
  const store = storePlatform('shopify');
  const shop = store.shopOf(headers);
  if (shop === null) return;
  const event = store.readEvent(raw, headers);
  if (event.kind === 'other') return;
  const owners = await ctx.ports.database
    .within({})
    .read((q) =>
      q.execute<{ organization_id: string; connection_id: string }>(
        sql`select organization_id, connection_id from route_connection('shopify', ${shop})`,
      ),
    );
  for (const owner of owners.rows) {
    const own = createContext({ ...ctx.ports, log: ctx.log }, owner.organization_id, ctx.actor);
    await takeStoreEvent(own, { shop, connectionId: owner.connection_id, eventId: store.eventId(headers), event });
  }
});
