import * as launches from '#shared/contracts/launches.ts';
import { fmt, t } from '../../ui/i18n.ts';
import { href } from '../router.ts';
import { may } from '../session/me.ts';
import { useTransport } from '../transport-context.ts';
import { useLoad } from '../use-load.ts';

const MOST = 20;

/** Launches on which this person's word is what is missing, over all ad accounts; nothing when there are none. */
export function WaitingForYou() {
  return may('launches:approve') ? <Waiting /> : null;
}

function Waiting() {
  const transport = useTransport();
  const { now } = useLoad('waiting for approval', (signal) =>
    transport.call(launches.listLaunches, { query: { waits: 'approval', pageSize: MOST }, signal }),
  );
  const mine = (now.data?.launches ?? []).filter((launch) => launch.approval.you === 'may');
  if (mine.length === 0) return null;
  return (
    <section class="card card-flush" data-testid="waiting-for-you">
      <div class="card-head">
        <h2>{t('second.waiting')}</h2>
      </div>
      <ul class="launch-list">
        {mine.map((launch) => (
          <li key={launch.id}>
            <a class="launch-line" href={href(`/launches/${launch.id}`)}>
              <span class="clip strong">
                <bdi>{launch.name}</bdi>
              </span>
              <span>{t('perDay', { amount: fmt().money(launch.capMinor, launch.currency) })}</span>
              <span class="small faint">
                {launch.approval.asked === null
                  ? ''
                  : t('second.asked', {
                      who: launch.approval.asked.by,
                      when: fmt().instant(launch.approval.asked.at),
                      until: fmt().instant(launch.approval.asked.expiresAt),
                    })}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
