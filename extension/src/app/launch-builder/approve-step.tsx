import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ApproveLaunch } from '../launch-progress/approve-launch.tsx';
import { useLaunch } from '../launch-progress/use-launch.ts';
import { may } from '../session/me.ts';

export function ApproveStep({
  launchId,
  onBack,
  onApproved,
}: {
  launchId: string;
  onBack: () => void;
  onApproved: (launchId: string) => void;
}) {
  const { now, reload } = useLaunch(launchId);
  if (now.data === null) return now.state === 'failed' ? <ProblemMessage error={now.error} onRetry={reload} /> : <Skeleton rows={4} />;
  return (
    <div class="stack-4">
      <section class="card">
        {may('launches:approve') ? (
          <ApproveLaunch launch={now.data} onChanged={(launch) => onApproved(launch.id)} checkable={false} />
        ) : (
          <p>{t('approve.notAllowed')}</p>
        )}
      </section>
      <div>
        <Button onClick={onBack}>{t('back')}</Button>
      </div>
    </div>
  );
}
