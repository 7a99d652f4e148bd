import { allocate } from './allocate.ts';

/**
 * Cost of a lead: ad spend of its day shared equally, always shown as "allocated, not charged". Source: revenue guide §8.
 * One call handles one campaign on one day of the ad account's timezone.
 */
export interface AdSpend {
  adId: string;
  adSetId: string;
  spendMinor: bigint;
}

export interface DayLead {
  leadId: string;
  /** Milliseconds since 1970; ties of the last unit go to the earlier lead. */
  at: number;
  /** Null when the source did not say. */
  adId: string | null;
  adSetId: string | null;
}

/** The deepest level at which every lead of the campaign-day is known. */
export type CostLevel = 'ad' | 'ad_set' | 'campaign';

export interface LeadCost {
  leadId: string;
  costMinor: bigint;
  /** The division to show: "€84.00 spent by this ad ÷ 12 leads". */
  poolMinor: bigint;
  poolLeads: number;
}

export interface LeadCostDay {
  level: CostLevel;
  costs: LeadCost[];
  /** Spend of pools that had no lead. Σ costs + this = Σ spend, exactly. */
  withoutLeadsMinor: bigint;
}

/** Shares a campaign-day's spend over its leads. A lead of an ad that reported no spend costs 0. */
export function allocateLeadCost(spend: readonly AdSpend[], leads: readonly DayLead[]): LeadCostDay {
  const level = costLevel(spend, leads);
  const adSetOf = new Map(spend.map((ad) => [ad.adId, ad.adSetId]));
  const pools = new Map<string, { spendMinor: bigint; leads: DayLead[] }>();
  const poolAt = (key: string) => {
    const pool = pools.get(key) ?? { spendMinor: 0n, leads: [] };
    pools.set(key, pool);
    return pool;
  };
  for (const ad of spend) poolAt(level === 'ad' ? ad.adId : level === 'ad_set' ? ad.adSetId : 'campaign').spendMinor += ad.spendMinor;
  for (const lead of leads) poolAt(poolKey(lead, level, adSetOf)).leads.push(lead);

  const costs: LeadCost[] = [];
  let withoutLeadsMinor = 0n;
  for (const pool of pools.values()) {
    if (pool.leads.length === 0) {
      withoutLeadsMinor += pool.spendMinor;
      continue;
    }
    const parts = allocate(
      pool.spendMinor,
      pool.leads.map((lead) => ({ id: lead.leadId, weight: 1n, at: lead.at })),
    );
    pool.leads.forEach((lead, i) =>
      costs.push({ leadId: lead.leadId, costMinor: parts[i] as bigint, poolMinor: pool.spendMinor, poolLeads: pool.leads.length }),
    );
  }
  return { level, costs, withoutLeadsMinor };
}

function costLevel(spend: readonly AdSpend[], leads: readonly DayLead[]): CostLevel {
  if (leads.every((lead) => lead.adId !== null)) return 'ad';
  const known = new Set(spend.map((ad) => ad.adId));
  return leads.every((lead) => lead.adSetId !== null || (lead.adId !== null && known.has(lead.adId))) ? 'ad_set' : 'campaign';
}

function poolKey(lead: DayLead, level: CostLevel, adSetOf: ReadonlyMap<string, string>): string {
  if (level === 'campaign') return 'campaign';
  const key = level === 'ad' ? lead.adId : (lead.adSetId ?? adSetOf.get(lead.adId as string));
  if (key === null || key === undefined) throw new Error(`lead ${lead.leadId} is not known at ${level} level`);
  return key;
}
