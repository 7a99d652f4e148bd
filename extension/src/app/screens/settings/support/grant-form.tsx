import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/support.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { useProof } from '../../../session/proof.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';

const HOURS = ['1', '4', '24', '72'] as const;

/** Why support may look, and for how long. */
export function GrantForm({ onClose, onGranted }: { onClose: () => void; onGranted: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<(typeof HOURS)[number]>('4');
  const grant = useAction(async () => {
    await withProof(() => transport.call(contracts.grantSupport, { body: { reason, hours: Number(hours) } }));
    onGranted();
  });
  return (
    <Dialog
      title={t('support.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form="grant-form" busy={grant.busy}>
            {t('support.grant')}
          </Button>
        </>
      }
    >
      <form
        id="grant-form"
        class="stack-3"
        onSubmit={(event) => {
          event.preventDefault();
          void grant.run();
        }}
      >
        <p class="soft">{t('support.effect')}</p>
        <TextField
          label={t('support.reason')}
          required
          minLength={3}
          maxLength={300}
          takesFocus
          value={reason}
          onText={setReason}
          hint={t('support.reasonHint')}
        />
        <SelectField
          label={t('support.hours')}
          options={HOURS.map((count) => ({ value: count, label: t('support.forHours', { count: Number(count) }) }))}
          value={hours}
          onPick={setHours}
        />
        {grant.error !== null && <ProblemMessage error={grant.error} safe={t('support.notLetIn')} />}
      </form>
    </Dialog>
  );
}
