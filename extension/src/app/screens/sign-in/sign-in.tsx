import { useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { href } from '../../router.ts';
import { session } from '../../session/me.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';

/** E-mail and password. What was typed stays after a refusal. */
export function SignIn({ transport, next }: { transport: WebTransport; next: string | null }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const action = useAction(async () => {
    session.value = await transport.signInWithPassword({ email, password });
  });
  const refused = action.error instanceof ApiError && action.error.problem.status === 401;
  return (
    <Door title={t('signIn.title')}>
      <form
        class="stack-4"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run();
        }}
      >
        <TextField
          label={t('signIn.email')}
          type="email"
          name="email"
          autocomplete="username"
          required
          value={email}
          onText={setEmail}
          data-testid="sign-in-email"
        />
        <TextField
          label={t('signIn.password')}
          type="password"
          name="password"
          autocomplete="current-password"
          required
          value={password}
          onText={setPassword}
          data-testid="sign-in-password"
          error={refused ? t('signIn.refused') : null}
        />
        {action.error !== null && !refused && <ProblemMessage error={action.error} />}
        <Button look="primary" type="submit" busy={action.busy} data-testid="sign-in-submit">
          {t('signIn.submit')}
        </Button>
      </form>
      <p class="small soft">
        {t('signIn.noAccount')}{' '}
        <a href={href(`/sign-up${next === null ? '' : `?next=${encodeURIComponent(next)}`}`)}>{t('signIn.signUp')}</a>
      </p>
    </Door>
  );
}
