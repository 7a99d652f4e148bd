import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { alias, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { adEntities, leads } from '#schema/index.ts';
import type { Lead } from '#shared/contracts/revenue.ts';
import type { Context } from '../../kernel/context.ts';
import { contactPlace } from './store-lead.ts';

const ad = alias(adEntities, 'ad');
const adSet = alias(adEntities, 'ad_set');
const campaign = alias(adEntities, 'campaign');
const entityOf = (table: Record<'organizationId' | 'accountId' | 'externalId', AnyPgColumn>, externalId: AnyPgColumn) =>
  and(eq(table.organizationId, leads.organizationId), eq(table.accountId, leads.accountId), eq(table.externalId, externalId));

/** Orders this person placed after the lead: how many, their net, and the currency if there is only one. */
const later = (what: SQL): SQL =>
  sql`(select ${what} from orders o where o.organization_id = ${leads.organizationId} and o.person_id = ${leads.personId} and o.placed_at >= ${leads.submittedAt} and not o.is_test)`;

/** Leads newest first with the names of their ad and their person's later orders, contact decrypted: one statement. */
export async function readLeads(ctx: Context, where: SQL | undefined, limit: number): Promise<Lead[]> {
  const rows = await ctx.read((q) =>
    q
      .select({
        lead: leads,
        adName: ad.name,
        adSetName: adSet.name,
        campaignName: campaign.name,
        orders: sql<number>`${later(sql`count(*)::int`)}`,
        netMinor: sql<string | null>`${later(sql`sum(o.net_minor)::text`)}`,
        currency: sql<string | null>`${later(sql`case when count(distinct o.currency) = 1 then min(o.currency) end`)}`,
      })
      .from(leads)
      .leftJoin(ad, entityOf(ad, leads.adExternalId))
      .leftJoin(adSet, entityOf(adSet, leads.adSetExternalId))
      .leftJoin(campaign, entityOf(campaign, leads.campaignExternalId))
      .where(and(eq(leads.organizationId, ctx.organizationId), where))
      .orderBy(desc(leads.submittedAt), desc(leads.id))
      .limit(limit),
  );
  if (rows.length === 0) return [];
  const box = await ctx.box();
  return Promise.all(
    rows.map(async ({ lead, adName, adSetName, campaignName, orders, netMinor, currency }): Promise<Lead> => ({
      id: lead.id,
      source: lead.source,
      submittedAt: lead.submittedAt.toISOString(),
      receivedAt: lead.receivedAt.toISOString(),
      stage: lead.stage,
      backfilled: lead.backfilled,
      isTest: lead.isTest,
      contact: JSON.parse(await box.unseal(contactPlace(ctx.organizationId, lead.id), lead.contact)) as Record<string, string>,
      ad:
        lead.adExternalId === null || lead.accountId === null
          ? null
          : { id: lead.adExternalId, name: adName, adSetName, campaignName, accountId: lead.accountId },
      formName: lead.formName,
      orders,
      // A sum over two currencies is no amount.
      netMinor: currency === null || netMinor === null ? null : Number(netMinor),
      currency,
    })),
  );
}
