import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { IconButton } from '../../ui/button.tsx';
import { CommandPalette, type Command } from '../../ui/command-palette.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { describe } from '../../ui/problem-message.tsx';
import { adAccounts } from '../accounts.ts';
import { chooseAccount, theme } from '../preferences.ts';
import { go, href, place } from '../router.ts';
import { may, home, me } from '../session/me.ts';
import { useTransport } from '../transport-context.ts';
import { useAction, type Action } from '../use-load.ts';
import { Logo } from './logo.tsx';
import { areasInReach, isInside } from './navigation.ts';
import { OrganizationsDialog } from './organizations.tsx';
import { VisitBanner } from './visit-banner.tsx';

/** Navigation, command palette and the place where a screen is drawn. */
export function Shell({ children }: { children: ComponentChildren }) {
  const [menu, setMenu] = useState(false);
  const [palette, setPalette] = useState(false);
  const [organizations, setOrganizations] = useState(false);
  const transport = useTransport();
  const signOut = useAction(() => transport.signOut());
  const commands = useCommands(
    () => void signOut.run(),
    () => setOrganizations(true),
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setPalette((open) => !open);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => setMenu(false), [place.value]);
  return (
    <div class="shell">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('nav.skip')}
      </a>
      <Side onSearch={() => setPalette(true)} onOrganizations={() => setOrganizations(true)} signOut={signOut} />
      <header class="topbar">
        <IconButton icon="menu" label={t('nav.menu')} onClick={() => setMenu(true)} />
        <bdi class="clip">{me().client?.name ?? t('app.name')}</bdi>
        <IconButton icon="search" label={t('palette.title')} onClick={() => setPalette(true)} />
      </header>
      <main id="main" class="page" tabIndex={-1}>
        <VisitBanner />
        {children}
      </main>
      {menu && (
        <Dialog kind="side" title={t('app.name')} onClose={() => setMenu(false)}>
          <Side
            signOut={signOut}
            onSearch={() => {
              setMenu(false);
              setPalette(true);
            }}
            onOrganizations={() => {
              setMenu(false);
              setOrganizations(true);
            }}
          />
        </Dialog>
      )}
      {organizations && <OrganizationsDialog onClose={() => setOrganizations(false)} />}
      {palette && <CommandPalette commands={commands} onClose={() => setPalette(false)} />}
    </div>
  );
}

function roleName(): string {
  const { role } = me();
  return role === null ? '' : t(`role.${role}`);
}

/** Our mark; a client's people see the client's own. */
function Brand() {
  const { client } = me();
  return (
    <div class="side-brand">
      {client === null ? (
        <>
          <span class="brand-mark" aria-hidden="true" />
          {t('app.name')}
        </>
      ) : (
        <>
          <Logo path={client.logo} name={client.name} colour={client.colour} />
          <bdi class="clip">{client.name}</bdi>
        </>
      )}
    </div>
  );
}

function Side({ onSearch, onOrganizations, signOut }: { onSearch: () => void; onOrganizations: () => void; signOut: Action<[]> }) {
  const { path } = place.value;
  return (
    <aside class="side" aria-label={t('app.name')}>
      <Brand />
      <nav class="nav" aria-label={t('nav.label')}>
        {areasInReach().map((area) => (
          <a key={area.path} href={href(area.path)} aria-current={isInside(area.path, path) ? 'page' : undefined}>
            <Icon name={area.icon} />
            {t(area.label)}
          </a>
        ))}
      </nav>
      <div class="side-end">
        <button type="button" class="button button-quiet" onClick={onSearch}>
          <Icon name="search" />
          <span>{t('palette.title')}</span>
          <kbd class="faint small">{/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'}</kbd>
        </button>
        <button type="button" class="switcher" title={t('orgs.switch')} onClick={onOrganizations} data-testid="switcher">
          <Logo path={home().logo} name={home().name} />
          <span class="cell-name small">
            <bdi class="clip strong">{home().name}</bdi>
            <span class="clip faint">{roleName()}</span>
          </span>
          <Icon name="chevron" />
        </button>
        <div class="row-2 spread small">
          <a class="clip" href={href('/settings/account')} title={me().user.email}>
            <bdi>{me().user.name || me().user.email}</bdi>
          </a>
          <button type="button" class="link-button small" onClick={() => void signOut.run()}>
            {t('session.signOut')}
          </button>
        </div>
        {signOut.error !== null && (
          <p class="small field-error" role="alert">
            {describe(signOut.error).what}
          </p>
        )}
      </div>
    </aside>
  );
}

function useCommands(signOut: () => void, switchOrganization: () => void): Command[] {
  const areas = areasInReach().map((area): Command => ({
    id: area.path,
    label: t(area.label),
    icon: area.icon,
    run: () => go(area.path),
  }));
  const accounts = (adAccounts.value ?? []).map((account): Command => ({
    id: account.id,
    label: t('palette.account', { name: account.name }),
    icon: 'insights',
    hint: account.currency,
    run: () => chooseAccount(account.id),
  }));
  return [
    ...(may('launches:write') ? [{ id: 'new-launch', label: t('launch.new'), icon: 'plus', run: () => go('/launches/new') } as const] : []),
    ...areas,
    ...accounts,
    { id: 'organizations', label: t('orgs.switch'), icon: 'refresh', run: switchOrganization },
    { id: 'own-account', label: t('account.title'), icon: 'leads', run: () => go('/settings/account') },
    { id: 'own-security', label: t('security.title'), icon: 'settings', run: () => go('/settings/security') },
    { id: 'light', label: t('palette.light'), icon: 'settings', run: () => theme.set('light') },
    { id: 'dark', label: t('palette.dark'), icon: 'settings', run: () => theme.set('dark') },
    { id: 'sign-out', label: t('session.signOut'), icon: 'close', run: signOut },
  ];
}
