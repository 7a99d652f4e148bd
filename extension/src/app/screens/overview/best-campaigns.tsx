import type { Figure } from '#shared/contracts/metrics.ts';
import { t } from '../../../ui/i18n.ts';
import { Table } from '../../../ui/table.tsx';
import { href } from '../../router.ts';
import { figureColumns, nameColumn, type FigureRow } from '../insights/figure-columns.tsx';

/** Where the money goes: campaigns by spend. */
export function BestCampaigns({ rows, currency }: { rows: readonly (FigureRow & { figure: Figure })[]; currency: string }) {
  if (rows.length === 0) return null;
  return (
    <section class="card card-flush">
      <div class="card-head">
        <h2>{t('overview.campaigns')}</h2>
        <a class="small" href={href('/insights')}>
          {t('overview.allCampaigns')}
        </a>
      </div>
      <Table
        label={t('overview.campaigns')}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          nameColumn(t('level.campaign')),
          ...figureColumns(rows, currency).filter((column) => ['spend', 'revenue', 'roas', 'leads'].includes(column.id)),
        ]}
      />
    </section>
  );
}
