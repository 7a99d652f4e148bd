import { useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { href } from '../../router.ts';
import { fieldRefused } from '../../session/refusal.tsx';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';
import { agreeToAll, LegalNote } from './legal-note.tsx';
import { isSpent, LinkRefused } from './link-refused.tsx';
import { NewPasswordField } from './password-field.tsx';

/** The link of a sign-up's mail: a press opens the account; in another browser than the one that asked, with a password chosen here. */
export function ConfirmPage({ transport, token, onDone }: { transport: WebTransport; token: string; onDone: () => void }) {
  const [opened, setOpened] = useState(false);
  /** The refusal that asked for a password: the page's turn, and nothing that was typed wrong. */
  const [asked, setAsked] = useState<unknown>(null);
  const [password, setPassword] = useState('');
  const open = useAction(async () => {
    // The link opens the account once; a second press only has the consent left to do.
    if (!opened)
      await transport.signInBy('signUp', asked === null ? { token } : { token, password }).catch((error: unknown) => {
        if (asked === null && fieldRefused(error, 'password') !== null) setAsked(error);
        throw error;
      });
    setOpened(true);
    await agreeToAll(transport);
    onDone();
  });
  const exists = open.error instanceof ApiError && open.error.problem.code === 'conflict';
  return (
    <Door title={t('confirm.title')}>
      {exists ? (
        <>
          <p role="alert">{t('confirm.exists')}</p>
          <LinkButton look="primary" href={href('/sign-in')}>
            {t('signIn.submit')}
          </LinkButton>
        </>
      ) : (
        <>
          {!isSpent(open.error) && (
            <form
              class="stack-4"
              onSubmit={(event) => {
                event.preventDefault();
                void open.run();
              }}
            >
              {asked === null ? (
                <p class="soft">{t('confirm.text')}</p>
              ) : (
                <>
                  <p role="status">{t('confirm.otherBrowser')}</p>
                  <NewPasswordField
                    label={t('password.new')}
                    takesFocus
                    value={password}
                    onText={setPassword}
                    email=""
                    refusal={open.error === asked ? null : open.error}
                    data-testid="confirm-password"
                  />
                </>
              )}
              <Button look="primary" type="submit" busy={open.busy} data-testid="confirm">
                {t('confirm.open')}
              </Button>
              <LegalNote />
            </form>
          )}
          <LinkRefused error={open.error} onward={{ path: '/sign-up', label: t('signUp.submit') }} />
        </>
      )}
    </Door>
  );
}
