import { useState } from 'preact/hooks';
import * as identity from '#shared/contracts/identity.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { href } from '../../router.ts';
import { Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { CheckMail } from './check-mail.tsx';
import { Door } from './door.tsx';
import { LinkRefused, isSpent } from './link-refused.tsx';
import { NewPasswordField } from './password-field.tsx';

/** A forgotten password: without a secret the page sends a link, with one it takes the new password. */
export function ResetPage({ transport, token }: { transport: WebTransport; token: string }) {
  return token === '' ? <AskForLink transport={transport} /> : <NewPassword transport={transport} token={token} />;
}

function AskForLink({ transport }: { transport: WebTransport }) {
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const send = async () => {
    await transport.openCall(identity.sendPasswordReset, { body: { email } });
    setSent(true);
  };
  const action = useAction(send);
  const wait = useWait(action.error);
  if (sent) return <CheckMail email={email} text={t('reset.sentText')} onAgain={send} onChange={() => setSent(false)} />;
  return (
    <Door title={t('reset.title')}>
      <form
        class="stack-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (wait === 0) void action.run();
        }}
      >
        <p class="soft">{t('reset.askText')}</p>
        <TextField
          label={t('signIn.email')}
          type="email"
          autocomplete="username"
          dir="ltr"
          required
          value={email}
          onText={setEmail}
          data-testid="reset-email"
        />
        <Refusal error={action.error} wait={wait} />
        <Button look="primary" type="submit" busy={action.busy} disabled={wait > 0} data-testid="reset-send">
          {t('reset.send')}
        </Button>
      </form>
      <p class="small">
        <a href={href('/sign-in')}>{t('reset.back')}</a>
      </p>
    </Door>
  );
}

function NewPassword({ transport, token }: { transport: WebTransport; token: string }) {
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const save = useAction(async () => {
    await transport.openCall(identity.resetPassword, { body: { token, password } });
    setDone(true);
  });
  if (done)
    return (
      <Door title={t('reset.done')}>
        <p role="status">{t('reset.doneText')}</p>
        {/* A fresh page: whatever session this browser had has ended. */}
        <Button look="primary" onClick={() => location.assign('/sign-in')}>
          {t('signIn.submit')}
        </Button>
      </Door>
    );
  return (
    <Door title={t('reset.newTitle')}>
      {!isSpent(save.error) && (
        <form
          class="stack-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save.run();
          }}
        >
          <NewPasswordField
            label={t('password.new')}
            takesFocus
            value={password}
            onText={setPassword}
            email=""
            refusal={save.error}
            data-testid="new-password"
          />
          <p class="small faint">{t('reset.ends')}</p>
          <Button look="primary" type="submit" busy={save.busy} data-testid="new-password-save">
            {t('password.save')}
          </Button>
        </form>
      )}
      <LinkRefused error={save.error} onward={{ path: '/reset', label: t('reset.send') }} />
    </Door>
  );
}
