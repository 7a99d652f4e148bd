import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as machines from '#shared/contracts/machines.ts';
import type { WebhookEndpoint } from '#shared/contracts/machines.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip, type Tone } from '../../../../ui/chip.tsx';
import { SmallSelect } from '../../../../ui/field.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import type { IconName } from '../../../../ui/icon.tsx';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { PagedTable } from '../../../paged-table.tsx';
import { may } from '../../../session/me.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { usePages } from '../../../use-pages.ts';
import { eventWord } from './event-word.ts';

type Delivery = z.output<typeof machines.webhookDelivery>;
const STATES = ['pending', 'delivered', 'failed'] as const;
const LOOKS: Record<Delivery['state'], { tone: Tone; icon: IconName }> = {
  pending: { tone: 'accent', icon: 'refresh' },
  delivered: { tone: 'good', icon: 'check' },
  failed: { tone: 'poor', icon: 'error' },
};

/** The number an address answered with, and why that was no success; or why there was none. */
function answerOf({ status, error }: Delivery['attempts'][number]): string {
  const why = error !== null && isFault(error) ? t(`deliveryFault.${error}`) : null;
  return [status === null ? null : String(status), why].filter((part) => part !== null).join(', ') || t('deliveries.noAnswer');
}
const FAULTS = ['timeout', 'redirect', 'network', 'refused_address'] as const;
const isFault = (word: string): word is (typeof FAULTS)[number] => FAULTS.some((one) => one === word);

/** What was sent where, with every try and its answer. */
export function Deliveries({ endpoints }: { endpoints: readonly WebhookEndpoint[] }) {
  const transport = useTransport();
  const [endpointId, setEndpointId] = useState('');
  const [state, setState] = useState<'' | Delivery['state']>('');
  const pages = usePages<Delivery>(`${endpointId} ${state}`, async (cursor) => {
    const answer = await transport.call(machines.listWebhookDeliveries, {
      query: { cursor, limit: 25, ...(endpointId === '' ? {} : { endpointId }), ...(state === '' ? {} : { state }) },
    });
    return { rows: answer.deliveries, nextCursor: answer.nextCursor };
  });
  const urlOf = (id: string) => endpoints.find((one) => one.id === id)?.url ?? '—';
  return (
    <section class="card card-flush cards-narrow" data-testid="deliveries">
      <div class="card-head">
        <h2>{t('deliveries.title')}</h2>
        <div class="row-2">
          {endpoints.length > 1 && (
            <SmallSelect
              label={t('deliveries.address')}
              value={endpointId}
              onPick={setEndpointId}
              options={[{ value: '', label: t('deliveries.all') }, ...endpoints.map((one) => ({ value: one.id, label: one.url }))]}
            />
          )}
          <SmallSelect
            label={t('deliveries.state')}
            value={state}
            onPick={setState}
            options={[
              { value: '' as const, label: t('deliveries.allStates') },
              ...STATES.map((one) => ({ value: one, label: t(`delivery.${one}`) })),
            ]}
          />
          <Button look="quiet" icon="refresh" onClick={pages.reload}>
            {t('accounts.sync')}
          </Button>
        </div>
      </div>
      <PagedTable
        label={t('deliveries.title')}
        pages={pages}
        skeletonRows={4}
        rowKey={(one) => one.id}
        empty={<p class="settings-none">{t(endpointId === '' && state === '' ? 'deliveries.none' : 'deliveries.noneFound')}</p>}
        details={(one) => <Tries delivery={one} onSent={pages.reload} />}
        columns={[
          {
            id: 'event',
            header: t('deliveries.event'),
            grow: true,
            cell: (one) => (
              <span class="cell-name">
                <span>{eventWord(one.type)}</span>
                <code class="faint" dir="ltr">
                  {one.type}
                </code>
              </span>
            ),
          },
          {
            id: 'state',
            header: t('deliveries.state'),
            cell: (one) => (
              <Chip tone={LOOKS[one.state].tone} icon={LOOKS[one.state].icon}>
                {t(`delivery.${one.state}`)}
              </Chip>
            ),
          },
          ...(endpoints.length > 1
            ? [
                {
                  id: 'address',
                  header: t('deliveries.address'),
                  cell: (one: Delivery) => (
                    <bdi class="clip" dir="ltr">
                      {urlOf(one.endpointId)}
                    </bdi>
                  ),
                },
              ]
            : []),
          { id: 'tries', header: t('deliveries.tries'), align: 'end', cell: (one) => fmt().number(one.attempts.length) },
          { id: 'created', header: t('deliveries.created'), cell: (one) => fmt().instant(one.createdAt) },
          {
            id: 'next',
            header: t('deliveries.next'),
            cell: (one) => (one.state === 'pending' ? fmt().instant(one.nextAttemptAt) : '—'),
          },
        ]}
      />
    </section>
  );
}

function Tries({ delivery, onSent }: { delivery: Delivery; onSent: () => void }) {
  const transport = useTransport();
  const replay = useAction(async () => {
    await transport.call(machines.replayWebhookDelivery, { params: { id: delivery.id } });
    toast(t('deliveries.replayed'));
    onSent();
  });
  return (
    <div class="stack-2">
      {delivery.attempts.length === 0 && <p class="small soft">{t('deliveries.noTries')}</p>}
      <ul class="stack-1">
        {delivery.attempts.map((attempt) => (
          <li key={attempt.at} class="small">
            {t('deliveries.attempt', {
              at: fmt().instant(attempt.at),
              answer: answerOf(attempt),
              ms: attempt.ms,
            })}
            {attempt.byHand && ` · ${t('deliveries.byHand')}`}
          </li>
        ))}
      </ul>
      <p>
        <code class="faint small" dir="ltr">
          {delivery.eventId}
        </code>
      </p>
      {replay.error !== null && <ProblemMessage error={replay.error} />}
      {may('webhooks:write') && (
        <div>
          <Button icon="refresh" busy={replay.busy} onClick={replay.run}>
            {t('deliveries.replay')}
          </Button>
        </div>
      )}
    </div>
  );
}
