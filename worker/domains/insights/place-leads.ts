import { sql } from 'drizzle-orm';
import type { Context } from '../../kernel/context.ts';

/** Leads and touches whose ad nobody knew when they came get their account and parents from the listing. */
export async function placeLeads(ctx: Context, accountId: string): Promise<void> {
  for (const table of [sql`leads`, sql`touches`]) {
    await ctx.read((q) => q.execute(sql`
      update ${table} f set account_id = e.account_id, ad_set_external_id = e.ad_set_external_id, campaign_external_id = e.campaign_external_id
      from ad_entities e
      where f.organization_id = ${ctx.organizationId} and f.account_id is null and f.ad_external_id is not null
        and e.organization_id = f.organization_id and e.account_id = ${accountId} and e.kind = 'ad' and e.external_id = f.ad_external_id`));
  }
}
