import { useEffect } from 'preact/hooks';
import { useChoices, useSession } from '../app/use-session.ts';
import { go, href, match, place } from '../app/router.ts';
import { ExtensionSignIn } from '../app/screens/sign-in/extension-sign-in.tsx';
import { may, session } from '../app/session/me.ts';
import { ProofDialog } from '../app/session/proof-dialog.tsx';
import { AccountPicker, WithAccount } from '../app/shell/account-scope.tsx';
import { LaunchBuilder } from '../app/launch-builder/launch-builder.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { t } from '../ui/i18n.ts';
import { ProblemMessage } from '../ui/problem-message.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Toasts } from '../ui/toast.tsx';
import type { PageSource } from './page-source.ts';
import { PanelLaunch } from './panel-launch.tsx';
import { PanelLaunches } from './panel-launches.tsx';
import { PanelOverview } from './panel-overview.tsx';
import { usePageAccount } from './use-page-account.ts';

const HERE = [
  { path: '/', label: 'nav.overview' },
  { path: '/new', label: 'panel.launch' },
  { path: '/launches', label: 'nav.launches' },
] as const;

/** The side panel: the page's account at a glance, the launch builder, live progress. Everything else is one press away in the app. */
export function Panel({ page }: { page: PageSource }) {
  const ready = useSession();
  const speaks = useChoices(session.value !== undefined);
  if (ready.now.state === 'failed' && session.value === undefined)
    return (
      <main class="panel">
        <ProblemMessage error={ready.now.error} onRetry={ready.reload} />
      </main>
    );
  if (session.value === undefined || !speaks)
    return (
      <main class="panel">
        <Skeleton kind="figures" rows={4} />
      </main>
    );
  if (session.value === null) return <ExtensionSignIn />;
  if (session.value.organization === null)
    return (
      <main class="panel">
        <h1 class="visually-hidden">{t('app.name')}</h1>
        <EmptyState
          icon="connections"
          title={t('homeless.title')}
          text={t('homeless.inPanel')}
          action={
            <Button look="primary" onClick={() => page.openApp('/')}>
              {t('panel.openApp')}
            </Button>
          }
        />
      </main>
    );
  return (
    <>
      <SignedIn page={page} />
      <ProofDialog />
      <Toasts />
    </>
  );
}

function SignedIn({ page }: { page: PageSource }) {
  usePageAccount(page);
  const { path } = place.value;
  const launch = match('/launches/:id', path);
  const known = launch !== null || HERE.some((here) => here.path === path);
  // Screens shared with the app link to places that only the app has.
  useEffect(() => {
    if (!known) {
      page.openApp(path);
      go('/', { replace: true });
    }
  }, [known, path]);
  const tabs = HERE.filter((here) => here.path !== '/new' || may('launches:write'));
  return (
    <div class="panel">
      <header class="panel-head">
        <span class="brand-mark" aria-hidden="true" />
        <AccountPicker />
        <IconButton icon="external" label={t('panel.openApp')} onClick={() => page.openApp('/')} />
      </header>
      <nav class="panel-tabs" aria-label={t('nav.label')}>
        {tabs.map((here) => (
          <a
            key={here.path}
            href={href(here.path)}
            aria-current={here.path === path || (here.path === '/launches' && launch !== null) ? 'page' : undefined}
          >
            {t(here.label)}
          </a>
        ))}
      </nav>
      <main class="panel-body">
        {launch === null && <h1 class="visually-hidden">{t(HERE.find((here) => here.path === path)?.label ?? 'nav.overview')}</h1>}
        <WithAccount>
          {(account) =>
            launch !== null ? (
              <PanelLaunch key={launch['id']} id={launch['id'] as string} />
            ) : path === '/new' ? (
              <LaunchBuilder account={account} onLaunched={(id) => go(`/launches/${id}`)} />
            ) : path === '/launches' ? (
              <PanelLaunches accountId={account.id} />
            ) : (
              <PanelOverview key={account.id} account={account} />
            )
          }
        </WithAccount>
      </main>
    </div>
  );
}
