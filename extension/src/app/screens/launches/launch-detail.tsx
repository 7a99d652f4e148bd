import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ApproveLaunch } from '../../launch-progress/approve-launch.tsx';
import { canApprove } from '../../launch-progress/launch-counts.ts';
import { LaunchProgress } from '../../launch-progress/launch-progress.tsx';
import { Receipts } from '../../launch-progress/receipts.tsx';
import { useLaunch } from '../../launch-progress/use-launch.ts';
import { may } from '../../session/me.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { AgainAndCompare } from './again-and-compare.tsx';

export function LaunchDetail({ id }: { id: string }) {
  const { now, reload, set } = useLaunch(id);
  const { data } = now;
  if (data === null)
    return now.state === 'failed' ? (
      <ProblemMessage error={now.error} onRetry={reload} />
    ) : (
      <>
        <PageHead title={t('nav.launches')} />
        <Skeleton rows={10} />
      </>
    );
  const approved =
    data.approvedBy === null || data.approvedAt === null
      ? null
      : t('launch.approvedBy', { who: data.approvedBy, when: fmt().instant(data.approvedAt) });
  return (
    <>
      <PageHead
        title={data.name}
        note={[data.accountName, t('launch.createdBy', { who: data.createdBy, when: fmt().instant(data.createdAt) }), approved]
          .filter((part) => part !== null)
          .join(' · ')}
      >
        <AgainAndCompare launch={data} />
      </PageHead>
      <div class="stack-6">
        <LaunchProgress launch={data} onChanged={set} />
        {canApprove(data) && may('launches:approve') && (
          <section class="card">
            <ApproveLaunch launch={data} onChanged={set} />
          </section>
        )}
        <Receipts launch={data} />
      </div>
    </>
  );
}
