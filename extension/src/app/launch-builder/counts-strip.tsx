import type { Preview } from '#shared/contracts/launches.ts';
import type { PlanCounts } from '#shared/rules/planned-item.ts';
import { fmt, t } from '../../ui/i18n.ts';
import { FigureCard } from '../screens/overview/total-figures.tsx';

interface Props {
  counts: PlanCounts;
  /** Null = the account's limits are not known; absent = nobody was asked yet, and nothing is said of the time. */
  estimate?: Preview['estimate'];
}

/** Live counters: objects by type, calls, what a day may cost, how long it takes. */
export function CountsStrip({ counts, estimate }: Props) {
  const { byKind } = counts;
  const number = fmt().number;
  return (
    <dl class="figures" data-testid="counts" data-ads={byKind.ad} data-total={counts.total}>
      <FigureCard
        name={t('counts.ads')}
        note={t('counts.adNote', {
          campaigns: t('count.campaign', { count: byKind.campaign }),
          adSets: t('count.ad_set', { count: byKind.ad_set }),
        })}
      >
        <bdi class="figure">{number(byKind.ad)}</bdi>
      </FigureCard>
      <FigureCard
        name={t('counts.objects')}
        note={[t('count.creative', { count: byKind.creative }), t('count.media', { count: byKind.media })].join(', ')}
      >
        <bdi class="figure">{number(counts.total)}</bdi>
      </FigureCard>
      <FigureCard name={t('counts.calls')} note={t('counts.callsNote', { create: counts.calls.create, readBack: counts.calls.readBack })}>
        <bdi class="figure">{number(counts.calls.total)}</bdi>
      </FigureCard>
      <FigureCard name={t('counts.budget')} note={t('counts.budgetNote')}>
        <bdi class="figure">{fmt().money(counts.dailyBudgetMinor, counts.currency)}</bdi>
      </FigureCard>
      {estimate !== undefined && (
        <FigureCard
          name={t('counts.time')}
          note={estimate === null ? t('counts.timeUnknown') : t('counts.meter', { meter: estimate.meter })}
        >
          <bdi class="figure">
            {estimate === null ? '—' : `${fmt().duration(estimate.p50Seconds)} – ${fmt().duration(estimate.p90Seconds)}`}
          </bdi>
        </FigureCard>
      )}
    </dl>
  );
}
