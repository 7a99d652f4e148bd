import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import * as contracts from '#shared/contracts/account.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { useProof } from '../../session/proof.ts';
import { Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { QrCode } from './qr-code.tsx';
import type { Started } from './second-factor-card.tsx';

/** The secret, as a picture and as text, and the code that says the app has it. It counts from the code on. */
export function SetUpFactor({
  started,
  onOn,
  onCancel,
}: {
  started: Started;
  onOn: (recoveryCodes: readonly string[]) => void;
  onCancel: () => void;
}) {
  const transport = useTransport();
  const withProof = useProof();
  const [code, setCode] = useState('');
  const confirm = useAction(async () => {
    const body = { code: code.replaceAll(/\s/g, '') };
    onOn((await withProof(() => transport.call(contracts.confirmSecondFactor, { body }))).recoveryCodes);
  });
  const wait = useWait(confirm.error);
  const beginning = useRef<HTMLDivElement>(null);
  // Not into the field: on a phone the picture to scan would scroll away.
  useEffect(() => beginning.current?.focus(), []);
  const wrong = wait === 0 && confirm.error instanceof ApiError && confirm.error.problem.code === 'invalid_input';
  return (
    <form
      class="stack-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (wait === 0) void confirm.run();
      }}
    >
      <div ref={beginning} class="factor-set-up" tabIndex={-1}>
        <QrCode text={started.uri} label={t('factor.qr')} />
        <ol class="steps stack-3">
          <li>{t('factor.step1')}</li>
          <li class="stack-1">
            <span>{t('factor.step2')}</span>
            <span class="row-2">
              <code class="secret" dir="ltr" data-testid="factor-secret">
                {started.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
              </code>
              <CopyButton text={started.secret} />
            </span>
          </li>
          <li>{t('factor.step3')}</li>
        </ol>
      </div>
      <TextField
        label={t('factor.code')}
        required
        dir="ltr"
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={7}
        value={code}
        onText={setCode}
        error={wrong ? t('factor.wrong') : null}
        data-testid="factor-confirm-code"
      />
      {!wrong && <Refusal error={confirm.error} wait={wait} safe={t('factor.notYet')} />}
      <div class="row-2">
        <Button look="primary" type="submit" busy={confirm.busy} disabled={wait > 0} data-testid="factor-confirm">
          {t('factor.turnOn')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
