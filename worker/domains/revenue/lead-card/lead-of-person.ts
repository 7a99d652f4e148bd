import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { adAccounts, adEntities, leads, touches } from '#schema/index.ts';
import type { LeadCard } from '#shared/contracts/revenue.ts';
import type { Context } from '../../../kernel/context.ts';
import { adPlatform } from '../../../platforms/ads/registry.ts';

type LeadRow = typeof leads.$inferSelect;
export type AdLead = LeadRow & { adExternalId: string };
export type LeadAccount = typeof adAccounts.$inferSelect;

/** The submission that brought the person: their first one that names an ad. `no_ad` = they submitted, but no ad is known for it. */
export async function leadOfPerson(
  ctx: Context,
  personId: string,
): Promise<{ lead: AdLead; account: LeadAccount | null } | 'no_lead' | 'no_ad'> {
  const rows = await ctx.read((q) =>
    q
      .select({ lead: leads, account: adAccounts })
      .from(leads)
      .leftJoin(adAccounts, and(eq(adAccounts.id, leads.accountId), eq(adAccounts.organizationId, leads.organizationId)))
      .where(and(eq(leads.organizationId, ctx.organizationId), eq(leads.personId, personId), eq(leads.isTest, false)))
      .orderBy(asc(leads.submittedAt), asc(leads.id)),
  );
  if (rows.length === 0) return 'no_lead';
  for (const { lead, account } of rows) {
    if (lead.adExternalId !== null) return { lead: { ...lead, adExternalId: lead.adExternalId }, account };
  }
  return 'no_ad';
}

/** Where the person came from. Names the listing does not hold are null. */
export async function sourceOfLead(ctx: Context, lead: AdLead, account: LeadAccount | null): Promise<NonNullable<LeadCard['source']>> {
  const ids = [lead.adExternalId, lead.adSetExternalId, lead.campaignExternalId].filter((id) => id !== null);
  const [names, [span]] = await Promise.all([
    account === null
      ? []
      : ctx.read((q) =>
          q
            .select({ id: adEntities.externalId, name: adEntities.name })
            .from(adEntities)
            .where(
              and(
                eq(adEntities.organizationId, ctx.organizationId),
                eq(adEntities.accountId, account.id),
                inArray(adEntities.externalId, ids),
              ),
            ),
        ),
    ctx.read((q) =>
      q
        .select({
          first: sql<string>`to_char(min(${touches.occurredAt}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
          latest: sql<string>`to_char(max(${touches.occurredAt}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
        })
        .from(touches)
        .where(and(eq(touches.organizationId, ctx.organizationId), eq(touches.personId, lead.personId as string))),
    ),
  ]);
  const nameOf = (id: string | null): string | null => names.find((one) => one.id === id)?.name ?? null;
  const submittedAt = lead.submittedAt.toISOString();
  return {
    platform: 'meta',
    campaign: nameOf(lead.campaignExternalId),
    adSet: nameOf(lead.adSetExternalId),
    ad: nameOf(lead.adExternalId),
    adId: lead.adExternalId,
    form: lead.formName,
    firstTouchAt: span?.first ?? submittedAt,
    latestTouchAt: span?.latest ?? submittedAt,
    managerUrl:
      (account && adPlatform('meta').objects.managerUrl(account.externalId, 'ad', lead.adExternalId)) ??
      'https://adsmanager.facebook.com/adsmanager/manage/ads',
  };
}
