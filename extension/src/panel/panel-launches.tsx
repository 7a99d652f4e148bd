import * as launches from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { LaunchBar } from '../app/launch-progress/launch-bar.tsx';
import { LaunchState } from '../app/launch-progress/launch-state.tsx';
import { MoreRows } from '../app/paged-table.tsx';
import { href } from '../app/router.ts';
import { useTransport } from '../app/transport-context.ts';
import { usePages } from '../app/use-pages.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { fmt, t } from '../ui/i18n.ts';
import { ProblemMessage } from '../ui/problem-message.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Launches of the account as a list: a table does not fit beside a page. */
export function PanelLaunches({ accountId }: { accountId: string }) {
  const transport = useTransport();
  const pages = usePages<LaunchSummary>(accountId, async (cursor) => {
    const answer = await transport.call(launches.listLaunches, {
      query: { accountId, pageSize: 20, ...(cursor === undefined ? {} : { cursor }) },
    });
    return { rows: answer.launches, nextCursor: answer.nextCursor };
  });
  if (pages.state === 'failed') return <ProblemMessage error={pages.error} onRetry={pages.reload} />;
  if (pages.rows.length === 0)
    return pages.state === 'loading' ? (
      <Skeleton rows={6} />
    ) : (
      <EmptyState
        icon="launch"
        title={t('launches.none')}
        text={t('launches.noneText')}
        action={
          <LinkButton look="primary" icon="plus" href={href('/new')}>
            {t('launch.new')}
          </LinkButton>
        }
      />
    );
  return (
    <section class="card card-flush">
      <ul class="launch-list">
        {pages.rows.map((launch) => (
          <li key={launch.id}>
            <a class="launch-line" href={href(`/launches/${launch.id}`)}>
              <span class="clip strong">
                <bdi>{launch.name}</bdi>
              </span>
              <LaunchState launch={launch} />
              <LaunchBar launch={launch} />
              <span class="small faint">{fmt().instant(launch.createdAt)}</span>
            </a>
          </li>
        ))}
      </ul>
      <MoreRows more={pages.more} />
    </section>
  );
}
