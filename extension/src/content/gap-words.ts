import type { MetricsAnswer } from '#shared/contracts/metrics.ts';
import type { Freshness } from '../messaging/overlay-types.ts';
import type { OverlayText } from './overlay-text.ts';

/** Why there is no figure at all, in full words. */
export function blankWords(
  reason: Extract<MetricsAnswer, { blank: string }>['blank'],
  freshness: Freshness | null,
  text: OverlayText,
): string {
  const from = reason === 'before_spend' ? (freshness?.spendFrom ?? null) : null;
  return from === null ? text.t(`blank.${reason}`) : text.t('from.spend', { date: text.day(from) });
}

/** Why a figure has no revenue. Answers older than the freshness beside them are asked again within the minute. */
export function revenueGapWords(freshness: Freshness | null, text: OverlayText): string {
  if (freshness === null || freshness.revenueGap === null) return text.t('loading');
  return text.t(`gap.${freshness.revenueGap}`, { date: text.day(freshness.revenueFrom) });
}

/** How many leads, how many so far, or since when they are known. */
export function leadWords(leads: number | null, freshness: Freshness | null, text: OverlayText): string | null {
  if (leads === null) return freshness === null ? null : text.t('leads.before', { date: text.day(freshness.leadsFrom) });
  const counted = text.t('leads', { count: leads });
  return freshness?.leadsGap === 'reading' ? text.t('leads.reading', { leads: counted }) : counted;
}
