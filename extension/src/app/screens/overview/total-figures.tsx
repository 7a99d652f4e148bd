import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { totals as totalsSchema } from '#shared/contracts/metrics.ts';
import { Explain, Lines } from '../../../ui/explain.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Money } from '../../../ui/money.tsx';
import { likelyRange, RoasCell, roasScale } from '../../../ui/roas-cell.tsx';
import { Sparkline } from '../../../ui/sparkline.tsx';
import { me } from '../../session/me.ts';

export type Totals = z.output<typeof totalsSchema>;

/** The sums of a window: what it cost, what came back, how sure that is, and what cannot be told. */
export function TotalFigures({
  totals,
  currency,
  series = [],
}: {
  totals: Totals;
  currency: string;
  series?: readonly { spendMinor: number; revenueMinor: number }[];
}) {
  const { figure } = totals;
  const target = me().organization.targetRoasMilli;
  const money = (minor: number | null) => fmt().money(minor, currency);
  return (
    <dl class="figures">
      <FigureCard
        name={t('figure.spend')}
        note={t('figure.spendNote', { clicks: fmt().compact(figure.clicks), impressions: fmt().compact(figure.impressions) })}
      >
        <Money minor={figure.spendMinor} currency={currency} />
        {series.length > 1 && <Sparkline values={series.map((day) => day.spendMinor)} />}
      </FigureCard>
      <FigureCard
        name={t('figure.revenue')}
        note={t('figure.revenueNote', {
          orders: t('orders', { count: figure.orders }),
          customers: t('customers', { count: figure.customers }),
        })}
      >
        <Money minor={figure.revenueMinor} currency={currency} />
        {series.length > 1 && <Sparkline values={series.map((day) => day.revenueMinor)} />}
      </FigureCard>
      <FigureCard name={t('figure.roas')} note={figure.roas === null ? t('roas.noSpend') : likelyRange(figure.roas)}>
        <RoasCell figure={figure} context={{ currency, scaleMilli: roasScale([figure], target), targetMilli: target }} />
      </FigureCard>
      <FigureCard name={t('figure.leads')} note={t('figure.leadsNote', { cost: money(figure.costPerLeadMinor) })}>
        <Explain
          label={t('figure.leadsOpen', { leads: fmt().number(figure.leads) })}
          card={
            <p>
              {t('figure.leadsArithmetic', {
                spend: money(figure.spendMinor),
                leads: t('leads', { count: figure.leads }),
                cost: money(figure.costPerLeadMinor),
              })}
            </p>
          }
        >
          <bdi class="figure">{fmt().number(figure.leads)}</bdi>
        </Explain>
      </FigureCard>
      <FigureCard name={t('figure.unmatched')} note={t('figure.unmatchedNote', { amount: money(totals.unmatchedMinor) })}>
        <Explain
          label={t('figure.unmatchedOpen', { share: fmt().permille(totals.unmatchedPermille) })}
          card={
            <div class="stack-2">
              <p class="explain-lead">{t('figure.unmatchedLead')}</p>
              <Lines
                lines={[
                  [t('share.paid'), money(totals.paidMinor)],
                  [t('share.unpaid'), money(totals.unpaidMinor)],
                  [t('share.unmatched'), money(totals.unmatchedMinor)],
                  [t('share.all'), <strong key="all">{money(totals.allRevenueMinor)}</strong>],
                ]}
              />
            </div>
          }
        >
          <bdi class="figure">{fmt().permille(totals.unmatchedPermille)}</bdi>
        </Explain>
      </FigureCard>
    </dl>
  );
}

export function FigureCard({ name, note, children }: { name: string; note?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="figure-card">
      <dt>{name}</dt>
      <dd>{children}</dd>
      {note !== undefined && <dd class="figure-note">{note}</dd>}
    </div>
  );
}
