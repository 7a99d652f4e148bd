import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import { nameWithoutToken } from '#shared/rules/client-token.ts';
import { ITEM_STATES } from '#shared/rules/launch-states.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SmallSelect } from '../../ui/field.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import type { Column } from '../../ui/table.tsx';
import { PagedTable } from '../paged-table.tsx';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';
import { readAll, usePages, type Page } from '../use-pages.ts';
import { downloadText } from './download-text.ts';
import { ITEM_KINDS } from './launch-counts.ts';
import { ItemState } from './launch-state.tsx';
import { ReceiptDetails } from './receipt-details.tsx';
import { receiptsCsv } from './receipts-csv.ts';
import { useThrottled } from './use-throttled.ts';
import { ValidationChip } from './validation-chip.tsx';

const REFRESH_MS = 1500;

/** The permanent record of every object: what was asked, what was found, and what to do about a difference. */
export function Receipts({ launch }: { launch: LaunchSummary }) {
  const transport = useTransport();
  const [state, setState] = useState<LaunchItem['state'] | ''>('');
  const [kind, setKind] = useState<LaunchItem['kind'] | ''>('');
  const ask = async (cursor: string | undefined, filtered = true): Promise<Page<LaunchItem>> => {
    const answer = await transport.call(launches.listLaunchItems, {
      params: { id: launch.id },
      query: {
        pageSize: 100,
        ...(filtered && state !== '' ? { state } : {}),
        ...(filtered && kind !== '' ? { kind } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      },
    });
    return { rows: answer.items, nextCursor: answer.nextCursor };
  };
  const pages = usePages<LaunchItem>(`${launch.id} ${state} ${kind}`, ask);
  const version = JSON.stringify([launch.byState, launch.state]);
  useThrottled({ version, everyMs: REFRESH_MS, busy: pages.state === 'loading', work: pages.reload });
  return (
    <section class="card card-flush" data-testid="receipts">
      <div class="card-head">
        <h2>{t('receipts.title')}</h2>
        <div class="row-2">
          <SmallSelect
            label={t('receipts.kind')}
            value={kind}
            onPick={setKind}
            options={[{ value: '', label: t('receipts.allKinds') }, ...ITEM_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))]}
          />
          <SmallSelect
            label={t('receipts.state')}
            value={state}
            onPick={setState}
            options={[
              { value: '', label: t('receipts.allStates') },
              ...ITEM_STATES.map((one) => ({ value: one, label: t(`itemState.${one}`) })),
            ]}
          />
          <ExportButtons launch={launch} all={() => readAll((cursor) => ask(cursor, false))} />
        </div>
      </div>
      <PagedTable
        pages={pages}
        label={t('receipts.title')}
        rowKey={(item) => item.id}
        details={(item) => <ReceiptDetails launch={launch} item={item} />}
        columns={receiptColumns()}
        skeletonRows={8}
        empty={<EmptyState icon="file" title={t('receipts.none')} text={t('receipts.noneText')} />}
      />
    </section>
  );
}

function receiptColumns(): Column<LaunchItem>[] {
  return [
    {
      id: 'name',
      header: t('receipts.object'),
      grow: true,
      sortBy: (item) => item.name,
      cell: (item) => <bdi title={item.name}>{nameWithoutToken(item.name)}</bdi>,
    },
    {
      id: 'kind',
      header: t('receipts.kind'),
      sortBy: (item) => ITEM_KINDS.indexOf(item.kind),
      cell: (item) => t(`kind.${item.kind}`),
    },
    {
      id: 'state',
      header: t('receipts.state'),
      sortBy: (item) => ITEM_STATES.indexOf(item.state),
      cell: (item) => (
        <span class="row-1" style={{ flexWrap: 'nowrap' }}>
          <ItemState state={item.state} />
          {item.drift.length > 0 && (
            <Chip tone="fair" icon="warning">
              {t('receipts.drift', { count: item.drift.length })}
            </Chip>
          )}
        </span>
      ),
    },
    { id: 'check', header: t('receipts.check'), cell: (item) => <ValidationChip validation={item.validation} /> },
    {
      id: 'attempts',
      header: t('receipts.attempts'),
      align: 'end',
      sortBy: (item) => item.attempts.length,
      cell: (item) => fmt().number(item.attempts.length),
    },
    { id: 'id', header: t('receipts.externalId'), cell: (item) => <bdi class="faint">{item.externalId ?? '—'}</bdi> },
  ];
}

function ExportButtons({ launch, all }: { launch: LaunchSummary; all: () => Promise<LaunchItem[]> }) {
  const csv = useAction(async () => downloadText(`${launch.id}-receipts.csv`, 'text/csv', receiptsCsv(await all())));
  const json = useAction(async () =>
    downloadText(`${launch.id}-receipts.json`, 'application/json', JSON.stringify({ launch, items: await all() }, null, 2)),
  );
  return (
    <>
      <Button look="quiet" icon="download" busy={csv.busy} onClick={csv.run}>
        CSV
      </Button>
      <Button look="quiet" icon="download" busy={json.busy} onClick={json.run}>
        JSON
      </Button>
      {(csv.error ?? json.error) !== null && <ProblemMessage error={csv.error ?? json.error} />}
    </>
  );
}
