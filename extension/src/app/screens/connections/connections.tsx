import { PROVIDERS } from '#shared/rules/ad-platforms/index.ts';
import { useEffect } from 'preact/hooks';
import * as connections from '#shared/contracts/connections.ts';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';
import { loadAdAccounts } from '../../accounts.ts';
import { place, setQuery } from '../../router.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import { ReadOnly } from '../settings/parts/read-only.tsx';
import { AdAccounts } from './ad-accounts.tsx';
import { ProviderCard } from './provider-card.tsx';

/** How the way back from a platform can fail; another word in the address is told as a refusal. */
const CONNECT_FAULTS = ['state', 'denied', 'session_ended', 'forged', 'platform_refused', 'platform_silent'] as const;
const isConnectFault = (word: string): word is (typeof CONNECT_FAULTS)[number] => CONNECT_FAULTS.some((one) => one === word);

/** What Inlay may read and write, for how long, and how to stop it. */
export function Connections() {
  const transport = useTransport();
  const { now, reload } = useLoad('connections', async (signal) => {
    const answer = await transport.call(connections.listConnections, { signal });
    await loadAdAccounts(transport);
    return answer.connections;
  });
  const failed = place.value.query.get('connect_error');
  useEffect(() => {
    const connected = PROVIDERS.find((provider) => provider === place.value.query.get('connected'));
    if (connected === undefined) return;
    toast(t('connections.connected', { provider: t(`provider.${connected}`) }));
    setQuery({ connected: null });
  }, []);
  // Consent is given in another tab when we are an extension page: look again on coming back.
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible') reload();
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, []);
  return (
    <>
      <PageHead title={t('nav.connections')} note={t('connections.note')} />
      <ReadOnly unless="connections:write" />
      <div class="stack-6">
        {failed !== null && (
          <div class="notice notice-fair" role="alert">
            <Icon name="warning" />
            <p>{isConnectFault(failed) ? t(`connectFault.${failed}`) : t('connections.failed')}</p>
          </div>
        )}
        {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
        {now.data === null ? (
          now.state === 'loading' && <Skeleton rows={6} />
        ) : (
          <>
            <div class="grid-2">
              {PROVIDERS.map((provider) => (
                <ProviderCard
                  key={provider}
                  provider={provider}
                  connections={(now.data ?? []).filter((one) => one.provider === provider)}
                  onChanged={reload}
                />
              ))}
            </div>
            <AdAccounts />
          </>
        )}
      </div>
    </>
  );
}
