import type { LeadCard } from '#shared/contracts/revenue.ts';
import type { Reader } from '../ui/reader.ts';
import { WORDS } from './words.ts';

/** The arithmetic behind the figures, a line each. Only sums whose every part is known are written out. */
export function sumsOf({ cost, returns, cohort }: LeadCard, reader: Reader): string[] {
  if (cost === null) return [];
  const lines: string[] = [];
  const { allocatedMinor, daySpendMinor, dayLeads, currency, cohortCostPerLeadMinor } = cost;
  const money = (minor: number | null) => reader.money(minor, currency);
  if (allocatedMinor !== null && daySpendMinor !== null) {
    // The day's spend is shared out to the last minor unit, so a lead's part may be one unit off the plain quotient.
    const equals = allocatedMinor * dayLeads === daySpendMinor ? '=' : '≈';
    lines.push(
      reader.say(WORDS.sumCost, {
        day: reader.day(cost.day),
        spend: money(daySpendMinor),
        leads: reader.count(dayLeads),
        equals,
        cost: money(allocatedMinor),
      }),
    );
  }
  if (returns !== null && allocatedMinor !== null && allocatedMinor !== 0 && returns.currency === currency) {
    lines.push(
      reader.say(WORDS.sumRoas, { won: money(returns.wonMinor), refunded: money(returns.refundedMinor), cost: money(allocatedMinor) }),
    );
  }
  if (cohortCostPerLeadMinor !== null) lines.push(reader.say(WORDS.cohortCost, { cost: money(cohortCostPerLeadMinor) }));
  if (cohort !== null && !cohort.tooFew && cohort.roas !== null) {
    const { low80, high80 } = cohort.roas;
    lines.push(
      reader.say(WORDS.cohortSum, {
        revenue: money(cohort.revenueMinor),
        spend: money(cohort.spendMinor),
        percent: reader.percent(0.8),
        low: reader.roas(low80),
        high: reader.roas(high80),
      }),
    );
  }
  return lines;
}
