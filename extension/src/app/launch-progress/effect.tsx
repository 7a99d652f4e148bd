import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { Lines } from '../../ui/explain.tsx';
import { fmt, t } from '../../ui/i18n.ts';

/** The exact effect of an approval or a switch-on: where, how many, how much a day. */
export function Effect({ account, counts, budgetMinor, budgetLabel, currency }: { account: string; counts: LaunchSummary['counts']; budgetMinor: number; budgetLabel: string; currency: string }) {
  return (
    <div class="effect">
      <Lines lines={[
        [t('effect.account'), <bdi key="account">{account}</bdi>],
        [t('effect.objects'), [t('count.campaign', { count: counts.campaign }), t('count.ad_set', { count: counts.ad_set }), t('count.ad', { count: counts.ad })].join(', ')],
        [t('effect.helpers'), [t('count.creative', { count: counts.creative }), t('count.media', { count: counts.media })].join(', ')],
        [budgetLabel, <strong key="budget">{t('perDay', { amount: fmt().money(budgetMinor, currency) })}</strong>],
      ]} />
    </div>
  );
}
