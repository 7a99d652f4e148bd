import { Button } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';

/** In the extension nobody types a password: a window of the web home signs in and comes back. */
export function ExtensionSignIn() {
  const transport = useTransport();
  const action = useAction(() => transport.signIn());
  return (
    <Door title={t('signIn.title')}>
      <p class="soft">{t('signIn.window')}</p>
      {action.error !== null && <ProblemMessage error={action.error} safe={t('signIn.windowSafe')} />}
      <Button look="primary" busy={action.busy} onClick={action.run} data-testid="sign-in-submit">
        {t('signIn.submit')}
      </Button>
    </Door>
  );
}
