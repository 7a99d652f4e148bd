import type { Figure } from '#shared/contracts/metrics.ts';
import { t } from '../../../ui/i18n.ts';
import { Count, Money } from '../../../ui/money.tsx';
import { RoasCell, roasScale } from '../../../ui/roas-cell.tsx';
import type { Column } from '../../../ui/table.tsx';
import { home } from '../../session/me.ts';

export interface FigureRow {
  id: string;
  name: string;
  status: string;
  figure: Figure;
}

/** The same columns on every level. ROAS with too few orders sorts last: it must not lead a ranking. */
export function figureColumns(rows: readonly FigureRow[], currency: string): Column<FigureRow>[] {
  const targetMilli = home().targetRoasMilli;
  const context = {
    currency,
    scaleMilli: roasScale(
      rows.map((row) => row.figure),
      targetMilli,
    ),
    targetMilli,
  };
  const amount = (id: string, header: string, of: (figure: Figure) => number | null): Column<FigureRow> => ({
    id,
    header,
    align: 'end',
    sortBy: (row) => of(row.figure),
    cell: (row) => <Money minor={of(row.figure)} currency={currency} />,
  });
  const count = (id: string, header: string, of: (figure: Figure) => number | null): Column<FigureRow> => ({
    id,
    header,
    align: 'end',
    sortBy: (row) => of(row.figure),
    cell: (row) => <Count value={of(row.figure)} />,
  });
  return [
    amount('spend', t('figure.spend'), (figure) => figure.spendMinor),
    amount('revenue', t('figure.revenue'), (figure) => figure.revenueMinor),
    {
      id: 'roas',
      header: t('figure.roas'),
      title: t('roas.columnTitle'),
      align: 'end',
      sortBy: (row) => (row.figure.tooFew || row.figure.roas === null ? null : row.figure.roas.point),
      cell: (row) => <RoasCell figure={row.figure} context={context} />,
    },
    count('orders', t('figure.orders'), (figure) => figure.orders),
    count('leads', t('figure.leads'), (figure) => figure.leads),
    amount('cpl', t('figure.costPerLead'), (figure) => figure.costPerLeadMinor),
    count('impressions', t('figure.impressions'), (figure) => figure.impressions),
    count('clicks', t('figure.clicks'), (figure) => figure.clicks),
  ];
}

export function nameColumn(header: string): Column<FigureRow> {
  return {
    id: 'name',
    header,
    grow: true,
    sortBy: (row) => row.name,
    cell: (row) => (
      <span class="row-2" style={{ flexWrap: 'nowrap' }}>
        <span
          class={`dot dot-${row.status.toLowerCase() === 'active' ? 'on' : 'off'}`}
          title={row.status}
          role="img"
          aria-label={row.status}
        />
        <bdi class="clip" title={row.name}>
          {row.name}
        </bdi>
      </span>
    ),
  };
}
