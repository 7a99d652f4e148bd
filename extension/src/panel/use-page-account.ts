import { useEffect } from 'preact/hooks';
import { adAccounts } from '../app/accounts.ts';
import { chooseAccount } from '../app/preferences.ts';
import type { PageSource } from './page-source.ts';

/** Follows the page: when it is about an ad account of ours, that one is shown; on any other page the last choice stays. */
export function usePageAccount(page: PageSource): void {
  const known = adAccounts.value;
  useEffect(() => {
    if (known === null) return undefined;
    const stop = new AbortController();
    const follow = async () => {
      const context = await page.current();
      if (stop.signal.aborted || context?.platform !== 'meta') return;
      const account = known.find((one) => one.externalId.replace(/^act_/, '') === context.accountExternalId);
      if (account !== undefined) chooseAccount(account.id);
    };
    void follow();
    page.onChange(() => void follow(), stop.signal);
    return () => stop.abort();
  }, [known]);
}
