import type { Preview } from '#shared/contracts/launches.ts';
import { nameWithoutToken } from '#shared/rules/client-token.ts';
import { t } from '../../ui/i18n.ts';
import { Table } from '../../ui/table.tsx';
import type { Sample } from './planner/plan-outline.ts';

/** Names and links as they will be sent: the service's own when it has answered, else ours. */
export function Samples({ own, server }: { own: readonly Sample[]; server: Preview | null }) {
  const rows: readonly Sample[] = server?.samples ?? own;
  return (
    <div class="card card-flush">
      <Table
        label={t('review.names')}
        rows={rows}
        rowKey={(row) => row.itemPath}
        columns={[
          { id: 'kind', header: t('receipts.kind'), cell: (row) => t(`kind.${row.kind}`) },
          { id: 'name', header: t('samples.name'), cell: (row) => <bdi title={row.name}>{nameWithoutToken(row.name)}</bdi> },
          {
            id: 'link',
            header: t('samples.link'),
            grow: true,
            cell: (row) =>
              row.link === null ? (
                <span class="faint">—</span>
              ) : (
                <bdi dir="ltr" title={row.link}>
                  {row.link}
                </bdi>
              ),
          },
        ]}
      />
    </div>
  );
}
