import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/spend-limits.ts';
import type { SpendLimit } from '#shared/contracts/spend-limits.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Table } from '../../../../ui/table.tsx';
import { home, may } from '../../../session/me.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';
import { ReadOnly } from '../parts/read-only.tsx';
import { LimitForm } from './limit-form.tsx';

/** From which amount two people must agree, and what launches may have on in a day, by currency. */
export function Spending() {
  const transport = useTransport();
  const { now, reload, set } = useLoad(`spending ${home().id}`, (signal) => transport.call(contracts.listSpendLimits, { signal }));
  const [editing, setEditing] = useState<string | null>(null);
  const rows = now.data?.limits ?? [];
  const write = may('organization:write');
  const add = (
    <Button look="primary" icon="plus" onClick={() => setEditing('new')} data-testid="limit-add">
      {t('spending.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('section.spending')} note={t('spending.note')}>
        {write && rows.length > 0 && add}
      </PageHead>
      <ReadOnly unless="organization:write" />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={3} />}
      {now.data !== null && rows.length === 0 && (
        <EmptyState icon="launch" title={t('spending.none')} text={t('spending.noneText')} action={write && add} />
      )}
      {rows.length > 0 && (
        <section class="card card-flush cards-narrow">
          <LimitTable rows={rows} {...(write ? { onEdit: (limit: SpendLimit) => setEditing(limit.currency) } : {})} />
        </section>
      )}
      {rows.some((row) => row.secondPersonAboveMinor !== null) && <p class="small soft settings-note">{t('spending.otherCurrencies')}</p>}
      {editing !== null && (
        <LimitForm
          limit={rows.find((row) => row.currency === editing) ?? null}
          currency={home().currency}
          onClose={() => setEditing(null)}
          onSaved={(limits) => {
            set({ limits });
            setEditing(null);
          }}
        />
      )}
    </>
  );
}

function LimitTable({ rows, onEdit }: { rows: SpendLimit[]; onEdit?: (limit: SpendLimit) => void }) {
  const amount = (minor: number | null, currency: string) => (minor === null ? t('spending.noRule') : fmt().money(minor, currency));
  return (
    <Table
      label={t('section.spending')}
      rows={rows}
      rowKey={(row) => row.currency}
      columns={[
        { id: 'currency', header: t('general.currency'), cell: (row) => <strong>{row.currency}</strong> },
        {
          id: 'second',
          header: t('spending.secondPerson'),
          align: 'end',
          cell: (row) => amount(row.secondPersonAboveMinor, row.currency),
        },
        { id: 'account', header: t('spending.account'), align: 'end', cell: (row) => amount(row.accountDailyMinor, row.currency) },
        { id: 'all', header: t('spending.organization'), align: 'end', cell: (row) => amount(row.organizationDailyMinor, row.currency) },
        {
          id: 'by',
          header: t('spending.changed'),
          grow: true,
          cell: (row) => (
            <span>
              <bdi>{row.updatedBy}</bdi> · <time dateTime={row.updatedAt}>{fmt().instant(row.updatedAt)}</time>
            </span>
          ),
        },
        ...(onEdit === undefined
          ? []
          : [
              {
                id: 'edit',
                header: t('members.change'),
                quiet: true,
                align: 'end' as const,
                cell: (row: SpendLimit) => (
                  <Button look="quiet" onClick={() => onEdit(row)} data-testid={`limit-edit-${row.currency}`}>
                    {t('members.change')}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}
