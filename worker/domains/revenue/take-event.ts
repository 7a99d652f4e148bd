import { inbox } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { StoreEvent } from '../../platforms/stores/store-platform.ts';
import { endConnection } from '../connections/index.ts';
import { answerPrivacy } from './privacy/answer-privacy.ts';
import { saveOrder, saveRefund } from './save-order.ts';

/** One event of a connected shop takes effect, once per event id; without an id the effect itself is repeatable. */
export async function takeStoreEvent(
  ctx: Context,
  input: { shop: string; connectionId: string; eventId: string | null; event: StoreEvent },
): Promise<void> {
  const { shop, connectionId, eventId, event } = input;
  await ctx.transaction(async (tx) => {
    if (eventId !== null) {
      const [fresh] = await tx.sql
        .insert(inbox)
        .values({ organizationId: ctx.organizationId, source: 'shopify', eventId, at: ctx.now() })
        .onConflictDoNothing()
        .returning({ eventId: inbox.eventId });
      if (!fresh) return;
    }
    if (event.kind === 'order') await saveOrder(ctx, tx, { source: 'shopify', shop }, event.order);
    else if (event.kind === 'refund') await saveRefund(ctx, tx, { source: 'shopify', shop }, event.refund);
    else if (event.kind === 'uninstalled') {
      // The word of an earlier removal may come hours late; a shop connected again since then stays connected.
      if (await endConnection(ctx, tx, connectionId, event.at)) await tx.audit('connection.uninstalled', connectionId, { shop });
    } else if (event.kind === 'privacy') await answerPrivacy(ctx, tx, { shop, connectionId, topic: event.topic }, event);
  });
}
