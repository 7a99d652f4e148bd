import { createFormats } from '#shared/messages/format.ts';
import type { Locale } from '#shared/messages/locales.ts';
import type { AccountWindow } from '../insights/index.ts';
import type { MailData } from '../mail/index.ts';

type Numbers = Pick<MailData<'weekly_digest'>, 'spend' | 'revenue' | 'roas' | 'leads'>;

/**
 * An organization's week over its ad accounts. What one account does not know the sum does not know either; accounts of several currencies
 * stand side by side, because without a rate they cannot be added, and have no common return.
 */
export function weekInNumbers(windows: readonly AccountWindow[], locale: Locale): Numbers {
  if (windows.length === 0) return { spend: null, revenue: null, roas: null, leads: null };
  const formats = createFormats(locale);
  const currencies = [...new Set(windows.map((window) => window.currency))];
  const sums = currencies.map((currency) => {
    const own = windows.filter((window) => window.currency === currency);
    return {
      currency,
      spend: sum(own.map(({ figure, spendIsWhole }) => (figure && spendIsWhole ? figure.spendMinor : null))),
      revenue: sum(own.map(({ figure }) => figure?.revenueMinor ?? null)),
    };
  });
  const money = (of: 'spend' | 'revenue') =>
    sums.some((one) => one[of] === null) ? null : sums.map((one) => formats.money(one[of], one.currency)).join(' + ');
  const [only] = sums;
  return {
    spend: money('spend'),
    revenue: money('revenue'),
    roas:
      sums.length === 1 && only && only.spend !== null && only.spend > 0 && only.revenue !== null
        ? formats.roas(Math.round((only.revenue * 1000) / only.spend))
        : null,
    leads: sum(windows.map(({ figure }) => figure?.leads ?? null)),
  };
}

const sum = (parts: readonly (number | null)[]): number | null =>
  parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0);
