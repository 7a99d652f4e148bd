import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/clients.ts';
import type { Client } from '#shared/contracts/clients.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Table } from '../../../../ui/table.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { home, may } from '../../../session/me.ts';
import { Logo } from '../../../shell/logo.tsx';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ReadOnly } from '../parts/read-only.tsx';
import { ClientForm } from './client-form.tsx';

/** An agency's clients: whose ad accounts these are, and how many people look at them. */
export function Clients() {
  const transport = useTransport();
  const { now, reload } = useLoad(`clients ${home().id}`, (signal) => transport.call(contracts.listClients, { signal }));
  const [editing, setEditing] = useState<string | null>(null);
  const [archiving, setArchiving] = useState<Client | null>(null);
  const rows = now.data?.clients ?? [];
  const write = may('clients:write');
  const add = (
    <Button look="primary" icon="plus" onClick={() => setEditing('new')} data-testid="client-add">
      {t('clients.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('section.clients')} note={t('clients.note')}>
        {write && rows.length > 0 && add}
      </PageHead>
      <ReadOnly unless="clients:write" />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={4} />}
      {now.data !== null && rows.length === 0 && (
        <EmptyState icon="leads" title={t('clients.none')} text={t('clients.noneText')} action={write && add} />
      )}
      {rows.length > 0 && (
        <section class="card card-flush cards-narrow">
          <ClientTable rows={rows} onEdit={(client) => setEditing(client.id)} />
        </section>
      )}
      {editing !== null && (
        <ClientForm
          client={rows.find((one) => one.id === editing) ?? null}
          others={rows}
          onClose={() => setEditing(null)}
          onLogo={reload}
          onArchive={(client) => {
            setEditing(null);
            setArchiving(client);
          }}
          onSaved={() => {
            setEditing(null);
            reload();
          }}
        />
      )}
      {archiving !== null && (
        <Confirm
          title={t('clients.archiveTitle', { name: archiving.name })}
          effect={t('clients.archiveEffect')}
          submit={t('clients.archive')}
          safe={t('clients.asItWas')}
          onClose={() => setArchiving(null)}
          run={async () => {
            await transport.call(contracts.updateClient, { params: { id: archiving.id }, body: { archived: true } });
            toast(t('clients.archivedNow', { name: archiving.name }));
            setArchiving(null);
            reload();
          }}
        />
      )}
    </>
  );
}

function ClientTable({ rows, onEdit }: { rows: readonly Client[]; onEdit: (client: Client) => void }) {
  return (
    <Table
      label={t('section.clients')}
      rows={rows}
      rowKey={(one) => one.id}
      columns={[
        {
          id: 'name',
          header: t('clients.name'),
          grow: true,
          sortBy: (one) => one.name,
          cell: (one) => (
            <span class="row-2">
              <Logo path={one.logo} name={one.name} colour={one.colour} />
              <bdi class="strong">{one.name}</bdi>
              {one.archivedAt !== null && <Chip icon="pause">{t('clients.archived')}</Chip>}
            </span>
          ),
        },
        {
          id: 'accounts',
          header: t('clients.accounts'),
          sortBy: (one) => one.accountIds.length,
          cell: (one) => t('clients.accountCount', { count: one.accountIds.length }),
        },
        {
          id: 'people',
          header: t('section.members'),
          sortBy: (one) => one.people,
          cell: (one) => t('clients.people', { count: one.people }),
        },
        {
          id: 'actions',
          header: t('table.actions'),
          quiet: true,
          align: 'end',
          cell: (one) =>
            may('clients:write') && (
              <Button look="quiet" aria-label={t('clients.edit', { name: one.name })} onClick={() => onEdit(one)}>
                {t('members.change')}
              </Button>
            ),
        },
      ]}
    />
  );
}
