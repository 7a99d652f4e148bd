import * as contracts from '#shared/contracts/connections.ts';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { Button } from '../../../ui/button.tsx';
import { fmt, refusalOf, t } from '../../../ui/i18n.ts';
import { describe } from '../../../ui/problem-message.tsx';
import { Table } from '../../../ui/table.tsx';
import { toast } from '../../../ui/toast.tsx';
import { adAccounts } from '../../accounts.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

/** Every ad account we may read, and how old our reading is. */
export function AdAccounts() {
  const rows = adAccounts.value ?? [];
  if (rows.length === 0) return null;
  return (
    <section class="card card-flush cards-narrow">
      <div class="card-head">
        <h2>{t('accounts.title')}</h2>
      </div>
      <Table
        label={t('accounts.title')}
        rows={rows}
        rowKey={(account) => account.id}
        columns={[
          {
            id: 'name',
            header: t('accounts.name'),
            grow: true,
            sortBy: (account) => account.name,
            cell: (account) => (
              <span class="row-2">
                <bdi class="clip">{account.name}</bdi>
                <bdi class="faint">{account.externalId}</bdi>
              </span>
            ),
          },
          { id: 'currency', header: t('accounts.currency'), cell: (account) => account.currency },
          { id: 'timezone', header: t('accounts.timezone'), cell: (account) => account.timezone },
          {
            id: 'synced',
            header: t('accounts.read'),
            sortBy: (account) => account.insightsSyncedAt,
            cell: (account) =>
              account.insightsError === null ? (
                fmt().ago(account.insightsSyncedAt, Date.now())
              ) : (
                <span class="field-error" title={account.insightsError}>
                  {refusalOf({ reason: undefined, said: account.insightsError }) ??
                    t(account.connectionStatus === 'active' ? 'accounts.unread' : 'connections.noAccess')}
                </span>
              ),
          },
          { id: 'sync', header: t('table.actions'), quiet: true, align: 'end', cell: (account) => <SyncButton account={account} /> },
        ]}
      />
    </section>
  );
}

function SyncButton({ account }: { account: AdAccount }) {
  const transport = useTransport();
  const sync = useAction(async () => {
    await transport.call(contracts.syncAdAccount, { params: { id: account.id } });
    toast(t('accounts.syncing', { name: account.name }));
  });
  return (
    <span class="row-1 cell-buttons">
      {sync.error !== null && (
        <span class="field-error" role="alert">
          {describe(sync.error).what}
        </span>
      )}
      <Button look="quiet" icon="refresh" busy={sync.busy} onClick={sync.run}>
        {t('accounts.sync')}
      </Button>
    </span>
  );
}
