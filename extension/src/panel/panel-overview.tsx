import type { AdAccount } from '#shared/contracts/connections.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import { basis, reportingDays } from '../app/preferences.ts';
import { href } from '../app/router.ts';
import { BestCampaigns } from '../app/screens/overview/best-campaigns.tsx';
import { RecentLaunches } from '../app/screens/overview/recent-launches.tsx';
import { SpendChart } from '../app/screens/overview/spend-chart.tsx';
import { TotalFigures } from '../app/screens/overview/total-figures.tsx';
import { may } from '../app/session/me.ts';
import { DefinitionLine, WindowChips } from '../app/shell/account-scope.tsx';
import { useTransport } from '../app/transport-context.ts';
import { useLoad } from '../app/use-load.ts';
import { LinkButton } from '../ui/button.tsx';
import { t } from '../ui/i18n.ts';
import { ProblemMessage } from '../ui/problem-message.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** The same figures as the app's overview, from the same call, in one column. */
export function PanelOverview({ account }: { account: AdAccount }) {
  const transport = useTransport();
  const days = reportingDays();
  const on = basis.value.value;
  const { now, reload } = useLoad(`panel ${account.id} ${days} ${on}`, (signal) =>
    transport.call(metrics.listInsights, { query: { accountId: account.id, level: 'campaign', days, basis: on, pageSize: 6 }, signal }),
  );
  const { data } = now;
  return (
    <div class="stack-4">
      <div class="row-2">
        <WindowChips />
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {data === null ? (
        now.state === 'loading' && <Skeleton kind="figures" rows={5} />
      ) : (
        <>
          <TotalFigures totals={data.totals} freshness={data.freshness} currency={data.definition.currency} />
          <p class="small faint">
            <DefinitionLine {...data} />
          </p>
          {may('launches:write') && (
            <LinkButton look="primary" icon="plus" href={href('/new')}>
              {t('launch.new')}
            </LinkButton>
          )}
          {may('launches:read') && <RecentLaunches accountId={account.id} />}
          <SpendChart account={account} days={days} basis={on} currency={data.definition.currency} series={data.series} />
          <BestCampaigns rows={data.rows} currency={data.definition.currency} />
        </>
      )}
    </div>
  );
}
