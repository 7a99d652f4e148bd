import { useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';

/** The first factor was right. A code of the app, or a recovery code for who has lost it. */
export function SecondFactor({
  transport,
  challenge,
  onDone,
  onBack,
}: {
  transport: WebTransport;
  challenge: string;
  onDone?: () => void;
  onBack: () => void;
}) {
  const [code, setCode] = useState('');
  const [recovering, setRecovering] = useState(false);
  const send = useAction(async () => {
    await transport.signInBy('secondFactor', { challenge, code: code.trim() });
    onDone?.();
  });
  const wait = useWait(send.error);
  const problem = send.error instanceof ApiError ? send.error.problem : null;
  const wrong = problem?.code === 'invalid_input';
  const over = problem?.code === 'expired';
  return (
    <Door title={t('factor.title')}>
      <form
        class="stack-4"
        data-testid="second-factor"
        onSubmit={(event) => {
          event.preventDefault();
          if (wait === 0) void send.run();
        }}
      >
        <p class="soft">{t(recovering ? 'factor.recoveryText' : 'factor.text')}</p>
        <TextField
          key={String(recovering)}
          takesFocus
          required
          dir="ltr"
          label={t(recovering ? 'factor.recovery' : 'factor.code')}
          autocomplete={recovering ? 'off' : 'one-time-code'}
          {...(recovering ? {} : { inputMode: 'numeric' as const, pattern: '[0-9 ]*' })}
          maxLength={40}
          minLength={6}
          value={code}
          onText={setCode}
          error={wrong ? t('factor.wrong') : null}
          data-testid="factor-code"
        />
        {over && <p class="field-error">{t('factor.over')}</p>}
        {!wrong && !over && <Refusal error={send.error} wait={wait} />}
        <Button look="primary" type="submit" busy={send.busy} disabled={wait > 0 || over} data-testid="factor-submit">
          {t('signIn.submit')}
        </Button>
      </form>
      <div class="row-4">
        <button
          type="button"
          class="link-button small"
          onClick={() => {
            setRecovering(!recovering);
            setCode('');
          }}
        >
          {t(recovering ? 'factor.useApp' : 'factor.useRecovery')}
        </button>
        <button type="button" class="link-button small" onClick={onBack}>
          {t('factor.startOver')}
        </button>
      </div>
    </Door>
  );
}
