import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { href, place, setQuery } from '../../router.ts';
import { Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { CheckMail } from './check-mail.tsx';
import { Door } from './door.tsx';
import { GoogleButton } from './google-button.tsx';
import { GoogleProblem } from './google-problem.tsx';
import { PasswordField } from './password-field.tsx';
import { SecondFactor } from './second-factor.tsx';

/** Password, a link by mail, or Google; then the second factor, if there is one. What was typed stays after a refusal. */
export function SignIn({ transport, next }: { transport: WebTransport; next: string | null }) {
  const [fromGoogle] = useState(() => new URLSearchParams(location.hash.slice(1)));
  const [challenge, setChallenge] = useState(fromGoogle.get('challenge'));
  useEffect(() => {
    // Google's way back brings the challenge behind '#', where no server sees it; it need not stay in the history either.
    if (fromGoogle.has('challenge')) setQuery({ next: fromGoogle.get('returnTo') });
  }, []);
  return challenge === null ? (
    <FirstFactor transport={transport} next={next} onChallenge={setChallenge} />
  ) : (
    <SecondFactor transport={transport} challenge={challenge} onBack={() => setChallenge(null)} />
  );
}

function FirstFactor({
  transport,
  next,
  onChallenge,
}: {
  transport: WebTransport;
  next: string | null;
  onChallenge: (challenge: string) => void;
}) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [byLink, setByLink] = useState(false);
  const [sent, setSent] = useState(false);
  const sendLink = async () => {
    await transport.openCall(identity.sendMagicLink, { body: { email } });
    setSent(true);
  };
  const link = useAction(sendLink);
  const signIn = useAction(async () => {
    const challenge = await transport.signInBy('password', { email, password });
    if (challenge !== null) onChallenge(challenge.challenge);
  });
  const action = byLink ? link : signIn;
  const wait = useWait(action.error);
  const refused = action.error instanceof ApiError && action.error.problem.status === 401;
  const { path, query } = place.value;
  const here = path === '/sign-in' ? (next ?? '/') : path + (query.size === 0 ? '' : `?${query}`);
  const onward = next === null ? '' : `?next=${encodeURIComponent(next)}`;
  if (sent) return <CheckMail email={email} text={t('magic.sentText')} onAgain={sendLink} onChange={() => setSent(false)} />;
  return (
    <Door title={t('signIn.title')}>
      <GoogleProblem problem={query.get('problem')} />
      <form
        class="stack-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (wait === 0) void action.run();
        }}
      >
        <TextField
          label={t('signIn.email')}
          type="email"
          name="email"
          autocomplete="username"
          dir="ltr"
          required
          value={email}
          onText={setEmail}
          data-testid="sign-in-email"
        />
        {!byLink && (
          <div class="stack-1">
            <PasswordField
              label={t('signIn.password')}
              autocomplete="current-password"
              value={password}
              onText={setPassword}
              data-testid="sign-in-password"
              error={refused ? t('signIn.refused') : null}
            />
            <a class="small" href={href('/reset')}>
              {t('signIn.forgot')}
            </a>
          </div>
        )}
        {!refused && <Refusal error={action.error} wait={wait} />}
        <Button look="primary" type="submit" busy={action.busy} disabled={wait > 0} data-testid="sign-in-submit">
          {t(byLink ? 'magic.send' : 'signIn.submit')}
        </Button>
      </form>
      <p class="door-or">
        <span>{t('signIn.or')}</span>
      </p>
      <div class="stack-2">
        <Button onClick={() => setByLink(!byLink)} data-testid="sign-in-other">
          {t(byLink ? 'magic.usePassword' : 'magic.instead')}
        </Button>
        <GoogleButton transport={transport} returnTo={here} />
      </div>
      <p class="small soft">
        {t('signIn.noAccount')} <a href={href(`/sign-up${onward}`)}>{t('signIn.signUp')}</a>
      </p>
    </Door>
  );
}
