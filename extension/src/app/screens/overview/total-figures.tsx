import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { freshness as freshnessSchema, totals as totalsSchema } from '#shared/contracts/metrics.ts';
import { Explain, Lines } from '../../../ui/explain.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Money } from '../../../ui/money.tsx';
import { likelyRange, RoasCell, roasScale } from '../../../ui/roas-cell.tsx';
import { Sparkline } from '../../../ui/sparkline.tsx';
import { href } from '../../router.ts';
import { may, home } from '../../session/me.ts';
import { knownRevenue } from './spend-chart.tsx';

export type Totals = z.output<typeof totalsSchema>;
type Freshness = z.output<typeof freshnessSchema>;

/** The sums of a window: what it cost, what came back, how sure that is, and what cannot be told. */
export function TotalFigures({
  totals,
  freshness,
  currency,
  series = [],
}: {
  totals: Totals;
  freshness: Freshness;
  currency: string;
  series?: readonly { day: string; spendMinor: number; revenueMinor: number | null }[];
}) {
  const { figure } = totals;
  const target = home().targetRoasMilli;
  const money = (minor: number | null) => fmt().money(minor, currency);
  const revenue = knownRevenue(series);
  const gap = freshness.revenueGap === null ? null : <RevenueGap freshness={freshness} />;
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
        note={
          figure.orders === null || figure.customers === null
            ? gap
            : t('figure.revenueNote', {
                orders: t('orders', { count: figure.orders }),
                customers: t('customers', { count: figure.customers }),
              })
        }
      >
        <Money minor={figure.revenueMinor} currency={currency} />
        {revenue !== null && revenue.length > 1 && <Sparkline values={revenue} />}
      </FigureCard>
      <FigureCard
        name={t('figure.roas')}
        note={figure.revenueMinor === null ? gap : figure.roas === null ? t('roas.noSpend') : likelyRange(figure.roas)}
      >
        <RoasCell figure={figure} context={{ currency, scaleMilli: roasScale([figure], target), targetMilli: target }} />
      </FigureCard>
      <FigureCard name={t('figure.leads')} note={leadsNote(freshness, money(figure.costPerLeadMinor))}>
        {figure.leads === null || freshness.leadsGap !== null ? (
          <bdi class="figure">{fmt().number(figure.leads)}</bdi>
        ) : (
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
        )}
      </FigureCard>
      <FigureCard
        name={t('figure.unmatched')}
        note={
          totals.unmatchedMinor === null
            ? (gap ?? t('figure.unmatchedAgency'))
            : t('figure.unmatchedNote', { amount: money(totals.unmatchedMinor) })
        }
      >
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

/** Why revenue is "—", and what helps. */
function RevenueGap({ freshness }: { freshness: Freshness }) {
  const { revenueGap, revenueFrom } = freshness;
  if (revenueGap === 'no_shop')
    return may('connections:write') ? <a href={href('/connections')}>{t('gap.no_shop')}</a> : <>{t('gap.no_shop')}</>;
  return <>{revenueGap === 'reading' ? t('gap.reading') : t('gap.before', { date: fmt().day(revenueFrom) })}</>;
}

function leadsNote({ leadsGap, leadsFrom }: Freshness, cost: string): string {
  if (leadsGap === 'reading') return t('leads.reading');
  return leadsGap === 'before' ? t('leads.before', { date: fmt().day(leadsFrom) }) : t('figure.leadsNote', { cost });
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
