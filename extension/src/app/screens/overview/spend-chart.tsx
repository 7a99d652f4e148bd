import type { AdAccount } from '#shared/contracts/connections.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import { currencyExponent } from '#shared/rules/money.ts';
import { fmt, t } from '../../../ui/i18n.ts';
import { LineChart } from '../../../ui/line-chart.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';

interface Day {
  day: string;
  spendMinor: number;
  /** Null on days whose orders are not known. */
  revenueMinor: number | null;
}
/** The window that holds this one twice, so that its first half is the period before. */
const TWICE: Partial<Record<number, 7 | 14 | 28 | 60>> = { 7: 14, 14: 28, 28: 60, 30: 60 };

/** "Does revenue follow spend?" by day, with the period before as thin lines where the API keeps it. */
export function SpendChart({
  account,
  days,
  basis,
  currency,
  series,
}: {
  account: AdAccount;
  days: number;
  basis: 'accrual' | 'cash';
  currency: string;
  series: readonly Day[];
}) {
  const transport = useTransport();
  const twice = TWICE[days];
  const before = useLoad(`before ${account.id} ${days} ${basis}`, async (signal): Promise<readonly Day[] | null> =>
    twice === undefined
      ? null
      : (await transport.call(metrics.listInsights, { query: { accountId: account.id, days: twice, basis, pageSize: 1 }, signal })).series,
  );
  const previous = previousDays(series, before.now.data);
  if (series.length < 2) return null;
  // A line is drawn of known days only: an unknown one is not 0.
  const revenue = knownRevenue(series);
  const unit = 10 ** currencyExponent(currency);
  const spend = {
    id: 'spend',
    label: t('figure.spend'),
    values: series.map((one) => one.spendMinor),
    previous: previous?.map((one) => one.spendMinor),
  };
  return (
    <section class="card">
      <LineChart
        title={t(revenue === null ? 'figure.spend' : 'chart.spendAndRevenue')}
        days={series.map((one) => one.day)}
        series={
          revenue === null
            ? [spend]
            : [
                {
                  id: 'revenue',
                  label: t('figure.revenue'),
                  values: revenue,
                  previous: (previous && knownRevenue(previous)) ?? undefined,
                },
                spend,
              ]
        }
        writeValue={(minor) => fmt().money(minor, currency)}
        writeTick={(minor) => fmt().moneyCompact(Math.round(minor / unit) * unit, currency)}
        writeDay={(day) => fmt().dayShort(day)}
      />
    </section>
  );
}

/** Revenue by day; null when that of any day is unknown. */
export function knownRevenue(days: readonly Day[]): number[] | null {
  const known = days.flatMap((one) => one.revenueMinor ?? []);
  return known.length === days.length ? known : null;
}

/** The days right before the shown ones, one for each; null when the longer answer does not reach back that far. */
export function previousDays(shown: readonly Day[], longer: readonly Day[] | null): readonly Day[] | null {
  const first = shown[0]?.day;
  const at = longer?.findIndex((one) => one.day === first) ?? -1;
  return longer === null || at < shown.length ? null : longer.slice(at - shown.length, at);
}
