import { useState } from 'preact/hooks';
import * as members from '#shared/contracts/members.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { toast } from '../../../../ui/toast.tsx';
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
    <Dialog
      title={t('invitations.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            form="invite-form"
            busy={send.busy}
            disabled={!isPlaced(placement)}
            data-testid="invite-send"
          >
            {t('invitations.send')}
          </Button>
        </>
      }
    >
      <form
        id="invite-form"
        class="stack-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPlaced(placement)) void send.run();
        }}
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
        {send.error !== null && <ProblemMessage error={send.error} safe={t('invitations.notSent')} />}
      </form>
    </Dialog>
  );
}
