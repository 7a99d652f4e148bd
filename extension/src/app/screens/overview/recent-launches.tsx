import * as launches from '#shared/contracts/launches.ts';
import { t } from '../../../ui/i18n.ts';
import { LaunchState } from '../../launch-progress/launch-state.tsx';
import { LaunchBar } from '../../launch-progress/launch-bar.tsx';
import { href } from '../../router.ts';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';

/** The last launches of the account, so that one left running is one press away. */
export function RecentLaunches({ accountId }: { accountId: string }) {
  const transport = useTransport();
  const { now } = useLoad(`recent ${accountId}`, (signal) =>
    transport.call(launches.listLaunches, { query: { accountId, pageSize: 3 }, signal }),
  );
  if (now.data === null || now.data.launches.length === 0) return null;
  return (
    <section class="card card-flush">
      <div class="card-head">
        <h2>{t('overview.launches')}</h2>
        <a class="small" href={href('/launches')}>
          {t('overview.allLaunches')}
        </a>
      </div>
      <ul class="launch-list">
        {now.data.launches.map((launch) => (
          <li key={launch.id}>
            <a class="launch-line" href={href(`/launches/${launch.id}`)}>
              <span class="clip strong">{launch.name}</span>
              <LaunchState launch={launch} />
              <LaunchBar launch={launch} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
