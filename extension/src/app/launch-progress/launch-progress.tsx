import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { ITEM_STATES } from '#shared/rules/launch-states.ts';
import { fmt, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { LaunchActions } from './launch-actions.tsx';
import { LaunchBar } from './launch-bar.tsx';
import { may } from '../session/me.ts';
import { canUndo, created, isRunning, ITEM_KINDS } from './launch-counts.ts';
import { LaunchFindings } from './launch-findings.tsx';
import { LaunchState } from './launch-state.tsx';
import { UndoWaiting } from './undo-waiting.tsx';

/** Where a launch stands, in objects of the platform; can be left and come back to. */
export function LaunchProgress({ launch, onChanged }: { launch: LaunchSummary; onChanged: (launch: LaunchSummary) => void }) {
  return (
    <section class="card stack-4" data-testid="progress" data-state={launch.state}>
      <div class="row-2 spread">
        <div class="row-2">
          <h2>{t('progress.title')}</h2>
          <LaunchState launch={launch} />
        </div>
        <LaunchActions launch={launch} onChanged={onChanged} />
      </div>
      {launch.attention !== null && (
        <div class="notice notice-fair" role="status">
          <Icon name="warning" />
          <p dir="auto">{launch.attention}</p>
        </div>
      )}
      <div aria-live="polite" aria-atomic="true" class="visually-hidden">
        {t(`launchState.${launch.state}`)}
      </div>
      <LaunchBar launch={launch} />
      <ul class="state-counts">
        {ITEM_STATES.filter((state) => launch.byState[state] > 0).map((state) => (
          <li key={state} class={`state-count state-${state.toLowerCase()}`} title={t(`itemState.${state}Title`)}>
            <span class="figure">{fmt().number(launch.byState[state])}</span>
            <span>{t(`itemState.${state}`)}</span>
          </li>
        ))}
      </ul>
      <p class="small faint">
        {ITEM_KINDS.filter((kind) => launch.counts[kind] > 0)
          .map((kind) => t(`count.${kind}`, { count: launch.counts[kind] }))
          .join(' · ')}
        {' · '}
        {t('progress.calls', { count: launch.callsMade })}
        {isRunning(launch) &&
          launch.estimate !== null &&
          ` · ${t('progress.estimate', { from: fmt().duration(launch.estimate.p50Seconds), to: fmt().duration(launch.estimate.p90Seconds), meter: launch.estimate.meter })}`}
      </p>
      <LaunchFindings launch={launch} />
      {launch.state === 'cancelled' && canUndo(launch) && (
        <div class="notice" data-testid="keep-or-undo">
          <Icon name="info" />
          <p>{t(may('launches:undo') ? 'undo.keepOrUndo' : 'undo.keep', { made: t('objects', { count: created(launch.byState) }) })}</p>
        </div>
      )}
      <UndoWaiting launch={launch} onChanged={onChanged} />
      {isRunning(launch) && <p class="small faint">{t('progress.canLeave')}</p>}
    </section>
  );
}
