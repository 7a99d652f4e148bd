import { useEffect, useRef, useState } from 'preact/hooks';
import * as identity from '#shared/contracts/identity.ts';
import type { Me } from '#shared/contracts/identity.ts';
import type { Locale } from '#shared/messages/locales.ts';
import { browserLocale, currentLocale, setLocale } from '../ui/i18n.ts';
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

/**
 * Language and theme of this browser, or of the person's account.
 * @param known whether it is known whose account that is
 * @returns whether the page may be drawn: not in one language and direction first and in another a moment later. Once it was drawn it stays,
 * and what is typed in it, whatever language is chosen then.
 */
export function useChoices(known: boolean): boolean {
  const wished = language.value.value === 'account' ? (session.value?.user.locale ?? browserLocale()) : language.value.value;
  const chosen = theme.value.value;
  const [unheard, setUnheard] = useState<Locale | null>(null);
  const drawn = useRef(false);
  useEffect(() => void setLocale(wished).catch(() => setUnheard(wished)), [wished]);
  useEffect(() => applyTheme(chosen), [chosen]);
  if (known && (currentLocale() === wished || unheard === wished)) drawn.current = true;
  return drawn.current;
}
