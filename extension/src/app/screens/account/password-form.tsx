import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/account.ts';
import type { Account } from '#shared/contracts/account.ts';
import { Button } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { toast } from '../../../ui/toast.tsx';
import { useProof } from '../../session/proof.ts';
import { fieldRefused, Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { NewPasswordField } from '../sign-in/password-field.tsx';

/** Sets a first password or another one; every other session ends with it. */
export function PasswordForm({ account, onSaved }: { account: Account; onSaved: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const save = useAction(async () => {
    await withProof(() => transport.call(contracts.changePassword, { body: { password } }));
    setOpen(false);
    setPassword('');
    toast(t('password.changed'));
    onSaved();
  });
  const wait = useWait(save.error);
  return (
    <section class="card stack-3">
      <div class="row-2 spread">
        <div class="stack-1">
          <h2>{t('signIn.password')}</h2>
          <p class="small soft">{t(account.hasPassword ? 'password.is' : 'password.none')}</p>
        </div>
        {!open && (
          <Button onClick={() => setOpen(true)} data-testid="password-open">
            {t(account.hasPassword ? 'password.change' : 'password.set')}
          </Button>
        )}
      </div>
      {open && (
        <form
          class="stack-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (wait === 0) void save.run();
          }}
        >
          <NewPasswordField
            label={t('password.new')}
            takesFocus
            value={password}
            onText={setPassword}
            email={account.email}
            refusal={save.error}
            data-testid="password-new"
          />
          <p class="small faint">{t('password.ends')}</p>
          {fieldRefused(save.error, 'password') === null && <Refusal error={save.error} wait={wait} safe={t('password.stays')} />}
          <div class="row-2">
            <Button look="primary" type="submit" busy={save.busy} disabled={wait > 0} data-testid="password-save">
              {t('password.save')}
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
