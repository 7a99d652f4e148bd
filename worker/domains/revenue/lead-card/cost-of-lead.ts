import { and, eq, gte, lt, or } from 'drizzle-orm';
import { adDays, leads } from '#schema/index.ts';
import { addDays, dayOf, startOfDay } from '#shared/rules/day-of.ts';
import { allocateLeadCost } from '#shared/rules/lead-cost.ts';
import type { Context } from '../../../kernel/context.ts';
import type { AdLead, LeadAccount } from './lead-of-person.ts';

export interface AllocatedCost {
  allocatedMinor: number | null;
  daySpendMinor: number | null;
  dayLeads: number;
  day: string;
  currency: string;
}

/**
 * The lead's share of what its ad spent on the day of the submission, in the ad account's timezone: allocated, not charged.
 * Amounts are null until that day has been read from the platform.
 */
export async function costOfLead(ctx: Context, lead: AdLead, account: LeadAccount): Promise<AllocatedCost> {
  const day = dayOf(lead.submittedAt.getTime(), account.timezone);
  const from = new Date(startOfDay(day, account.timezone));
  const to = new Date(startOfDay(addDays(day, 1), account.timezone));
  const inCampaign = lead.campaignExternalId;
  const [spend, dayLeads] = await Promise.all([
    ctx.read((q) =>
      q
        .select()
        .from(adDays)
        .where(
          and(
            eq(adDays.organizationId, ctx.organizationId),
            eq(adDays.accountId, account.id),
            eq(adDays.day, day),
            inCampaign === null ? eq(adDays.adExternalId, lead.adExternalId) : eq(adDays.campaignExternalId, inCampaign),
          ),
        ),
    ),
    ctx.read((q) =>
      q
        .select({ id: leads.id, submittedAt: leads.submittedAt, adId: leads.adExternalId, adSetId: leads.adSetExternalId })
        .from(leads)
        .where(
          and(
            eq(leads.organizationId, ctx.organizationId),
            eq(leads.accountId, account.id),
            eq(leads.isTest, false),
            gte(leads.submittedAt, from),
            lt(leads.submittedAt, to),
            inCampaign === null
              ? eq(leads.adExternalId, lead.adExternalId)
              : or(eq(leads.campaignExternalId, inCampaign), eq(leads.id, lead.id)),
          ),
        ),
    ),
  ]);
  const { costs } = allocateLeadCost(
    spend.map((row) => ({ adId: row.adExternalId, adSetId: row.adSetExternalId, spendMinor: BigInt(row.spendMinor) })),
    dayLeads.map((one) => ({ leadId: one.id, at: one.submittedAt.getTime(), adId: one.adId, adSetId: one.adSetId })),
  );
  const own = costs.find((cost) => cost.leadId === lead.id);
  if (!own) throw new Error('A lead that is not among the leads of its own day.');
  const isRead = account.insightsFrom !== null && account.insightsTo !== null && account.insightsFrom <= day && day <= account.insightsTo;
  return {
    allocatedMinor: isRead ? Number(own.costMinor) : null,
    daySpendMinor: isRead ? Number(own.poolMinor) : null,
    dayLeads: own.poolLeads,
    day,
    currency: account.currency,
  };
}
