import { useState } from 'preact/hooks';
import * as identity from '#shared/contracts/identity.ts';
import { Button } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { session } from '../../session/me.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';
import { isSpent, LinkRefused } from './link-refused.tsx';

/** The link sent to a new address: a press makes it the account's address. */
export function EmailChangePage({ transport, token }: { transport: WebTransport; token: string }) {
  const [done, setDone] = useState(false);
  const take = useAction(async () => {
    await transport.openCall(identity.confirmNewEmail, { body: { token } });
    setDone(true);
  });
  const home = session.value ? '/settings/account' : '/sign-in';
  return (
    <Door title={t('emailChange.title')}>
      {done ? (
        <>
          <p role="status">{t('emailChange.done')}</p>
          {/* A fresh page: this browser's session has another address now, or has ended with the change. */}
          <Button look="primary" onClick={() => location.assign(home)}>
            {t('link.onward')}
          </Button>
        </>
      ) : (
        <>
          {!isSpent(take.error) && (
            <>
              <p class="soft">{t('emailChange.text')}</p>
              <Button look="primary" busy={take.busy} onClick={take.run} data-testid="email-change">
                {t('emailChange.take')}
              </Button>
            </>
          )}
          <LinkRefused error={take.error} onward={{ path: home, label: t('link.onward') }} />
        </>
      )}
    </Door>
  );
}
