import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Count } from '../../../ui/money.tsx';
import type { Column } from '../../../ui/table.tsx';
import { LaunchBar } from '../../launch-progress/launch-bar.tsx';
import { LaunchState } from '../../launch-progress/launch-state.tsx';
import { WaitingForYou } from '../../launch-progress/waiting-for-you.tsx';
import { PagedTable } from '../../paged-table.tsx';
import { go, href, place } from '../../router.ts';
import { home, may } from '../../session/me.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { usePages } from '../../use-pages.ts';
import { useSettled } from '../../use-settled.ts';
import { filterOf, LaunchFilters } from './launch-filters.tsx';

const TYPING_MS = 250;

export function Launches() {
  const transport = useTransport();
  const filter = filterOf(place.value.query, home().timezone);
  const asked = useSettled(JSON.stringify(filter), TYPING_MS);
  const pages = usePages<LaunchSummary>(`launches ${asked}`, async (cursor) => {
    const answer = await transport.call(contracts.listLaunches, {
      query: { ...filter, pageSize: 50, ...(cursor === undefined ? {} : { cursor }) },
    });
    return { rows: answer.launches, nextCursor: answer.nextCursor };
  });
  const start = may('launches:write') ? (
    <LinkButton look="primary" icon="plus" href={href('/launches/new')}>
      {t('launch.new')}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHead title={t('nav.launches')}>{start}</PageHead>
      <div class="stack-6">
        <WaitingForYou />
        <LaunchFilters />
        <section class="card card-flush">
          <PagedTable
            pages={pages}
            label={t('nav.launches')}
            rowKey={(launch) => launch.id}
            onOpen={(launch) => go(`/launches/${launch.id}`)}
            columns={launchColumns()}
            skeletonRows={8}
            empty={
              Object.keys(filter).length > 0 ? (
                <EmptyState icon="search" title={t('history.none')} text={t('history.noneText')} />
              ) : (
                <EmptyState icon="launch" title={t('launches.none')} text={t('launches.noneText')} action={start} />
              )
            }
          />
        </section>
      </div>
    </>
  );
}

function launchColumns(): Column<LaunchSummary>[] {
  return [
    {
      id: 'name',
      header: t('launches.name'),
      grow: true,
      sortBy: (launch) => launch.name,
      cell: (launch) => (
        <a class="strong" href={href(`/launches/${launch.id}`)}>
          <bdi>{launch.name}</bdi>
        </a>
      ),
    },
    {
      id: 'state',
      header: t('receipts.state'),
      sortBy: (launch) => launch.state,
      cell: (launch) => <LaunchState launch={launch} />,
    },
    { id: 'progress', header: t('launches.progress'), cell: (launch) => <LaunchBar launch={launch} /> },
    {
      id: 'account',
      header: t('effect.account'),
      sortBy: (launch) => launch.accountName,
      cell: (launch) => <bdi>{launch.accountName}</bdi>,
    },
    {
      id: 'ads',
      header: t('launches.ads'),
      align: 'end',
      sortBy: (launch) => launch.counts.ad,
      cell: (launch) => <Count value={launch.counts.ad} />,
    },
    { id: 'by', header: t('launches.by'), sortBy: (launch) => launch.createdBy, cell: (launch) => <bdi>{launch.createdBy}</bdi> },
    {
      id: 'at',
      header: t('launches.created'),
      sortBy: (launch) => launch.createdAt,
      cell: (launch) => <time dateTime={launch.createdAt}>{fmt().instant(launch.createdAt)}</time>,
    },
  ];
}
