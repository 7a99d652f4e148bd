import { useState } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import * as metrics from '#shared/contracts/metrics.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { t } from '../../../ui/i18n.ts';
import { PagedTable } from '../../paged-table.tsx';
import { basis, windowDays } from '../../preferences.ts';
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

type Answer = Awaited<ReturnType<typeof ask>>;
function ask(
  transport: ReturnType<typeof useTransport>,
  query: Parameters<typeof transport.call<typeof metrics.listInsights>>[1]['query'],
) {
  return transport.call(metrics.listInsights, { query });
}

function AccountInsights({ account }: { account: AdAccount }) {
  const transport = useTransport();
  const [search, setSearch] = useState('');
  const [sent, setSent] = useState('');
  const [about, setAbout] = useState<Answer | null>(null);
  const { query } = place.value;
  const level = levelOf(query);
  const parent = parentOf(query);
  const days = Number(windowDays.value.value) as 28;
  const on = basis.value.value;
  const pages = usePages<FigureRow>(`${account.id} ${level} ${parent?.id} ${days} ${on} ${sent}`, async (cursor) => {
    const answer = await ask(transport, {
      accountId: account.id,
      level,
      days,
      basis: on,
      pageSize: 100,
      ...(parent === null ? {} : { parentId: parent.id }),
      ...(sent === '' ? {} : { search: sent }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    setAbout(answer);
    return { rows: answer.rows, nextCursor: answer.nextCursor };
  });
  const currency = about?.definition.currency ?? account.currency;
  return (
    <>
      <PageHead title={t('nav.insights')} note={about === null ? undefined : <DefinitionLine {...about} />}>
        <AccountPicker />
        <WindowChips />
      </PageHead>
      <div class="stack-4">
        {about !== null && <TotalFigures totals={about.totals} currency={currency} series={about.series} />}
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
