import { useState } from 'preact/hooks';
import type { Account } from '#shared/contracts/account.ts';
import * as contracts from '#shared/contracts/privacy.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckField } from '../../../ui/field.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { KeptByLaw, keptOf, type Kept } from '../../kept-by-law.tsx';
import { useProof } from '../../session/proof.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

/** Deletes the account after seven days; until then a press takes it back. */
export function DeleteAccount({ account, onChanged }: { account: Account; onChanged: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [asking, setAsking] = useState(false);
  const [sure, setSure] = useState(false);
  const [kept, setKept] = useState<Kept | null>(null);
  const remove = useAction(async () => {
    const answer = await withProof(() => transport.call(contracts.deleteAccount, {}));
    setKept(answer.kept);
    setAsking(false);
    setSure(false);
    onChanged();
  });
  const keep = useAction(async () => {
    await transport.call(contracts.keepAccount, {});
    setKept(null);
    onChanged();
  });
  return (
    <section class="card stack-3">
      <h2>{t('deleteAccount.title')}</h2>
      {account.deletionDueAt === null ? (
        <>
          <p class="small soft">{t('deleteAccount.note')}</p>
          <div>
            <Button look="danger" onClick={() => setAsking(true)} data-testid="delete-account">
              {t('deleteAccount.ask')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <div class="notice notice-fair" role="status" data-testid="deletion-due">
            <Icon name="warning" />
            <p>{t('deleteAccount.due', { time: fmt().instant(account.deletionDueAt) })}</p>
          </div>
          {kept !== null && <KeptByLaw kept={kept} />}
          {keep.error !== null && <ProblemMessage error={keep.error} />}
          <div>
            <Button look="primary" busy={keep.busy} onClick={keep.run} data-testid="keep-account">
              {t('deleteAccount.takeBack')}
            </Button>
          </div>
        </>
      )}
      {asking && (
        <Dialog
          title={t('deleteAccount.ask')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('keep')}</Button>
              <Button look="danger" busy={remove.busy} disabled={!sure} onClick={remove.run} data-testid="delete-account-confirm">
                {t('deleteAccount.confirm')}
              </Button>
            </>
          }
        >
          <p>{t('deleteAccount.effect')}</p>
          <KeptByLaw kept={keptOf('person')} />
          <CheckField
            label={t('deleteAccount.sure', { email: account.email })}
            checked={sure}
            onCheck={setSure}
            data-testid="delete-account-sure"
          />
          {remove.error !== null && <ProblemMessage error={remove.error} safe={t('deleteAccount.stays')} />}
        </Dialog>
      )}
    </section>
  );
}
