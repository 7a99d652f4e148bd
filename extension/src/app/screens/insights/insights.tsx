import { useState } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { t } from '../../../ui/i18n.ts';
import { PagedTable } from '../../paged-table.tsx';
import { basis, reportingDays } from '../../preferences.ts';
import { place } from '../../router.ts';
import { AccountPicker, DefinitionLine, WindowChips, WithAccount } from '../../shell/account-scope.tsx';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { usePages } from '../../use-pages.ts';
import { TotalFigures } from '../overview/total-figures.tsx';
import { Crumbs, levelOf, openBelow, parentOf } from './drill-down.tsx';
import { figureColumns, nameColumn, type FigureRow } from './figure-columns.tsx';

export function Insights() {
  return <WithAccount>{(account) => <AccountInsights key={account.id} account={account} />}</WithAccount>;
}

type Answer = ResponseOf<typeof metrics.listInsights>;

function AccountInsights({ account }: { account: AdAccount }) {
  const transport = useTransport();
  const [search, setSearch] = useState('');
  const [sent, setSent] = useState('');
  const { query } = place.value;
  const level = levelOf(query);
  const parent = parentOf(query);
  const days = reportingDays();
  const on = basis.value.value;
  const pages = usePages<FigureRow, Answer>(`${account.id} ${level} ${parent?.id} ${days} ${on} ${sent}`, (cursor) =>
    transport.call(metrics.listInsights, {
      query: {
        accountId: account.id,
        level,
        days,
        basis: on,
        pageSize: 100,
        ...(parent === null ? {} : { parentId: parent.id }),
        ...(sent === '' ? {} : { search: sent }),
        ...(cursor === undefined ? {} : { cursor }),
      },
    }),
  );
  const about = pages.last;
  const currency = about?.definition.currency ?? account.currency;
  return (
    <>
      <PageHead title={t('nav.insights')} note={about === null ? undefined : <DefinitionLine {...about} />}>
        <AccountPicker />
        <WindowChips />
      </PageHead>
      <div class="stack-4">
        {about !== null && <TotalFigures totals={about.totals} freshness={about.freshness} currency={currency} series={about.series} />}
        <section class="card card-flush">
          <div class="card-head">
            <Crumbs query={query} />
            <form
              role="search"
              onSubmit={(event) => {
                event.preventDefault();
                setSent(search.trim());
              }}
            >
              <input
                class="input select-small"
                type="search"
                aria-label={t('insights.search')}
                placeholder={t('insights.search')}
                value={search}
                onInput={(event) => {
                  setSearch(event.currentTarget.value);
                  if (event.currentTarget.value === '') setSent('');
                }}
              />
            </form>
          </div>
          <PagedTable
            pages={pages}
            label={t(`level.${level}s`)}
            rowKey={(row) => row.id}
            columns={[nameColumn(t(`level.${level}`)), ...figureColumns(pages.rows, currency)]}
            {...(level === 'ad'
              ? {}
              : {
                  onOpen: (row: FigureRow) => {
                    setSearch('');
                    setSent('');
                    openBelow(query, level, row);
                  },
                })}
            empty={
              <EmptyState
                icon="insights"
                title={t('insights.none')}
                text={sent === '' ? t('insights.noneText') : t('insights.noneFound', { query: sent })}
              />
            }
          />
        </section>
      </div>
    </>
  );
}
