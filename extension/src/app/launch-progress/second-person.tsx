import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { FormDialog } from '../form-dialog.tsx';
import { me, may } from '../session/me.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';

type Props = { launch: LaunchSummary; onChanged: (launch: LaunchSummary) => void };

/** Above the threshold: whose word is missing, who was asked until when, what was said, and what the reader can do about it. */
export function SecondPerson({ launch, onChanged }: Props) {
  const transport = useTransport();
  const [declining, setDeclining] = useState(false);
  const { asked, declined, you } = launch.approval;
  const ask = useAction(async () =>
    onChanged(await transport.call(launches.askApproval, { params: { id: launch.id }, body: { planHash: launch.planHash } })),
  );
  return (
    <div class="notice notice-fair" data-testid="second-person">
      <Icon name="info" />
      <div class="stack-2">
        <p>
          {you === 'may'
            ? t('second.youMay')
            : you === 'author'
              ? t('second.yours')
              : you === 'nobody_known'
                ? t('second.fromKey')
                : t('approve.notAllowed')}
        </p>
        {asked !== null && (
          <p class="strong" data-testid="second-asked">
            {t('second.asked', { who: asked.by, when: fmt().instant(asked.at), until: fmt().instant(asked.expiresAt) })}
          </p>
        )}
        {declined !== null && (
          <p data-testid="second-declined">
            {t('second.declined', { who: declined.by, when: fmt().instant(declined.at) })} <bdi class="strong">{declined.reason}</bdi>
          </p>
        )}
        {ask.error !== null && <ProblemMessage error={ask.error} />}
        <div class="row-2">
          {you !== 'may' && asked === null && may('launches:write') && me().supportUntil === null && (
            <Button look="primary" busy={ask.busy} onClick={ask.run} data-testid="ask-approval">
              {declined === null ? t('second.ask') : t('second.askAgain')}
            </Button>
          )}
          {you === 'may' && asked !== null && (
            <Button onClick={() => setDeclining(true)} data-testid="decline">
              {t('second.decline')}
            </Button>
          )}
        </div>
      </div>
      {declining && <Decline launch={launch} onChanged={onChanged} onClose={() => setDeclining(false)} />}
    </div>
  );
}

function Decline({ launch, onChanged, onClose }: Props & { onClose: () => void }) {
  const transport = useTransport();
  const [reason, setReason] = useState('');
  const decline = useAction(async () => {
    onChanged(
      await transport.call(launches.declineApproval, {
        params: { id: launch.id },
        body: { planHash: launch.planHash, reason: reason.trim() },
      }),
    );
    onClose();
  });
  return (
    <FormDialog
      title={t('second.declineTitle', { name: launch.name })}
      submit={t('second.decline')}
      action={decline}
      safe={t('second.nothingSaid')}
      onClose={onClose}
      lacking={reason.trim().length < 3}
      look="danger"
      data-testid="decline-submit"
    >
      <TextField
        label={t('second.reason')}
        required
        takesFocus
        maxLength={500}
        value={reason}
        onText={setReason}
        hint={t('second.reasonHint')}
        data-testid="decline-reason"
      />
    </FormDialog>
  );
}
