import { and, eq } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import type { PrivacyRequest } from '../../../platforms/stores/store-platform.ts';
import { endConnection } from '../../connections/index.ts';
import { askCustomerCopy } from '../../privacy/index.ts';
import { forgetShop } from '../jobs/forget-shop.ts';
import { forgetCustomer } from './forget-customer.ts';
import { peopleOfCustomer } from './people-of-customer.ts';

/** A store asks for the erasure of a shop this long after it removed the app. */
const AFTER_REMOVAL_MS = 48 * 3_600_000;

/** A privacy request of a shop's customer, or of the shop itself, takes effect without a person and is noted, without naming anybody. */
export async function answerPrivacy(
  ctx: Context,
  tx: Tx,
  { shop, connectionId, topic }: { shop: string; connectionId: string; topic: string },
  request: PrivacyRequest,
): Promise<void> {
  if (request.asks === 'shop_erasure') {
    const isRemoved = await endRemoved(ctx, tx, connectionId, request.at);
    await tx.audit('privacy.request', null, { topic, shop, connectedAgain: !isRemoved });
    if (isRemoved) await tx.enqueue(forgetShop, { shop, connectionId });
    return;
  }
  const { asks, customer } = request;
  const found =
    asks === 'erasure' ? await forgetCustomer(ctx, tx, shop, customer) : { people: await peopleOfCustomer(ctx, tx, shop, customer) };
  // Data is handed out by the merchant; our part is to lay it ready for them.
  if (asks === 'data' && Array.isArray(found.people) && found.people.length > 0)
    await askCustomerCopy(ctx, tx, { shop, people: found.people });
  await tx.audit('privacy.request', null, { topic, shop, ...found });
}

/**
 * Whether the shop is still without the app. One that was connected again since the removal keeps what it has; one whose word of removal
 * never came is ended now, because its access has not been renewed since.
 */
async function endRemoved(ctx: Context, tx: Tx, connectionId: string, at: Date | null): Promise<boolean> {
  const [row] = await tx.sql
    .select({ status: connections.status, issuedAt: connections.issuedAt })
    .from(connections)
    .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId)))
    .for('update');
  if (!row || row.status === 'revoked') return row !== undefined;
  if (at === null || row.issuedAt.getTime() > at.getTime() - AFTER_REMOVAL_MS) return false;
  await endConnection(ctx, tx, connectionId);
  return true;
}
