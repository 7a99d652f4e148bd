import type { LeadCard } from '#shared/contracts/revenue.ts';
import { make } from '../ui/make.ts';
import type { Reader } from '../ui/reader.ts';
import { fill } from '../ui/words.ts';
import type { Said } from '../ui/words.ts';
import { pathOf } from './path-of.ts';
import { WORDS } from './words.ts';

/** The arithmetic behind the figures, opened by click or key. Only sums whose every part is known are written out. */
export function workings(lead: LeadCard, reader: Reader): HTMLElement {
  return make('details', {},
    make('summary', { 'data-focus': 'how' }, reader.say(WORDS.how)),
    make('ul', {}, ...sums(lead, reader).map((sum) => make('li', {}, ...sum))));
}

function sums({ source, cost, returns, cohort }: LeadCard, reader: Reader): (Node | string)[][] {
  const lines: (Node | string)[][] = [];
  // The line above cuts long names; here they are whole, for those who cannot hover.
  if (source !== null) lines.push([make('bdi', {}, pathOf(source))]);
  const line = (said: Said, values: Record<string, string>) => {
    const nodes = Object.entries(values).map(([key, value]) => [key, make('bdi', {}, value)] as const);
    lines.push(fill(reader.say(said), Object.fromEntries(nodes)));
  };
  if (cost !== null) {
    const { allocatedMinor, daySpendMinor, dayLeads, currency, cohortCostPerLeadMinor } = cost;
    const money = (minor: number | null) => reader.money(minor, currency);
    if (allocatedMinor !== null && daySpendMinor !== null) {
      // The day's spend is shared out to the last minor unit, so a lead's part may be one unit off the plain quotient.
      const equals = allocatedMinor * dayLeads === daySpendMinor ? '=' : '≈';
      line(WORDS.sumCost, { day: reader.day(cost.day), spend: money(daySpendMinor), leads: reader.count(dayLeads), equals, cost: money(allocatedMinor) });
      if (returns !== null && allocatedMinor !== 0 && returns.currency === currency) {
        line(WORDS.sumRoas, { won: money(returns.wonMinor), refunded: money(returns.refundedMinor), cost: money(allocatedMinor) });
      }
    }
    if (cohortCostPerLeadMinor !== null) line(WORDS.cohortCost, { cost: money(cohortCostPerLeadMinor) });
    if (cohort !== null && !cohort.tooFew && cohort.roas !== null) {
      const { low80, high80 } = cohort.roas;
      line(WORDS.cohortSum, { revenue: money(cohort.revenueMinor), spend: money(cohort.spendMinor), percent: reader.percent(0.8), low: reader.roas(low80), high: reader.roas(high80) });
    }
  }
  return lines;
}
