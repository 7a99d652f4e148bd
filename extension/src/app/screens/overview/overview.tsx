import type { AdAccount } from '#shared/contracts/connections.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { WaitingForYou } from '../../launch-progress/waiting-for-you.tsx';
import { basis, reportingDays } from '../../preferences.ts';
import { href } from '../../router.ts';
import { may } from '../../session/me.ts';
import { AccountPicker, DefinitionLine, WindowChips, WithAccount } from '../../shell/account-scope.tsx';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import { BestCampaigns } from './best-campaigns.tsx';
import { RecentLaunches } from './recent-launches.tsx';
import { SpendChart } from './spend-chart.tsx';
import { TotalFigures } from './total-figures.tsx';

export function Overview() {
  return <WithAccount>{(account) => <AccountOverview key={account.id} account={account} />}</WithAccount>;
}

function AccountOverview({ account }: { account: AdAccount }) {
  const transport = useTransport();
  const days = reportingDays();
  const on = basis.value.value;
  const { now, reload } = useLoad(`overview ${account.id} ${days} ${on}`, (signal) =>
    transport.call(metrics.listInsights, { query: { accountId: account.id, level: 'campaign', days, basis: on, pageSize: 8 }, signal }),
  );
  const { data } = now;
  return (
    <>
      <PageHead title={t('nav.overview')} note={data === null ? undefined : <DefinitionLine {...data} />}>
        <AccountPicker />
        <WindowChips />
        {may('launches:write') && (
          <LinkButton look="primary" icon="plus" href={href('/launches/new')}>
            {t('launch.new')}
          </LinkButton>
        )}
      </PageHead>
      <div class="stack-6">
        <WaitingForYou />
        {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
        {data === null ? (
          now.state === 'loading' && (
            <>
              <Skeleton kind="figures" rows={5} />
              <Skeleton rows={8} />
            </>
          )
        ) : (
          <>
            <TotalFigures totals={data.totals} freshness={data.freshness} currency={data.definition.currency} />
            <SpendChart account={account} days={days} basis={on} currency={data.definition.currency} series={data.series} />
            <BestCampaigns rows={data.rows} currency={data.definition.currency} />
          </>
        )}
        {may('launches:read') && <RecentLaunches accountId={account.id} />}
      </div>
    </>
  );
}
