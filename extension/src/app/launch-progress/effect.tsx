import type { ComponentChildren } from 'preact';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { Lines } from '../../ui/explain.tsx';
import { fmt, t } from '../../ui/i18n.ts';

export type EffectLine = readonly [label: string, value: ComponentChildren];

/** The exact effect of an approval or a switch-on: where, how many, how much a day. */
export function Effect({
  does,
  platform,
  account,
  counts,
  budgetMinor,
  budgetLabel,
  currency,
  targets = [],
}: {
  does: 'creates' | 'switches-on';
  platform: LaunchSummary['platform'];
  account: string;
  counts: LaunchSummary['counts'];
  budgetMinor: number;
  budgetLabel: string;
  currency: string;
  /** Further lines of whoever knows more of the plan. */
  targets?: readonly EffectLine[];
}) {
  const { label, overspend } = platformRules(platform);
  return (
    <div class="effect stack-2">
      <Lines
        lines={[
          [t('effect.account'), <bdi key="account">{account}</bdi>],
          [
            does === 'creates' ? t('effect.objects') : t('effect.switchesOn'),
            [
              t('count.campaign', { count: counts.campaign }),
              t('count.ad_set', { count: counts.ad_set }),
              t('count.ad', { count: counts.ad }),
            ].join(', '),
          ],
          ...(does === 'creates'
            ? [
                [
                  t('effect.helpers'),
                  [t('count.creative', { count: counts.creative }), t('count.media', { count: counts.media })].join(', '),
                ] as const,
              ]
            : []),
          ...targets,
          [budgetLabel, <strong key="budget">{t('perDay', { amount: fmt().money(budgetMinor, currency) })}</strong>],
        ]}
      />
      <p class="small soft" data-testid="overspend">
        {overspend === null
          ? t('effect.overspendUnknown', { platform: label })
          : t('effect.overspend', {
              platform: label,
              amount: fmt().money(Math.ceil((budgetMinor * overspend.mostPercent) / 100), currency),
            })}
      </p>
    </div>
  );
}
