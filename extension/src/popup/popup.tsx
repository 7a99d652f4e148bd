import { useState } from 'preact/hooks';
import type { Me } from '#shared/contracts/identity.ts';
import type { OverlayKey } from '#shared/messages/overlay.ts';
import type { Translate } from '#shared/messages/translate.ts';
import type { OverlayPrefs } from '../messaging/overlay-types.ts';
import { request } from '../messaging/request.ts';
import { HUBSPOT_ORIGINS } from './hubspot-origins.ts';

export interface PopupStart {
  me: Me | null;
  prefs: OverlayPrefs;
  hubspotAllowed: boolean;
  windowId: number;
}

/** Who is signed in, the two ways in, and one switch per site. */
export function Popup({ t, start }: { t: Translate<OverlayKey>; start: PopupStart }) {
  const [me, setMe] = useState(start.me);
  const [prefs, setPrefs] = useState(start.prefs);
  const [allowed, setAllowed] = useState(start.hubspotAllowed);
  const [problem, setProblem] = useState<string | null>(null);

  const signIn = (): void => {
    setProblem(null);
    request('session.signIn', { interactive: true }).then(setMe, () => setProblem(t('popup.signInFailed')));
  };
  const signOut = async (): Promise<void> => {
    // This browser forgets the person first; a service that is away cannot be told, and that changes nothing here.
    await request('session.signOut', null).catch(() => null);
    setMe(await request('session.get', null));
  };
  const show = async (site: 'meta' | 'hubspot', on: boolean): Promise<void> => {
    // Chrome asks the person itself; it needs the click that is still under way, so nothing is awaited before it.
    if (site === 'hubspot' && on && !(await chrome.permissions.request({ origins: HUBSPOT_ORIGINS }))) return;
    if (site === 'hubspot') setAllowed(on || allowed);
    setPrefs(await request('prefs.set', { hidden: { ...prefs.hidden, [site]: !on } }));
  };
  const openPanel = (): void => {
    void chrome.sidePanel.open({ windowId: start.windowId }).then(() => window.close());
  };
  const openApp = (): void => {
    void chrome.tabs.create({ url: chrome.runtime.getURL('app.html') });
  };

  return (
    <main>
      <h1>Inlay</h1>
      <p data-testid="popup-who">{me === null ? t('popup.signedOut') : t('popup.signedInAs', { email: me.user.email })}</p>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {me === null && (
        <button type="button" class="primary" onClick={signIn}>
          {t('popup.signIn')}
        </button>
      )}
      <button type="button" onClick={openPanel}>
        {t('popup.openPanel')}
      </button>
      <button type="button" onClick={openApp}>
        {t('popup.openApp')}
      </button>
      <hr />
      <Switch label={t('popup.meta')} on={!prefs.hidden.meta} turn={(on) => void show('meta', on)} />
      <Switch label={t('popup.hubspot')} on={allowed && !prefs.hidden.hubspot} turn={(on) => void show('hubspot', on)} />
      {me !== null && (
        <>
          <hr />
          <button type="button" onClick={() => void signOut()}>
            {t('popup.signOut')}
          </button>
        </>
      )}
    </main>
  );
}

function Switch({ label, on, turn }: { label: string; on: boolean; turn(on: boolean): void }) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={(event) => turn(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
