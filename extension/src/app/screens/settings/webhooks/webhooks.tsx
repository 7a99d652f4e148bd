import { useState } from 'preact/hooks';
import * as machines from '#shared/contracts/machines.ts';
import type { WebhookEndpoint } from '#shared/contracts/machines.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { home, may } from '../../../session/me.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';
import { ReadOnly } from '../parts/read-only.tsx';
import { SecretOnce } from '../parts/secret-once.tsx';
import { Deliveries } from './deliveries.tsx';
import { EndpointCard } from './endpoint-card.tsx';
import { EndpointForm } from './endpoint-form.tsx';

/** Addresses that are told what happens, and what was sent to them. */
export function Webhooks() {
  const transport = useTransport();
  const { now, reload } = useLoad(`webhooks ${home().id}`, (signal) => transport.call(machines.listWebhookEndpoints, { signal }));
  const [editing, setEditing] = useState<WebhookEndpoint | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [sent, setSent] = useState(0);
  const endpoints = now.data?.endpoints ?? [];
  const write = may('webhooks:write');
  const add = (
    <Button look="primary" icon="plus" onClick={() => setEditing('new')} data-testid="webhook-add">
      {t('hooks.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('section.webhooks')} note={t('hooks.note')}>
        {write && endpoints.length > 0 && add}
      </PageHead>
      <ReadOnly unless="webhooks:write" />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={4} />}
      {now.data !== null && endpoints.length === 0 && (
        <EmptyState icon="external" title={t('hooks.none')} text={t('hooks.noneText')} action={write && add} />
      )}
      <div class="stack-4">
        {endpoints.map((endpoint) => (
          <EndpointCard
            key={endpoint.id}
            endpoint={endpoint}
            onEdit={() => setEditing(endpoint)}
            onSecret={setSecret}
            onChanged={reload}
            onSent={() => setSent((count) => count + 1)}
          />
        ))}
        {endpoints.length > 0 && <Deliveries key={sent} endpoints={endpoints} />}
      </div>
      {editing !== null && (
        <EndpointForm
          endpoint={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={(made) => {
            setEditing(null);
            setSecret(made);
            reload();
          }}
        />
      )}
      {secret !== null && <SecretOnce title={t('hooks.once')} note={t('hooks.onceNote')} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
