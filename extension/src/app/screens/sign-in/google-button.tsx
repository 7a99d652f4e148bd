import * as identity from '#shared/contracts/identity.ts';
import { Button } from '../../../ui/button.tsx';
import { LEGAL_VERSIONS } from '#shared/rules/legal-documents.ts';
import { currentLocale, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import type { WebTransport } from '../../session/web-transport.ts';
import { currencyHere } from '../../currencies.ts';
import { useAction } from '../../use-load.ts';
import { LegalNote } from './legal-note.tsx';

interface Props {
  transport: WebTransport;
  /** A path of ours. */
  returnTo: string;
  /** What an organization that begins here counts in. */
  currency?: string;
}

/**
 * Goes to Google in this tab and comes back to `returnTo`. Whoever has no account yet gets one on the way, so what it begins with and what the
 * press agrees to go along.
 */
export function GoogleButton({ transport, returnTo, currency = currencyHere() }: Props) {
  const start = useAction(async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const { url } = await transport.openCall(identity.startGoogle, {
      body: { returnTo, beginning: { currency, timezone: timeZone, locale: currentLocale(), agreed: LEGAL_VERSIONS } },
    });
    location.assign(url);
  });
  return (
    <>
      {start.error !== null && <ProblemMessage error={start.error} />}
      <Button busy={start.busy} onClick={start.run} data-testid="google">
        {t('google.button')}
      </Button>
      <LegalNote />
    </>
  );
}
