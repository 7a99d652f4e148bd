import * as metrics from '#shared/contracts/metrics.ts';
import type { Lead } from '#shared/contracts/revenue.ts';
import { Lines } from '../../../ui/explain.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { RoasExplanation } from '../../../ui/roas-cell.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { adAccounts, loadAdAccounts } from '../../accounts.ts';
import { home } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';

/** Where the lead came from, what leads of its ad cost, what they returned: each with its arithmetic. */
export function LeadDetails({ lead }: { lead: Lead }) {
  return (
    <div class="grid-2">
      <section class="stack-2">
        <h2 class="h3">{t('lead.answers')}</h2>
        <Lines
          lines={Object.entries(lead.contact).map(
            ([field, value]) => [field.replaceAll('_', ' '), <bdi key={field}>{value}</bdi>] as const,
          )}
        />
      </section>
      <section class="stack-2">
        <h2 class="h3">{t('lead.from')}</h2>
        <Lines
          lines={[
            [t('level.campaign'), lead.ad?.campaignName ?? '—'],
            [t('level.ad_set'), lead.ad?.adSetName ?? '—'],
            [t('level.ad'), lead.ad === null ? '—' : (lead.ad.name ?? lead.ad.id)],
            [t('lead.form'), lead.formName ?? '—'],
            [t('leads.submitted'), fmt().instant(lead.submittedAt)],
            [t('lead.received'), fmt().instant(lead.receivedAt)],
          ]}
        />
      </section>
      <section class="stack-2">
        <h2 class="h3">{t('lead.returned')}</h2>
        <p>
          {lead.currency === null
            ? t('lead.noOrders')
            : t('lead.ordersNet', { orders: t('orders', { count: lead.orders }), net: fmt().money(lead.netMinor, lead.currency) })}
        </p>
      </section>
      {lead.ad !== null && (
        <section class="stack-2">
          <h2 class="h3">{t('lead.cohort')}</h2>
          <Cohort accountId={lead.ad.accountId} adId={lead.ad.id} />
        </section>
      )}
    </div>
  );
}

/** One lead is not a rate: beside it stand all leads of its ad in 28 days. */
function Cohort({ accountId, adId }: { accountId: string; adId: string }) {
  const transport = useTransport();
  const { now, reload } = useLoad(`cohort ${adId}`, async (signal) => {
    if (adAccounts.value === null) await loadAdAccounts(transport);
    const account = adAccounts.value?.find((one) => one.id === accountId);
    if (account === undefined) return null;
    const accountExternalId = account.externalId.replace(/^act_/, '');
    return transport.call(metrics.lookUpMetrics, {
      body: { platform: 'meta', accountExternalId, level: 'ad', ids: [adId], window: { days: 28 } },
      signal,
    });
  });
  if (now.state === 'failed') return <ProblemMessage error={now.error} onRetry={reload} />;
  if (now.state === 'loading') return <Skeleton kind="text" rows={3} />;
  const answer = now.data?.answers[0];
  if (!now.data?.definition || answer === undefined) return <p>—</p>;
  if ('blank' in answer) return <p>{t(`blank.${answer.blank}`, { date: fmt().day(now.data.freshness.spendFrom) })}</p>;
  const { figure } = answer;
  const { leadsGap, leadsFrom } = now.data.freshness;
  const { currency } = now.data.definition;
  return (
    <div class="stack-3">
      <p>
        {figure.leads === null || leadsGap !== null
          ? t(leadsGap === 'reading' ? 'leads.reading' : 'leads.before', { date: fmt().day(leadsFrom) })
          : t('lead.cohortCost', {
              spend: fmt().money(figure.spendMinor, currency),
              leads: t('leads', { count: figure.leads }),
              cost: fmt().money(figure.costPerLeadMinor, currency),
            })}
      </p>
      <RoasExplanation figure={figure} context={{ currency, scaleMilli: 1, targetMilli: home().targetRoasMilli }} />
    </div>
  );
}
