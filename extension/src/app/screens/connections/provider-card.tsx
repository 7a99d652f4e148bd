import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/connections.ts';
import type { Connection } from '#shared/contracts/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { may } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

export const PROVIDERS = ['meta', 'tiktok', 'linkedin', 'shopify', 'hubspot'] as const;
type Provider = (typeof PROVIDERS)[number];
const STATUS: Record<Connection['status'], { tone: Tone; icon: IconName }> = {
  active: { tone: 'good', icon: 'check' },
  expiring: { tone: 'fair', icon: 'warning' },
  expired: { tone: 'poor', icon: 'error' },
  error: { tone: 'poor', icon: 'error' },
  revoked: { tone: 'neutral', icon: 'close' },
};

/** States that end only when somebody gives consent anew. */
const WANTS_CONSENT: readonly Connection['status'][] = ['expiring', 'expired', 'error'];

export function ProviderCard({
  provider,
  connections,
  onChanged,
}: {
  provider: Provider;
  connections: readonly Connection[];
  onChanged: () => void;
}) {
  // One consent page per platform but for shops: the connection that wants consent asks for it itself.
  const askedAbove = provider !== 'shopify' && connections.some((one) => WANTS_CONSENT.includes(one.status));
  return (
    <section class="card stack-3" data-testid={`connection-${provider}`}>
      <div class="stack-1">
        <h2>{t(`provider.${provider}`)}</h2>
        <p class="small soft">{t(`provider.${provider}Gives`)}</p>
      </div>
      {connections.map((connection) => (
        <Connected key={connection.id} connection={connection} onChanged={onChanged} />
      ))}
      {may('connections:write') && !askedAbove && <Connect provider={provider} again={connections.length > 0} />}
    </section>
  );
}

function Connected({ connection, onChanged }: { connection: Connection; onChanged: () => void }) {
  const transport = useTransport();
  const [asking, setAsking] = useState(false);
  const remove = useAction(async () => {
    await transport.call(contracts.disconnect, { params: { id: connection.id } });
    setAsking(false);
    onChanged();
  });
  const renew = useConsent(connection.provider);
  const look = STATUS[connection.status];
  return (
    <div class="stack-1">
      <div class="row-2 spread">
        <bdi class="strong clip">{connection.displayName}</bdi>
        <Chip tone={look.tone} icon={look.icon}>
          {t(`connection.${connection.status}`)}
        </Chip>
      </div>
      <p class="small faint">
        {t('connections.since', { day: fmt().day(connection.connectedAt) })}
        {connection.daysLeft !== null && ` · ${t('connections.daysLeft', { count: connection.daysLeft })}`}
      </p>
      {connection.lastError !== null && WANTS_CONSENT.includes(connection.status) && (
        <p class="small field-error">{t(connection.status === 'expiring' ? 'connections.notRenewed' : 'connections.noAccess')}</p>
      )}
      {may('connections:write') && connection.status !== 'revoked' && (
        <div class="row-3">
          {WANTS_CONSENT.includes(connection.status) && (
            <Button look="primary" icon="external" busy={renew.busy} onClick={() => renew.run(connection.externalId)}>
              {t('connections.again')}
            </Button>
          )}
          <button type="button" class="link-button small" onClick={() => setAsking(true)}>
            {t('connections.disconnect')}
          </button>
        </div>
      )}
      {renew.error !== null && <ProblemMessage error={renew.error} safe={t('connections.stillConnected')} />}
      {asking && (
        <Dialog
          title={t('connections.disconnectTitle', { name: connection.displayName })}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('keep')}</Button>
              <Button look="danger" busy={remove.busy} onClick={remove.run}>
                {t('connections.disconnect')}
              </Button>
            </>
          }
        >
          <p>{t('connections.disconnectEffect')}</p>
          {remove.error !== null && <ProblemMessage error={remove.error} safe={t('connections.stillConnected')} />}
        </Dialog>
      )}
    </div>
  );
}

/** Opens the platform's own consent page; the history of what was connected before goes on. */
function useConsent(provider: Provider) {
  const transport = useTransport();
  return useAction(async (shop: string) => {
    const { url } = await transport.call(contracts.startConnection, {
      params: { provider },
      body: { returnTo: '/connections', ...(provider === 'shopify' ? { shop } : {}) },
    });
    if (location.protocol.startsWith('http')) location.assign(url);
    else open(url, '_blank', 'noopener');
  });
}

/** A shop is named first: Shopify has one consent page per shop. */
function Connect({ provider, again }: { provider: Provider; again: boolean }) {
  const [shop, setShop] = useState('');
  const domain = shop
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
  const full = domain === '' || domain.includes('.') ? domain : `${domain}.myshopify.com`;
  const start = useConsent(provider);
  return (
    <Folded when={again && provider === 'shopify'}>
      <form
        class="stack-2"
        onSubmit={(event) => {
          event.preventDefault();
          void start.run(full);
        }}
      >
        {provider === 'shopify' && (
          <TextField
            label={t('connections.shop')}
            placeholder="your-shop.myshopify.com"
            required
            dir="ltr"
            value={shop}
            onText={setShop}
            hint={t('connections.shopHint')}
          />
        )}
        {start.error !== null && <ProblemMessage error={start.error} />}
        <div>
          <Button type="submit" look={again ? 'plain' : 'primary'} icon="external" busy={start.busy}>
            {again ? t('connections.again') : t('connections.connect', { provider: t(`provider.${provider}`) })}
          </Button>
        </div>
      </form>
    </Folded>
  );
}

/** A second shop is rare: its field waits behind one press. */
function Folded({ when, children }: { when: boolean; children: ComponentChildren }) {
  return when ? (
    <details class="disclosure">
      <summary>
        <Icon name="chevron" size={12} />
        {t('connections.another')}
      </summary>
      {children}
    </details>
  ) : (
    <>{children}</>
  );
}
