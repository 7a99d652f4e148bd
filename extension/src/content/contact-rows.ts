import type { LeadCard } from '#shared/contracts/revenue.ts';
import type { OverlayText } from './overlay-text.ts';

export interface ContactRow {
  name: string;
  value: string;
  more: string[];
}

const present = (parts: (string | null)[]): string[] => parts.filter((part) => part !== null);

/** A lead card as rows: origin, cost with its allocation, return, this lead's ROAS beside its ad's, and why it was matched. */
export function contactRows(lead: LeadCard, text: OverlayText): ContactRow[] {
  const rows: ContactRow[] = [];
  const { source, cost, returns, cohort, why } = lead;
  if (source !== null)
    rows.push({
      name: text.t('card.from'),
      value: present([source.campaign, source.adSet, source.ad ?? source.adId]).join(' › '),
      more: present([
        source.form === null ? null : `${text.t('card.form')}: ${source.form}`,
        `${text.t('card.firstTouch')}: ${text.instant(source.firstTouchAt)}`,
        source.latestTouchAt === source.firstTouchAt ? null : `${text.t('card.latestTouch')}: ${text.instant(source.latestTouchAt)}`,
      ]),
    });
  rows.push(
    cost === null || cost.allocatedMinor === null || cost.daySpendMinor === null
      ? { name: text.t('card.cost'), value: '—', more: [text.t('card.costUnknown')] }
      : {
          name: text.t('card.cost'),
          value: text.t('card.allocated', { cost: text.money(cost.allocatedMinor, cost.currency) }),
          more: [text.t('card.allocation', { spend: text.money(cost.daySpendMinor, cost.currency), count: cost.dayLeads })],
        },
  );
  rows.push(
    returns === null || returns.orders === 0
      ? { name: text.t('card.returned'), value: text.t('card.noReturn'), more: [] }
      : {
          name: text.t('card.returned'),
          value: text.t('card.won', {
            won: text.money(returns.wonMinor, returns.currency),
            orders: text.t('orders', { count: returns.orders }),
          }),
          more:
            returns.refundedMinor === 0 ? [] : [text.t('card.refunded', { amount: text.money(returns.refundedMinor, returns.currency) })],
        },
  );
  rows.push({ name: text.t('card.leadRoas'), value: text.roas(lead.leadRoasMilli), more: [cohortLine(cohort, text)] });
  if (why !== null)
    rows.push({ name: text.t('card.why'), value: why.matchedBy, more: [text.t(why.exact ? 'card.exact' : 'card.inferred')] });
  return rows;
}

/** One lead is not a rate: its ad's figure stands beside it, with the interval or the words that there is too little. */
function cohortLine(cohort: LeadCard['cohort'], text: OverlayText): string {
  const name = text.t('card.cohort');
  if (cohort === null || cohort.roas === null) return `${name}: —`;
  if (cohort.tooFew) return `${name}: ${text.t('tooFewToSay')}`;
  const { point, low80, high80 } = cohort.roas;
  return `${name}: ${text.roas(point)}${low80 === null || high80 === null ? '' : `, ${text.t('likely', { low: text.roas(low80), high: text.roas(high80) })}`}`;
}
