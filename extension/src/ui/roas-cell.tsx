import type { Figure } from '#shared/contracts/metrics.ts';
import { Explain, Lines } from './explain.tsx';
import { fmt, t } from './i18n.ts';
import { Icon } from './icon.tsx';

export interface RoasContext {
  currency: string;
  /** Thousandths at the bar's end; it begins at 0. */
  scaleMilli: number;
  targetMilli: number | null;
}

const VERDICT_ICON = { good: 'check', fair: 'info', poor: 'warning' } as const;

/** ROAS, how sure it is, and the judgement by the user's own target. Too few orders: said in words, drawn grey, not judged. */
export function RoasCell({ figure, context }: { figure: Figure; context: RoasContext }) {
  if (figure.roas === null)
    return (
      <span class="roas roas-blank" title={t(figure.revenueMinor === null ? 'roas.unknown' : 'roas.noSpend')}>
        —
      </span>
    );
  const said = figure.tooFew ? t('roas.tooFew') : fmt().roas(figure.roas.point);
  const tone = figure.tooFew ? 'none' : figure.verdict;
  const likely = likelyRange(figure.roas);
  return (
    <Explain label={t('roas.open', { roas: said, likely })} card={<RoasExplanation figure={figure} context={context} />}>
      <span class={`roas roas-${tone}`}>
        <IntervalBar figure={figure} context={context} />
        {tone !== 'none' && <Icon name={VERDICT_ICON[tone]} size={12} />}
        <bdi class={figure.tooFew ? 'roas-few' : 'figure'}>{said}</bdi>
      </span>
    </Explain>
  );
}

/** "likely 1.30×–3.10×", or that the range cannot be said yet: too few customers to learn the spread of an order from. */
export function likelyRange(roas: NonNullable<Figure['roas']>): string {
  if (roas.low80 === null || roas.high80 === null) return t('roas.noRange');
  return t('roas.likely', { low: fmt().roas(roas.low80), high: fmt().roas(roas.high80) });
}

/** The 80 % interval as a line, the point as a tick, the target as a hairline. */
function IntervalBar({ figure, context }: { figure: Figure; context: RoasContext }) {
  if (figure.roas === null || figure.roas.low80 === null || figure.roas.high80 === null) return null;
  const at = (milli: number) => `${Math.max(0, Math.min(100, (100 * milli) / context.scaleMilli))}%`;
  const { low80, high80, point } = figure.roas;
  return (
    <span class="interval" aria-hidden="true">
      {context.targetMilli !== null && <span class="interval-target" style={{ insetInlineStart: at(context.targetMilli) }} />}
      <span class="interval-range" style={{ insetInlineStart: at(low80), insetInlineEnd: `calc(100% - ${at(high80)})` }} />
      <span class="interval-point" style={{ insetInlineStart: at(point) }} />
    </span>
  );
}

export function RoasExplanation({ figure, context }: { figure: Figure; context: RoasContext }) {
  const { roas } = figure;
  if (figure.revenueMinor === null || figure.customers === null) return <p>{t('roas.unknown')}</p>;
  if (roas === null) return <p>{t('roas.noSpend')}</p>;
  const money = (minor: number) => fmt().money(minor, context.currency);
  return (
    <div class="stack-2">
      <p class="explain-lead">
        {t('roas.arithmetic', {
          revenue: money(figure.revenueMinor),
          spend: money(figure.spendMinor),
          roas: fmt().roas(roas.point),
          customers: t('customers', { count: figure.customers }),
        })}
      </p>
      <Lines
        lines={[
          [
            t('roas.interval80'),
            <bdi key="80">
              {fmt().roas(roas.low80)} – {fmt().roas(roas.high80)}
            </bdi>,
          ],
          [
            t('roas.interval95'),
            <bdi key="95">
              {fmt().roas(roas.low95)} – {fmt().roas(roas.high95)}
            </bdi>,
          ],
          [t('roas.effectiveOrders'), fmt().number(Math.round(figure.effectiveOrders * 10) / 10)],
          [t('roas.maturity'), fmt().permille(figure.maturityPermille)],
          ...(context.targetMilli === null ? [] : [[t('roas.target'), fmt().roas(context.targetMilli)] as const]),
        ]}
      />
      <p class="explain-note">{figure.tooFew ? t('roas.tooFewNote') : t('roas.chanceNote')}</p>
    </div>
  );
}

/** One scale for all bars of a table, so that their lengths can be compared. */
export function roasScale(figures: readonly Figure[], targetMilli: number | null): number {
  const points = figures.flatMap((figure) => (figure.roas === null || figure.tooFew ? [] : [figure.roas.high80 ?? figure.roas.point]));
  return Math.max(1000, (targetMilli ?? 1000) * 1.5, ...points);
}
