import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { t } from '../../ui/i18n.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { moving, verified, waitingForPerson } from './launch-counts.ts';

export function LaunchBar({ launch }: { launch: LaunchSummary }) {
  const { byState, counts, undo } = launch;
  if (undo !== null) {
    const [waiting, total] = [undo.changed + undo.refused, undo.done + undo.left];
    return (
      <div class="launch-bar">
        <ProgressBar
          label={t('undo.progress', { name: launch.name })}
          total={total}
          segments={[
            { kind: 'done', count: undo.done },
            { kind: 'moving', count: undo.left - waiting },
            { kind: 'failed', count: waiting },
          ]}
        />
        <span class="small faint figure">{t('progress.ofTotal', { done: undo.done, total })}</span>
      </div>
    );
  }
  return (
    <div class="launch-bar">
      <ProgressBar
        label={t('progress.label', { name: launch.name })}
        total={counts.total}
        segments={[
          { kind: 'done', count: verified(byState) },
          { kind: 'moving', count: moving(byState) },
          { kind: 'failed', count: waitingForPerson(byState) },
        ]}
      />
      <span class="small faint figure">{t('progress.ofTotal', { done: verified(byState), total: counts.total })}</span>
    </div>
  );
}
