import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.tsx';
import { t } from '../ui/i18n.ts';
import { ProblemMessage } from '../ui/problem-message.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Table, type TableProps } from '../ui/table.tsx';
import type { Pages } from './use-pages.ts';

type Props<Row> = Omit<TableProps<Row>, 'rows'> & {
  pages: Pages<Row>;
  /** What stands there when the whole list has no row. */
  empty: ComponentChildren;
  skeletonRows?: number;
};

/** A list read page by page, as a table: on its way, failed, empty, or its rows with the way to more of them. */
export function PagedTable<Row>({ pages, empty, skeletonRows = 10, ...table }: Props<Row>) {
  const { rows, state } = pages;
  return (
    <>
      {state === 'failed' && <ProblemMessage error={pages.error} onRetry={pages.reload} />}
      {rows.length === 0 && state === 'loading' && <Skeleton rows={skeletonRows} />}
      {rows.length === 0 && state === 'ready' && empty}
      {rows.length > 0 && <Table {...table} rows={rows} />}
      <MoreRows more={pages.more} />
    </>
  );
}

export function MoreRows({ more }: Pick<Pages<unknown>, 'more'>) {
  if (more === null) return null;
  return (
    <div class="table-end">
      <Button look="quiet" onClick={more}>
        {t('more')}
      </Button>
    </div>
  );
}
