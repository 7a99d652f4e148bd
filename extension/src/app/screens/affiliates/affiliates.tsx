import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as contracts from '#shared/contracts/affiliates.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { t } from '../../../ui/i18n.ts';
import { Count, Money } from '../../../ui/money.tsx';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Table } from '../../../ui/table.tsx';
import { may } from '../../session/me.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import { AddCreator } from './add-creator.tsx';
import { percentOf } from './program.ts';
import { ProgramForm } from './program-form.tsx';

type Affiliate = z.output<typeof contracts.affiliate>;

export function Affiliates() {
  const transport = useTransport();
  const { now, reload } = useLoad('program', (signal) => transport.call(contracts.getProgram, { signal }));
  const [open, setOpen] = useState<'program' | 'creator' | null>(null);
  const done = () => {
    setOpen(null);
    reload();
  };
  const write = may('affiliates:write');
  const program = now.data?.program ?? null;
  return (
    <>
      <PageHead
        title={t('nav.affiliates')}
        note={
          program === null ? undefined : t('affiliates.terms', { shop: program.shop, rate: percentOf(program), days: program.windowDays })
        }
      >
        {program !== null && (
          <Chip tone={program.state === 'open' ? 'good' : 'neutral'} icon={program.state === 'open' ? 'check' : 'pause'}>
            {t(`program.${program.state}`)}
          </Chip>
        )}
        {program !== null && write && (
          <>
            <Button onClick={() => setOpen('program')}>{t('affiliates.edit')}</Button>
            <Button look="primary" icon="plus" onClick={() => setOpen('creator')}>
              {t('affiliates.add')}
            </Button>
          </>
        )}
      </PageHead>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null ? (
        now.state === 'loading' && <Skeleton rows={8} />
      ) : program === null ? (
        <EmptyState
          icon="affiliates"
          title={t('affiliates.none')}
          text={t('affiliates.noneText')}
          {...(write
            ? {
                action: (
                  <Button look="primary" onClick={() => setOpen('program')}>
                    {t('affiliates.create')}
                  </Button>
                ),
              }
            : {})}
        />
      ) : now.data.affiliates.length === 0 ? (
        <EmptyState
          icon="affiliates"
          title={t('affiliates.nobody')}
          text={t('affiliates.nobodyText')}
          {...(write
            ? {
                action: (
                  <Button look="primary" icon="plus" onClick={() => setOpen('creator')}>
                    {t('affiliates.add')}
                  </Button>
                ),
              }
            : {})}
        />
      ) : (
        <section class="card card-flush">
          <CreatorTable rows={now.data.affiliates} currency={program.currency} />
        </section>
      )}
      {open === 'program' && <ProgramForm program={program} onClose={() => setOpen(null)} onSaved={done} />}
      {open === 'creator' && program !== null && <AddCreator program={program} onClose={() => setOpen(null)} onAdded={done} />}
    </>
  );
}

function CreatorTable({ rows, currency }: { rows: readonly Affiliate[]; currency: string }) {
  return (
    <Table
      label={t('affiliates.creators')}
      rows={rows}
      rowKey={(one) => one.id}
      columns={[
        {
          id: 'name',
          header: t('affiliates.creator'),
          grow: true,
          sortBy: (one) => one.name,
          cell: (one) => <bdi class="strong">{one.name}</bdi>,
        },
        {
          id: 'link',
          header: t('affiliates.link'),
          cell: (one) => (one.link === null ? '—' : <CopyButton text={one.link} label={one.code ?? t('copy')} />),
        },
        { id: 'coupon', header: t('affiliates.coupon'), cell: (one) => (one.coupon === null ? '—' : <code>{one.coupon}</code>) },
        {
          id: 'clicks',
          header: t('figure.clicks'),
          align: 'end',
          sortBy: (one) => one.clicks,
          cell: (one) => <Count value={one.clicks} />,
        },
        {
          id: 'orders',
          header: t('figure.orders'),
          align: 'end',
          sortBy: (one) => one.orders,
          cell: (one) => <Count value={one.orders} />,
        },
        {
          id: 'sales',
          header: t('affiliates.sales'),
          align: 'end',
          sortBy: (one) => one.netSalesMinor,
          cell: (one) => <Money minor={one.netSalesMinor} currency={currency} />,
        },
        {
          id: 'commission',
          header: t('affiliates.commission'),
          align: 'end',
          sortBy: (one) => one.commissionMinor,
          cell: (one) => <Money minor={one.commissionMinor} currency={currency} />,
        },
      ]}
    />
  );
}
