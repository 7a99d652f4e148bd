import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/button.tsx';
import { t } from '../ui/i18n.ts';
import { href, match } from './router.ts';
import { Affiliates } from './screens/affiliates/affiliates.tsx';
import { Connections } from './screens/connections/connections.tsx';
import { Insights } from './screens/insights/insights.tsx';
import { CompareLaunches } from './screens/launches/compare-launches.tsx';
import { LaunchDetail } from './screens/launches/launch-detail.tsx';
import { Launches } from './screens/launches/launches.tsx';
import { NewLaunch } from './screens/launches/new-launch.tsx';
import { Leads } from './screens/leads/leads.tsx';
import { Operations } from './screens/operations/operations.tsx';
import { Orders } from './screens/orders/orders.tsx';
import { Overview } from './screens/overview/overview.tsx';
import { Settings } from './screens/settings/settings.tsx';
import { Closed } from './shell/closed.tsx';
import { closedArea, isInside } from './shell/navigation.ts';

/** The table of contents of the app. */
export function Routes({ path }: { path: string }) {
  const launch = match('/launches/:id', path);
  const compared = match('/launches/:id/compare/:other', path);
  const closed = closedArea(path);
  // Settings say so section by section: one's own account is open to everybody.
  if (closed !== null && !isInside('/settings', path)) return <Closed title={closed.label} />;
  if (path === '/') return <Overview />;
  if (path === '/launches') return <Launches />;
  if (path === '/launches/new') return <NewLaunch />;
  if (launch !== null) return <LaunchDetail key={launch.id} id={launch.id as string} />;
  if (compared !== null) return <CompareLaunches id={compared['id'] as string} other={compared['other'] as string} />;
  if (path === '/insights') return <Insights />;
  if (path === '/leads') return <Leads />;
  if (path === '/orders') return <Orders />;
  if (path === '/affiliates') return <Affiliates />;
  if (path === '/connections') return <Connections />;
  if (isInside('/settings', path)) return <Settings path={path} />;
  if (path === '/operations') return <Operations />;
  return (
    <EmptyState
      icon="search"
      title={t('notFound.title')}
      text={t('notFound.text')}
      action={<LinkButton href={href('/')}>{t('nav.overview')}</LinkButton>}
    />
  );
}
