import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField } from '../../ui/field.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { may } from '../session/me.ts';
import { useProof } from '../session/proof.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';
import { Effect } from './effect.tsx';
import { canActivate, canCancel, canRetry, canUndo, created, waitingForPerson } from './launch-counts.ts';
import { UndoDialog } from './undo-dialog.tsx';

/** Cancel, retry the failed part, switch on: each names its exact effect before it happens. */
export function LaunchActions({ launch, onChanged }: { launch: LaunchSummary; onChanged: (launch: LaunchSummary) => void }) {
  const transport = useTransport();
  const [asking, setAsking] = useState<'cancel' | 'activate' | 'undo' | null>(null);
  const retry = useAction(async () => onChanged(await transport.call(launches.retryLaunch, { params: { id: launch.id } })));
  return (
    <div class="row-2">
      {retry.error !== null && <ProblemMessage error={retry.error} safe={t('launch.nothingTwice')} />}
      {canRetry(launch) && may('launches:write') && (
        <Button icon="refresh" busy={retry.busy} onClick={retry.run} title={t('launch.retryTitle')}>
          {waitingForPerson(launch.byState) === 0 ? t('retry') : t('launch.retry', { count: waitingForPerson(launch.byState) })}
        </Button>
      )}
      {canCancel(launch) && may('launches:write') && <Button onClick={() => setAsking('cancel')}>{t('launch.cancel')}</Button>}
      {canUndo(launch) && may('launches:undo') && (
        <Button onClick={() => setAsking('undo')} data-testid="undo">
          {launch.state === 'partly_undone' ? t('undo.again') : t('undo.open')}
        </Button>
      )}
      {canActivate(launch) && may('launches:approve') && (
        <Button look="primary" icon="play" onClick={() => setAsking('activate')} data-testid="activate">
          {t('launch.activate')}
        </Button>
      )}
      {asking === 'cancel' && <CancelDialog launch={launch} onClose={() => setAsking(null)} onChanged={onChanged} />}
      {asking === 'undo' && <UndoDialog launch={launch} onClose={() => setAsking(null)} onChanged={onChanged} />}
      {asking === 'activate' && <ActivateDialog launch={launch} onClose={() => setAsking(null)} onChanged={onChanged} />}
    </div>
  );
}

type AskProps = { launch: LaunchSummary; onClose: () => void; onChanged: (launch: LaunchSummary) => void };

function CancelDialog({ launch, onClose, onChanged }: AskProps) {
  const transport = useTransport();
  const cancel = useAction(async () => {
    onChanged(await transport.call(launches.cancelLaunch, { params: { id: launch.id } }));
    onClose();
  });
  const made = created(launch.byState);
  return (
    <Dialog
      title={t('launch.cancelTitle', { name: launch.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('launch.keepGoing')}</Button>
          <Button look="danger" busy={cancel.busy} onClick={cancel.run}>
            {t('launch.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('launch.cancelEffect', { made: t('objects', { count: made }), left: t('objects', { count: launch.counts.total - made }) })}</p>
      {made > 0 && <p class="small soft">{t('undo.afterCancel')}</p>}
      {cancel.error !== null && <ProblemMessage error={cancel.error} safe={t('launch.nothingTwice')} />}
    </Dialog>
  );
}

/** The one switch-on. What will be able to spend stands above the button, and is ticked by hand. */
function ActivateDialog({ launch, onClose, onChanged }: AskProps) {
  const transport = useTransport();
  const withProof = useProof();
  const [sure, setSure] = useState(false);
  const activate = useAction(async () => {
    onChanged(await withProof(() => transport.call(launches.activateLaunch, { params: { id: launch.id } })));
    onClose();
  });
  const cap = fmt().money(launch.capMinor, launch.currency);
  return (
    <Dialog
      title={t('launch.activateTitle', { name: launch.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('launch.keepPaused')}</Button>
          <Button look="primary" icon="play" disabled={!sure} busy={activate.busy} onClick={activate.run} data-testid="activate-confirm">
            {t('launch.activate')}
          </Button>
        </>
      }
    >
      <Effect
        does="switches-on"
        platform={launch.platform}
        account={`${launch.accountName} · ${launch.accountExternalId}`}
        counts={launch.counts}
        budgetMinor={launch.capMinor}
        budgetLabel={t('effect.cap')}
        currency={launch.currency}
      />
      <CheckField
        label={t('launch.activateSure', { ads: t('count.ad', { count: launch.counts.ad }), cap })}
        checked={sure}
        onCheck={setSure}
        data-testid="activate-sure"
      />
      {activate.error !== null && <ProblemMessage error={activate.error} safe={t('launch.stillPaused')} />}
    </Dialog>
  );
}
