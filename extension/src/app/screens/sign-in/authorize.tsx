import { useEffect } from 'preact/hooks';
import * as identity from '#shared/contracts/identity.ts';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import { Door } from './door.tsx';

/** Sends a signed-in person back to the extension with a one-time code (OAuth with PKCE). The API decides which addresses it may go to. */
export function Authorize({ query }: { query: URLSearchParams }) {
  const transport = useTransport();
  const asked = identity.authorize.body?.safeParse({
    clientId: query.get('client_id'),
    redirectUri: query.get('redirect_uri'),
    state: query.get('state'),
    codeChallenge: query.get('code_challenge'),
    codeChallengeMethod: query.get('code_challenge_method'),
  });
  const complete = query.get('response_type') === 'code' && asked?.success === true;
  const load = useLoad('authorize', async (signal) => (complete ? transport.call(identity.authorize, { body: asked.data, signal }) : null));
  const redirectTo = load.now.data?.redirectTo;
  useEffect(() => {
    if (redirectTo !== undefined) location.replace(redirectTo);
  }, [redirectTo]);
  return (
    <Door title={t('authorize.title')}>
      {!complete ? (
        <p>{t('authorize.incomplete')}</p>
      ) : load.now.state === 'failed' ? (
        <ProblemMessage error={load.now.error} safe={t('authorize.safe')} onRetry={load.reload} />
      ) : (
        <>
          <p class="soft">{t('authorize.working')}</p>
          <Skeleton kind="text" rows={2} />
        </>
      )}
    </Door>
  );
}
