import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type * as operations from '#shared/contracts/operations.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { fmt, t, wordOf } from '../../../ui/i18n.ts';
import type { IconName } from '../../../ui/icon.tsx';
import { Table } from '../../../ui/table.tsx';

type Machine = z.output<typeof operations.readOperations.response>;
type Part = Machine['parts'][number];
type Intake = Machine['intake'][number];
type Connections = Machine['connections'][number];
const LOOKS: Record<Part['state'], { tone: Tone; icon: IconName }> = {
  ok: { tone: 'good', icon: 'check' },
  slow: { tone: 'fair', icon: 'warning' },
  down: { tone: 'poor', icon: 'error' },
};
const age = (seconds: number | null) => (seconds === null ? '—' : fmt().duration(seconds));

/** Parts, queues and the outside at a glance. */
export function Health({ machine }: { machine: Machine }) {
  return (
    <>
      <dl class="figures">
        <Figure label={t('operations.outbox')} value={machine.outbox?.waiting ?? null}>
          {t('operations.outboxNote', { age: age(machine.outbox?.oldestSeconds ?? null) })}
        </Figure>
        <Figure label={t('operations.letters')} value={machine.deadLetters.open}>
          {t('operations.letterGroups', { count: machine.deadLetters.groups })}
        </Figure>
        <Figure label={t('operations.mails')} value={machine.mails.queued}>
          {t('operations.mailsFailed', { count: machine.mails.failedToday })}
        </Figure>
        <Figure label={t('operations.webhooks')} value={machine.webhooks.pending}>
          {t('operations.webhooksFailing', { count: machine.webhooks.failing })}
        </Figure>
        <Figure label={t('operations.launches')} value={machine.launches.running}>
          {t('operations.unclear', { count: machine.launches.unclearItems, age: age(machine.launches.oldestUnclearSeconds) })}
        </Figure>
      </dl>
      <section class="card card-flush cards-narrow">
        <div class="card-head">
          <h2>{t('operations.parts')}</h2>
        </div>
        <Table<Part>
          label={t('operations.parts')}
          rows={machine.parts}
          rowKey={(one) => one.name}
          columns={[
            {
              id: 'name',
              header: t('operations.part'),
              sortBy: (one) => one.name,
              cell: (one) => <span class="strong">{wordOf('machine', one.name)}</span>,
            },
            {
              id: 'state',
              header: t('operations.state'),
              sortBy: (one) => one.state,
              cell: (one) => (
                <Chip tone={LOOKS[one.state].tone} icon={LOOKS[one.state].icon}>
                  {t(`part.${one.state}`)}
                </Chip>
              ),
            },
            { id: 'detail', header: t('operations.detail'), grow: true, cell: (one) => <bdi>{one.detail ?? '—'}</bdi> },
          ]}
        />
      </section>
      <div class="tables-2">
        <section class="card card-flush cards-narrow">
          <div class="card-head">
            <h2>{t('operations.intake')}</h2>
          </div>
          <Table<Intake>
            label={t('operations.intake')}
            rows={machine.intake}
            rowKey={(one) => one.source}
            columns={[
              { id: 'source', header: t('operations.source'), cell: (one) => wordOf('provider', one.source) },
              {
                id: 'lag',
                header: t('operations.lag'),
                align: 'end',
                sortBy: (one) => one.lagSeconds,
                cell: (one) => age(one.lagSeconds),
              },
              {
                id: 'refused',
                header: t('operations.refused'),
                align: 'end',
                sortBy: (one) => one.refusedToday,
                cell: (one) => fmt().number(one.refusedToday),
              },
            ]}
          />
        </section>
        <section class="card card-flush cards-narrow">
          <div class="card-head">
            <h2>{t('operations.connections')}</h2>
          </div>
          <Table<Connections>
            label={t('operations.connections')}
            rows={machine.connections}
            rowKey={(one) => one.provider}
            columns={[
              { id: 'provider', header: t('operations.provider'), cell: (one) => wordOf('provider', one.provider) },
              ...(['active', 'expiring', 'expired', 'error'] as const).map((state) => ({
                id: state,
                header: t(`connection.${state}`),
                align: 'end' as const,
                sortBy: (one: Connections) => one[state],
                cell: (one: Connections) => fmt().number(one[state]),
              })),
            ]}
          />
        </section>
      </div>
    </>
  );
}

function Figure({ label, value, children }: { label: string; value: number | null; children: ComponentChildren }) {
  return (
    <div class="figure-card">
      <dt>{label}</dt>
      <dd>{fmt().number(value)}</dd>
      <dd class="figure-note">{children}</dd>
    </div>
  );
}
