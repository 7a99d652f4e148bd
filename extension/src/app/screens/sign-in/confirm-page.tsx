import { useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { href } from '../../router.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';
import { agreeToAll, LegalNote } from './legal-note.tsx';
import { isSpent, LinkRefused } from './link-refused.tsx';

/** The link of a sign-up's mail: a press opens the account. */
export function ConfirmPage({ transport, token, onDone }: { transport: WebTransport; token: string; onDone: () => void }) {
  const [opened, setOpened] = useState(false);
  const open = useAction(async () => {
    // The link opens the account once; a second press only has the consent left to do.
    if (!opened) await transport.signInBy('signUp', { token });
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
            <>
              <p class="soft">{t('confirm.text')}</p>
              <Button look="primary" busy={open.busy} onClick={open.run} data-testid="confirm">
                {t('confirm.open')}
              </Button>
              <LegalNote />
            </>
          )}
          <LinkRefused error={open.error} onward={{ path: '/sign-up', label: t('signUp.submit') }} />
        </>
      )}
    </Door>
  );
}
