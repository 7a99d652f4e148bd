import type { AdSetSpec } from '#shared/rules/planned-item.ts';

/** Strategy and goal are one word on LinkedIn, and the bid is charged by what the two together say. Source: its ad budget combinations. */
const CAPPED: Readonly<Record<string, string>> = {
  MAX_CLICK: 'CAP_COST_AND_MAXIMIZE_CLICKS',
  MAX_IMPRESSION: 'CAP_COST_AND_MAXIMIZE_IMPRESSIONS',
  MAX_LEAD: 'CAP_COST_AND_MAXIMIZE_LEADS',
};
/** With a bid of one's own the click, the view or the impression is paid for. */
const MANUAL_COST: Readonly<Record<string, string>> = { MAX_IMPRESSION: 'CPM', MAX_VIDEO_VIEW: 'CPV' };

/** `unitMinor` null = the platform bids by itself. @throws RangeError for what the plan's own checks refuse */
export function biddingOf(spec: Pick<AdSetSpec, 'bidStrategy' | 'bidMinor' | 'optimizationGoal' | 'billingEvent'>): {
  optimizationTargetType: string;
  costType: string;
  unitMinor: number | null;
} {
  const { bidStrategy, bidMinor, optimizationGoal: goal, billingEvent } = spec;
  if (bidStrategy === null || bidStrategy === 'MAXIMUM_DELIVERY')
    return { optimizationTargetType: goal, costType: billingEvent, unitMinor: null };
  if (bidMinor === null) throw new RangeError(`${bidStrategy} needs an amount`);
  if (bidStrategy === 'MANUAL') return { optimizationTargetType: 'NONE', costType: MANUAL_COST[goal] ?? 'CPC', unitMinor: bidMinor };
  const capped = CAPPED[goal];
  if (bidStrategy !== 'COST_CAP' || capped === undefined) throw new RangeError(`LinkedIn has no ${bidStrategy} for ${goal}`);
  return { optimizationTargetType: capped, costType: billingEvent, unitMinor: bidMinor };
}
