import { and, eq, inArray, sql } from 'drizzle-orm';
import { orders } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { attributePersonRef } from '../people/index.ts';

/**
 * Leads and touches whose ad nobody knew when they came get their account and parents from the listing. Orders of their people are
 * worked out again, so that credits move to where the ad turned out to be.
 */
export async function placeLeads(ctx: Context, accountId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const place = (table: 'leads' | 'touches') =>
      tx.sql.execute<{ person_id: string | null }>(sql`
      update ${sql.identifier(table)} f set account_id = e.account_id, ad_set_external_id = e.ad_set_external_id, campaign_external_id = e.campaign_external_id
      from ad_entities e
      where f.organization_id = ${ctx.organizationId} and f.account_id is null and f.ad_external_id is not null
        and e.organization_id = f.organization_id and e.account_id = ${accountId} and e.kind = 'ad' and e.external_id = f.ad_external_id returning f.person_id`);
    await place('leads');
    const moved = [...new Set((await place('touches')).rows.flatMap((row) => row.person_id ?? []))];
    if (moved.length === 0) return;
    const buyers = await tx.sql
      .selectDistinct({ personId: orders.personId })
      .from(orders)
      .where(and(eq(orders.organizationId, ctx.organizationId), inArray(orders.personId, moved)));
    for (const { personId } of buyers) if (personId !== null) await tx.enqueue(attributePersonRef, { personId });
  });
}
