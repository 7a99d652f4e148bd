import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { useTransport } from '../transport-context.ts';
import { useAction, useLoad } from '../use-load.ts';
import { href } from '../router.ts';
import * as contracts from '#shared/contracts/organizations.ts';
import { Account } from '../screens/account/account.tsx';
import { Security } from '../screens/account/security.tsx';
import { me } from '../session/me.ts';
import { Choice, CreateOrganization } from './organizations.tsx';

/** Somebody who works in no organization: what can be done, calmly, and their own account. */
export function Homeless({ path }: { path: string }) {
  const transport = useTransport();
  const signOut = useAction(() => transport.signOut());
  return (
    <div class="homeless">
      <header class="homeless-head">
        <a class="side-brand" href={href('/')}>
          <span class="brand-mark" aria-hidden="true" />
          {t('app.name')}
        </a>
        <nav class="row-4 small" aria-label={t('nav.label')}>
          <a href={href('/settings/account')} aria-current={path === '/settings/account' ? 'page' : undefined}>
            {t('account.title')}
          </a>
          <a href={href('/settings/security')} aria-current={path === '/settings/security' ? 'page' : undefined}>
            {t('security.title')}
          </a>
          <button type="button" class="link-button" onClick={() => void signOut.run()}>
            {t('session.signOut')}
          </button>
        </nav>
      </header>
      <main id="main" class="page homeless-page" tabIndex={-1}>
        {signOut.error !== null && <ProblemMessage error={signOut.error} />}
        {path === '/settings/account' ? <Account /> : path === '/settings/security' ? <Security /> : <Begin />}
      </main>
    </div>
  );
}

function Begin() {
  const transport = useTransport();
  const { now, reload } = useLoad('organizations', (signal) => transport.call(contracts.listOrganizations, { signal }));
  const others = now.data?.organizations ?? [];
  return (
    <div class="stack-6" data-testid="homeless">
      <div class="stack-2">
        <h1>{t('homeless.title')}</h1>
        <p class="soft">{t('homeless.text', { email: me().user.email })}</p>
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {others.length > 0 && (
        <section class="card stack-3">
          <h2>{t('homeless.choose')}</h2>
          <ul class="choices">
            {others.map((one) => (
              <li key={one.id}>
                <Choice organization={one} isHere={false} onDone={() => undefined} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card stack-3">
        <h2>{t('homeless.invited')}</h2>
        <p class="soft">{t('homeless.invitedText')}</p>
        <div>
          <Button icon="refresh" onClick={reload}>
            {t('homeless.look')}
          </Button>
        </div>
      </section>
      <section class="card stack-3">
        <h2>{t('orgs.create')}</h2>
        <p class="soft">{t('homeless.createText')}</p>
        <CreateOrganization onDone={() => undefined} />
      </section>
      <p class="small faint row-1">
        <Icon name="info" size={12} />
        {t('homeless.note')}
      </p>
    </div>
  );
}
