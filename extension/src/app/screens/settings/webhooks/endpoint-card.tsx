import { useState } from 'preact/hooks';
import * as machines from '#shared/contracts/machines.ts';
import type { WebhookEndpoint } from '#shared/contracts/machines.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { may } from '../../../session/me.ts';
import { useProof } from '../../../session/proof.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';
import { eventWord } from './event-word.ts';

interface Props {
  endpoint: WebhookEndpoint;
  onEdit: () => void;
  onSecret: (secret: string) => void;
  onChanged: () => void;
  /** Something new stands in the log. */
  onSent: () => void;
}

/** One address: what it hears, how it does, and what can be done with it. */
export function EndpointCard({ endpoint, onEdit, onSecret, onChanged, onSent }: Props) {
  const transport = useTransport();
  const withProof = useProof();
  const [asking, setAsking] = useState<'remove' | 'rotate' | null>(null);
  const params = { id: endpoint.id };
  const test = useAction(async () => {
    await transport.call(machines.testWebhookEndpoint, { params });
    toast(t('hooks.tested'));
    onSent();
  });
  const turn = useAction(async () => {
    await transport.call(machines.updateWebhookEndpoint, { params, body: { enabled: endpoint.disabled !== null } });
    onChanged();
  });
  const failed = test.error ?? turn.error;
  return (
    <section class="card stack-3" data-testid="webhook">
      <div class="stack-1">
        <div class="row-2 spread">
          <h2 class="wrap-code">
            <bdi dir="ltr">{endpoint.url}</bdi>
          </h2>
          <StateChip endpoint={endpoint} />
        </div>
        {endpoint.description !== '' && <p class="small soft">{endpoint.description}</p>}
        <p class="small faint">
          {endpoint.events.length === 0 ? t('hooks.allEvents') : endpoint.events.map(eventWord).join(' · ')}
          {endpoint.failingSince !== null && ` · ${t('hooks.failingSince', { since: fmt().instant(endpoint.failingSince) })}`}
        </p>
        {endpoint.previousSecretUntil !== null && (
          <p class="small soft">{t('hooks.rotating', { until: fmt().instant(endpoint.previousSecretUntil) })}</p>
        )}
      </div>
      {failed !== null && <ProblemMessage error={failed} safe={t('hooks.notSaved')} />}
      {may('webhooks:write') && (
        <div class="row-1">
          <Button look="quiet" icon="play" busy={test.busy} disabled={endpoint.disabled !== null} onClick={test.run}>
            {t('hooks.test')}
          </Button>
          <Button look="quiet" onClick={onEdit} aria-label={t('hooks.changeOf', { url: endpoint.url })}>
            {t('hooks.change')}
          </Button>
          <Button look="quiet" busy={turn.busy} onClick={turn.run}>
            {t(endpoint.disabled === null ? 'hooks.switchOff' : 'hooks.switchOn')}
          </Button>
          <Button look="quiet" onClick={() => setAsking('rotate')}>
            {t('hooks.rotate')}
          </Button>
          <Button look="quiet" onClick={() => setAsking('remove')}>
            {t('hooks.remove')}
          </Button>
        </div>
      )}
      {asking === 'rotate' && (
        <Confirm
          look="primary"
          title={t('hooks.rotateTitle')}
          effect={t('hooks.rotateEffect')}
          submit={t('hooks.rotate')}
          safe={t('hooks.notSaved')}
          onClose={() => setAsking(null)}
          run={async () => {
            const { secret } = await withProof(() => transport.call(machines.rotateWebhookSecret, { params }));
            setAsking(null);
            onSecret(secret);
            onChanged();
          }}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          title={t('hooks.removeTitle')}
          effect={t('hooks.removeEffect', { url: endpoint.url })}
          submit={t('hooks.remove')}
          safe={t('hooks.notSaved')}
          onClose={() => setAsking(null)}
          run={async () => {
            await transport.call(machines.deleteWebhookEndpoint, { params });
            setAsking(null);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

function StateChip({ endpoint }: { endpoint: WebhookEndpoint }) {
  if (endpoint.disabled !== null)
    return (
      <Chip tone={endpoint.disabled === 'off' ? 'neutral' : 'poor'} icon={endpoint.disabled === 'off' ? 'pause' : 'error'}>
        {t(`hooksOff.${endpoint.disabled}`)}
      </Chip>
    );
  return endpoint.failingSince === null ? (
    <Chip tone="good" icon="check">
      {t('hooks.on')}
    </Chip>
  ) : (
    <Chip tone="fair" icon="warning">
      {t('hooks.on')}
    </Chip>
  );
}
