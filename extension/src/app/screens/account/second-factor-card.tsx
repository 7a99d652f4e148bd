import { useState } from 'preact/hooks';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import * as contracts from '#shared/contracts/account.ts';
import type { Account } from '#shared/contracts/account.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useProof } from '../../session/proof.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SetUpFactor } from './set-up-factor.tsx';

export type Started = ResponseOf<typeof contracts.startSecondFactor>;
/** From so few codes left on it is time for new ones. */
const FEW_CODES = 3;

/** Off, being set up, or on; the recovery codes are shown once, right after they were made. */
export function SecondFactorCard({ account, onChanged }: { account: Account; onChanged: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [started, setStarted] = useState<Started | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [removing, setRemoving] = useState(false);
  const start = useAction(async () => setStarted(await withProof(() => transport.call(contracts.startSecondFactor, {}))));
  const renew = useAction(async () => {
    setCodes((await withProof(() => transport.call(contracts.newRecoveryCodes, {}))).recoveryCodes);
    onChanged();
  });
  const remove = useAction(async () => {
    await withProof(() => transport.call(contracts.removeSecondFactor, {}));
    setRemoving(false);
    toast(t('factor.removed'));
    onChanged();
  });
  const isOn = account.secondFactorSince !== null;
  return (
    <section class="card stack-3" data-testid="second-factor-card">
      <div class="row-2 spread">
        <h2>{t('factor.title')}</h2>
        {isOn ? (
          <Chip tone="good" icon="check">
            {t('factor.on', { day: fmt().day(account.secondFactorSince) })}
          </Chip>
        ) : (
          <Chip icon="pause">{t('factor.off')}</Chip>
        )}
      </div>
      <p class="small soft">{t('factor.about')}</p>
      {codes !== null ? (
        <RecoveryCodes codes={codes} email={account.email} onKept={() => setCodes(null)} />
      ) : started !== null ? (
        <SetUpFactor
          started={started}
          onCancel={() => setStarted(null)}
          onOn={(recoveryCodes) => {
            setStarted(null);
            setCodes(recoveryCodes);
            onChanged();
          }}
        />
      ) : isOn ? (
        <>
          <p class={account.recoveryCodesLeft <= FEW_CODES ? 'small row-1 field-error' : 'small soft'}>
            {account.recoveryCodesLeft <= FEW_CODES && <Icon name="warning" size={12} />}
            {t('factor.codesLeft', { count: account.recoveryCodesLeft })}
          </p>
          {renew.error !== null && <ProblemMessage error={renew.error} safe={t('factor.codesStay')} />}
          <div class="row-2">
            <Button busy={renew.busy} onClick={renew.run} data-testid="recovery-new">
              {t('factor.newCodes')}
            </Button>
            <Button look="danger" onClick={() => setRemoving(true)} data-testid="factor-remove">
              {t('factor.remove')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {start.error !== null && <ProblemMessage error={start.error} />}
          <div>
            <Button look="primary" busy={start.busy} onClick={start.run} data-testid="factor-start">
              {t('factor.start')}
            </Button>
          </div>
        </>
      )}
      {removing && (
        <Dialog
          title={t('factor.remove')}
          onClose={() => setRemoving(false)}
          actions={
            <>
              <Button onClick={() => setRemoving(false)}>{t('keep')}</Button>
              <Button look="danger" busy={remove.busy} onClick={remove.run} data-testid="factor-remove-confirm">
                {t('factor.remove')}
              </Button>
            </>
          }
        >
          <p>{t('factor.removeEffect')}</p>
          {remove.error !== null && <ProblemMessage error={remove.error} safe={t('factor.staysOn')} />}
        </Dialog>
      )}
    </section>
  );
}
