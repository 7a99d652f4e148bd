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
import { AREAS, isInside } from './navigation.ts';

/** Navigation, command palette and the place where a screen is drawn. */
export function Shell({ children }: { children: ComponentChildren }) {
  const [menu, setMenu] = useState(false);
  const [palette, setPalette] = useState(false);
  const transport = useTransport();
  const signOut = useAction(() => transport.signOut());
  const commands = useCommands(() => void signOut.run());
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
      <Side onSearch={() => setPalette(true)} signOut={signOut} />
      <header class="topbar">
        <IconButton icon="menu" label={t('nav.menu')} onClick={() => setMenu(true)} />
        <span>{t('app.name')}</span>
        <IconButton icon="search" label={t('palette.title')} onClick={() => setPalette(true)} />
      </header>
      <main id="main" class="page" tabIndex={-1}>
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
          />
        </Dialog>
      )}
      {palette && <CommandPalette commands={commands} onClose={() => setPalette(false)} />}
    </div>
  );
}

function Side({ onSearch, signOut }: { onSearch: () => void; signOut: Action<[]> }) {
  const { path } = place.value;
  return (
    <aside class="side" aria-label={t('app.name')}>
      <div class="side-brand">
        <span class="brand-mark" aria-hidden="true" />
        {t('app.name')}
      </div>
      <nav class="nav" aria-label={t('nav.label')}>
        {AREAS.filter((area) => may(area.permission)).map((area) => (
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
        <div class="row-2 spread">
          <div class="cell-name small">
            <span class="clip strong">{home().name}</span>
            <bdi class="clip faint">{me().user.email}</bdi>
          </div>
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

function useCommands(signOut: () => void): Command[] {
  const areas = AREAS.filter((area) => may(area.permission)).map((area): Command => ({
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
    { id: 'light', label: t('palette.light'), icon: 'settings', run: () => theme.set('light') },
    { id: 'dark', label: t('palette.dark'), icon: 'settings', run: () => theme.set('dark') },
    { id: 'sign-out', label: t('session.signOut'), icon: 'close', run: signOut },
  ];
}
