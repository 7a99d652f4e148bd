import { ApproveLaunch } from '../app/launch-progress/approve-launch.tsx';
import { canApprove } from '../app/launch-progress/launch-counts.ts';
import { LaunchProgress } from '../app/launch-progress/launch-progress.tsx';
import { Receipts } from '../app/launch-progress/receipts.tsx';
import { useLaunch } from '../app/launch-progress/use-launch.ts';
import { may } from '../app/session/me.ts';
import { fmt, t } from '../ui/i18n.ts';
import { ProblemMessage } from '../ui/problem-message.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

export function PanelLaunch({ id }: { id: string }) {
  const { now, reload, set } = useLaunch(id);
  if (now.data === null) return now.state === 'failed' ? <ProblemMessage error={now.error} onRetry={reload} /> : <Skeleton rows={8} />;
  const launch = now.data;
  return (
    <div class="stack-4">
      <div class="stack-1">
        <h1>
          <bdi>{launch.name}</bdi>
        </h1>
        <p class="small faint">{t('launch.createdBy', { who: launch.createdBy, when: fmt().instant(launch.createdAt) })}</p>
      </div>
      <LaunchProgress launch={launch} onChanged={set} />
      {canApprove(launch) && may('launches:approve') && (
        <section class="card">
          <ApproveLaunch launch={launch} onChanged={set} />
        </section>
      )}
      <Receipts launch={launch} />
    </div>
  );
}
