import * as contracts from '#shared/contracts/account.ts';
import type { Account } from '#shared/contracts/account.ts';
import { Button } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { place } from '../../router.ts';
import { useProof } from '../../session/proof.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { GoogleProblem } from '../sign-in/google-problem.tsx';

/** Signing in with Google as well: linked here, by the person themselves, never by a matching address. */
export function GoogleLink({ account, onChanged }: { account: Account; onChanged: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const link = useAction(async () => {
    const { url } = await withProof(() => transport.call(contracts.linkGoogle, { body: { returnTo: '/settings/account' } }));
    if (location.protocol.startsWith('http')) location.assign(url);
    else open(url, '_blank', 'noopener');
  });
  const unlink = useAction(async () => {
    await withProof(() => transport.call(contracts.unlinkGoogle, {}));
    onChanged();
  });
  const error = link.error ?? unlink.error;
  return (
    <section class="card stack-3">
      <GoogleProblem problem={place.value.query.get('problem')} />
      <div class="row-2 spread">
        <div class="stack-1 grow">
          <h2>{t('google.title')}</h2>
          <p class="small soft break">
            {account.googleEmail === null ? t('google.none') : t('google.linked', { email: account.googleEmail })}
          </p>
        </div>
        {account.googleEmail === null ? (
          <Button busy={link.busy} onClick={link.run} data-testid="google-link">
            {t('google.link')}
          </Button>
        ) : (
          <Button busy={unlink.busy} onClick={unlink.run} data-testid="google-unlink">
            {t('google.unlink')}
          </Button>
        )}
      </div>
      {error !== null && <ProblemMessage error={error} safe={t('google.unchanged')} />}
    </section>
  );
}
