import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/account.ts';
import type { Account } from '#shared/contracts/account.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useProof } from '../../session/proof.ts';
import { fieldRefused, Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

/** Another address counts once its own link was pressed; until then the old one stays. */
export function EmailForm({ account, onAsked }: { account: Account; onAsked: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState('');
  const ask = useAction(async () => {
    await withProof(() => transport.call(contracts.changeEmail, { body: { email } }));
    setOpen(false);
    setEmail('');
    onAsked();
  });
  const wait = useWait(ask.error);
  const refused = fieldRefused(ask.error, 'email');
  return (
    <section class="card stack-3">
      <h2>{t('signIn.email')}</h2>
      <div class="row-2 spread">
        <bdi class="strong break">{account.email}</bdi>
        {!open && (
          <Button onClick={() => setOpen(true)} data-testid="email-open">
            {t('email.change')}
          </Button>
        )}
      </div>
      {account.pendingEmail !== null && (
        <div class="notice notice-accent" role="status" data-testid="email-pending">
          <Icon name="info" />
          <p>{t('email.pending', { email: account.pendingEmail })}</p>
        </div>
      )}
      {open && (
        <form
          class="stack-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (wait === 0) void ask.run();
          }}
        >
          <TextField
            label={t('email.new')}
            type="email"
            autocomplete="email"
            dir="ltr"
            takesFocus
            required
            value={email}
            onText={setEmail}
            hint={t('email.hint', { email: account.email })}
            error={refused}
            data-testid="email-new"
          />
          {refused === null && <Refusal error={ask.error} wait={wait} safe={t('email.stays')} />}
          <div class="row-2">
            <Button look="primary" type="submit" busy={ask.busy} disabled={wait > 0} data-testid="email-send">
              {t('email.send')}
            </Button>
            <Button look="quiet" onClick={() => setOpen(false)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
