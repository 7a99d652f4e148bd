import { useEffect } from 'preact/hooks';
import * as identity from '#shared/contracts/identity.ts';
import type { Me } from '#shared/contracts/identity.ts';
import { browserLocale, setLocale } from '../ui/i18n.ts';
import { applyTheme } from '../ui/theme.ts';
import { adAccounts } from './accounts.ts';
import { language, theme } from './preferences.ts';
import { session } from './session/me.ts';
import { watchSession } from './session/watch-session.ts';
import { useTransport } from './transport-context.ts';
import { useLoad } from './use-load.ts';

/** Who is signed in, kept current; another organization means other ad accounts. */
export function useSession() {
  const transport = useTransport();
  useEffect(() => {
    const stop = new AbortController();
    const take = (now: Me | null) => {
      if (now?.organization?.id !== session.value?.organization?.id) adAccounts.value = null;
      session.value = now;
    };
    transport.onSessionChange(take, stop.signal);
    const look = async () => {
      if (!session.value) return;
      const now = await transport.call(identity.getMe, {});
      if (session.value && JSON.stringify(now) !== JSON.stringify(session.value)) take(now);
    };
    watchSession(look, document, stop.signal);
    return () => stop.abort();
  }, []);
  return useLoad('session', async () => {
    session.value = await transport.session();
  });
}

/** Language and theme of this browser, or of the person's account. */
export function useChoices(): void {
  const wished = language.value.value === 'account' ? (session.value?.user.locale ?? browserLocale()) : language.value.value;
  const chosen = theme.value.value;
  useEffect(() => void setLocale(wished), [wished]);
  useEffect(() => applyTheme(chosen), [chosen]);
}
