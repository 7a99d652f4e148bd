import { useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import * as contracts from '#shared/contracts/account.ts';
import type { Account } from '#shared/contracts/account.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';
import { asksForCode, meansOf, proofQuestion } from './proof.ts';
import { Refusal } from './refusal.tsx';
import { useWait } from './use-wait.ts';

/** Stands once in every home of the app; opens when a call wants to know who sits here. */
export function ProofDialog() {
  const question = proofQuestion.value;
  return question === null ? null : <Asking account={question.account} answer={question.answer} />;
}

function Asking({ account, answer }: { account: Account; answer: (proven: boolean) => void }) {
  const transport = useTransport();
  const [by, setBy] = useState(() => meansOf(account));
  const [text, setText] = useState('');
  const [sent, setSent] = useState(false);
  // Another tab may have switched the second factor on since this dialog opened.
  const orByCode = (cause: unknown): never => {
    if (asksForCode(cause)) {
      setBy('app');
      setText('');
    }
    throw cause;
  };
  const send = useAction(async () => {
    await transport.call(contracts.sendProof, {}).catch(orByCode);
    setSent(true);
  });
  const prove = useAction(async () => {
    await transport.call(contracts.prove, { body: by === 'password' ? { password: text } : { code: text.trim() } }).catch(orByCode);
    answer(true);
  });
  const wait = useWait(prove.error);
  const wrong = wait === 0 && isWrong(prove.error);
  const waitsForCode = by !== 'mail' || sent;
  return (
    <Dialog
      title={t('proof.title')}
      onClose={() => answer(false)}
      actions={
        <>
          <Button onClick={() => answer(false)}>{t('cancel')}</Button>
          {waitsForCode ? (
            <Button look="primary" type="submit" form="proof" busy={prove.busy} disabled={wait > 0} data-testid="proof-submit">
              {t('proof.submit')}
            </Button>
          ) : (
            <Button look="primary" busy={send.busy} onClick={send.run} data-testid="proof-send">
              {t('proof.send')}
            </Button>
          )}
        </>
      }
    >
      <form
        id="proof"
        class="stack-3"
        data-testid="proof"
        onSubmit={(event) => {
          event.preventDefault();
          if (waitsForCode && wait === 0) void prove.run();
        }}
      >
        <p class="soft">{t(by === 'mail' ? 'proof.byMail' : 'proof.why')}</p>
        {waitsForCode && (
          <TextField
            key={by}
            takesFocus
            required
            dir="ltr"
            label={t(by === 'password' ? 'signIn.password' : by === 'app' ? 'factor.code' : 'proof.mailCode')}
            {...(by === 'password'
              ? { type: 'password' as const, autocomplete: 'current-password' }
              : { autocomplete: 'one-time-code', maxLength: 40, ...(by === 'mail' ? { inputMode: 'numeric' as const } : {}) })}
            {...(by === 'app'
              ? { hint: t('factor.orRecovery') }
              : by === 'mail'
                ? { hint: t('proof.sentTo', { email: account.email }) }
                : {})}
            value={text}
            onText={setText}
            error={wrong ? t(by === 'password' ? 'proof.wrongPassword' : 'factor.wrong') : null}
            data-testid="proof-input"
          />
        )}
        {by === 'mail' && sent && (
          <div>
            <button type="button" class="link-button small" onClick={() => void send.run()}>
              {t('proof.sendAgain')}
            </button>
          </div>
        )}
        {!wrong && <Refusal error={prove.error ?? send.error} wait={wait} safe={t('proof.nothingDone')} />}
      </form>
    </Dialog>
  );
}

/** The proof itself was judged and is wrong, as against a service that is away or wants a pause. */
function isWrong(error: unknown): boolean {
  return error instanceof ApiError && ['invalid_input', 'not_allowed', 'proof_needed'].includes(error.problem.code);
}
