import { useState } from 'preact/hooks';
import * as members from '#shared/contracts/members.ts';
import { TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { toast } from '../../../../ui/toast.tsx';
import { FormDialog } from '../../../form-dialog.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { isPlaced, RoleFields, type Placement } from '../members/role-fields.tsx';

/** One address and one role; the rest stands in the mail. */
export function Invite({ onClose, onSent }: { onClose: () => void; onSent: () => void }) {
  const transport = useTransport();
  const [email, setEmail] = useState('');
  const [placement, setPlacement] = useState<Placement>({ role: 'manager', clientId: null });
  const send = useAction(async () => {
    const sent = await transport.call(members.invite, { body: { email, ...placement } });
    toast(t('invitations.sent', { email: sent.email }));
    onSent();
  });
  return (
    <FormDialog
      title={t('invitations.title')}
      submit={t('invitations.send')}
      action={send}
      safe={t('invitations.notSent')}
      onClose={onClose}
      lacking={!isPlaced(placement)}
      data-testid="invite-send"
    >
      <TextField
        label={t('invitations.email')}
        required
        type="email"
        dir="ltr"
        maxLength={254}
        takesFocus
        autocomplete="off"
        value={email}
        onText={setEmail}
        data-testid="invite-email"
      />
      <RoleFields value={placement} onChange={setPlacement} />
    </FormDialog>
  );
}
