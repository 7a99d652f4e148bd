import { useRef, useState } from 'preact/hooks';
import type { Me } from '#shared/contracts/identity.ts';
import * as members from '#shared/contracts/members.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { currentLocale, fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { session } from '../../session/me.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction, useLoad } from '../../use-load.ts';
import { Door } from './door.tsx';
import { agreeToAll, LegalNote } from './legal-note.tsx';
import { isSpent, LinkRefused } from './link-refused.tsx';
import { NewPasswordField } from './password-field.tsx';
import { SignIn } from './sign-in.tsx';

type Invitation = ResponseOf<typeof members.readInvitation>;

/** An invitation: read first, then joined with a new account, or accepted by the person it was sent to. */
export function JoinPage({ transport, token: given, onDone }: { transport: WebTransport; token: string; onDone: () => void }) {
  const [token] = useState(() => keptToken(given));
  const { now } = useLoad(`invitation ${token}`, (signal) => transport.openCall(members.readInvitation, { body: { token }, signal }));
  const [signingIn, setSigningIn] = useState(false);
  // Who joins is signed in before all is done; the form stays until then.
  const [joining, setJoining] = useState(false);
  const me = session.value;
  if (signingIn && me === null) return <SignIn transport={transport} next="/join" />;
  return (
    <Door title={now.data === null ? t('join.title') : t('join.titleOf', { organization: now.data.organization })}>
      {now.state === 'failed' ? (
        <LinkRefused error={now.error} onward={{ path: '/', label: t('link.onward') }} />
      ) : now.data === null ? (
        <Skeleton kind="text" rows={3} />
      ) : (
        <>
          <Facts {...now.data} />
          {me && !joining ? (
            <Accept transport={transport} token={token} invitation={now.data} me={me} onDone={onDone} />
          ) : now.data.hasAccount ? (
            <>
              <p class="soft">{t('join.hasAccount')}</p>
              <Button look="primary" onClick={() => setSigningIn(true)} data-testid="join-sign-in">
                {t('signIn.submit')}
              </Button>
            </>
          ) : (
            <NewPerson transport={transport} token={token} email={now.data.email} onBegin={() => setJoining(true)} onDone={onDone} />
          )}
        </>
      )}
    </Door>
  );
}

/** Signing in with Google leaves this page and comes back without what stood behind '#'. */
function keptToken(given: string): string {
  if (given !== '') sessionStorage.setItem('inlay.join', given);
  return given === '' ? (sessionStorage.getItem('inlay.join') ?? '') : given;
}

function Facts({ invitedBy, email, role, expiresAt }: Invitation) {
  return (
    <dl class="facts">
      <div>
        <dt>{t('join.invitedBy')}</dt>
        <dd>
          <bdi>{invitedBy}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('join.for')}</dt>
        <dd>
          <bdi>{email}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('join.as')}</dt>
        <dd>{t(`role.${role}`)}</dd>
      </div>
      <div>
        <dt>{t('join.until')}</dt>
        <dd>{fmt().instant(expiresAt)}</dd>
      </div>
    </dl>
  );
}

function Accept({
  transport,
  token,
  invitation,
  me,
  onDone,
}: {
  transport: WebTransport;
  token: string;
  invitation: Invitation;
  me: Me;
  onDone: () => void;
}) {
  const accept = useAction(async () => {
    await transport.moveSession('accept', { body: { token } });
    onDone();
  });
  const signOut = useAction(() => transport.signOut());
  if (me.user.email.toLowerCase() !== invitation.email.toLowerCase())
    return (
      <>
        <p>{t('join.otherPerson', { email: me.user.email })}</p>
        {signOut.error !== null && <ProblemMessage error={signOut.error} />}
        <Button look="primary" busy={signOut.busy} onClick={signOut.run}>
          {t('session.signOut')}
        </Button>
      </>
    );
  return (
    <>
      {!isSpent(accept.error) && (
        <Button look="primary" busy={accept.busy} onClick={accept.run} data-testid="join-accept">
          {t('join.accept')}
        </Button>
      )}
      <LinkRefused error={accept.error} onward={{ path: '/', label: t('link.onward') }} />
    </>
  );
}

function NewPerson({
  transport,
  token,
  email,
  onBegin,
  onDone,
}: {
  transport: WebTransport;
  token: string;
  email: string;
  onBegin: () => void;
  onDone: () => void;
}) {
  const joined = useRef(false);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const join = useAction(async () => {
    onBegin();
    if (!joined.current) await transport.signInBy('invitation', { token, name, password, locale: currentLocale() });
    joined.current = true;
    await agreeToAll(transport);
    onDone();
  });
  return (
    <form
      class="stack-4"
      onSubmit={(event) => {
        event.preventDefault();
        void join.run();
      }}
    >
      <input type="email" name="email" autocomplete="username" value={email} readOnly hidden />
      <TextField
        label={t('signUp.name')}
        autocomplete="name"
        required
        maxLength={120}
        value={name}
        onText={setName}
        data-testid="join-name"
      />
      <NewPasswordField
        label={t('signIn.password')}
        value={password}
        onText={setPassword}
        email={email}
        refusal={join.error}
        data-testid="join-password"
      />
      <LinkRefused error={join.error} onward={{ path: '/sign-in', label: t('signIn.submit') }} />
      <Button look="primary" type="submit" busy={join.busy} data-testid="join-submit">
        {t('join.create')}
      </Button>
      <LegalNote />
    </form>
  );
}
