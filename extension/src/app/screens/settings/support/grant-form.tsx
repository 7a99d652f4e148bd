import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/support.ts';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { FormDialog } from '../../../form-dialog.tsx';
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
    <FormDialog title={t('support.title')} submit={t('support.grant')} action={grant} safe={t('support.notLetIn')} onClose={onClose}>
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
    </FormDialog>
  );
}
