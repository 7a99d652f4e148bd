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
  revenueMinor: number;
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
  const unit = 10 ** currencyExponent(currency);
  return (
    <section class="card">
      <LineChart
        title={t('chart.spendAndRevenue')}
        days={series.map((one) => one.day)}
        series={[
          {
            id: 'revenue',
            label: t('figure.revenue'),
            values: series.map((one) => one.revenueMinor),
            previous: previous?.map((one) => one.revenueMinor),
          },
          {
            id: 'spend',
            label: t('figure.spend'),
            values: series.map((one) => one.spendMinor),
            previous: previous?.map((one) => one.spendMinor),
          },
        ]}
        writeValue={(minor) => fmt().money(minor, currency)}
        writeTick={(minor) => fmt().moneyCompact(Math.round(minor / unit) * unit, currency)}
        writeDay={(day) => fmt().dayShort(day)}
      />
    </section>
  );
}

/** The days right before the shown ones, one for each; null when the longer answer does not reach back that far. */
export function previousDays(shown: readonly Day[], longer: readonly Day[] | null): readonly Day[] | null {
  const first = shown[0]?.day;
  const at = longer?.findIndex((one) => one.day === first) ?? -1;
  return longer === null || at < shown.length ? null : longer.slice(at - shown.length, at);
}
