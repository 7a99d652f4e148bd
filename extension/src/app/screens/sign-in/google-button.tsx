import * as identity from '#shared/contracts/identity.ts';
import { Button } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';

/** Goes to Google in this tab and comes back to `returnTo`, a path of ours. */
export function GoogleButton({ transport, returnTo }: { transport: WebTransport; returnTo: string }) {
  const start = useAction(async () => {
    const { url } = await transport.openCall(identity.startGoogle, { body: { returnTo } });
    location.assign(url);
  });
  return (
    <>
      {start.error !== null && <ProblemMessage error={start.error} />}
      <Button busy={start.busy} onClick={start.run} data-testid="google">
        {t('google.button')}
      </Button>
    </>
  );
}
