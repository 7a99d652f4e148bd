import { useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';
import { isSpent, LinkRefused } from './link-refused.tsx';
import { SecondFactor } from './second-factor.tsx';

/** The link that signs in, by a press; the second factor is asked for like after a password. */
export function MagicLinkPage({ transport, token, onDone }: { transport: WebTransport; token: string; onDone: () => void }) {
  const [challenge, setChallenge] = useState<string | null>(null);
  const use = useAction(async () => {
    const asked = await transport.signInBy('magicLink', { token });
    if (asked === null) onDone();
    else setChallenge(asked.challenge);
  });
  if (challenge !== null)
    return <SecondFactor transport={transport} challenge={challenge} onDone={onDone} onBack={() => setChallenge(null)} />;
  return (
    <Door title={t('signIn.title')}>
      {!isSpent(use.error) && (
        <>
          <p class="soft">{t('magic.useText')}</p>
          <Button look="primary" busy={use.busy} onClick={use.run} data-testid="magic-use">
            {t('signIn.submit')}
          </Button>
        </>
      )}
      <LinkRefused error={use.error} onward={{ path: '/sign-in', label: t('magic.again') }} />
    </Door>
  );
}
