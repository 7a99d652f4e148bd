import { useEffect, useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import { nameWithoutToken } from '#shared/rules/client-token.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table } from '../../ui/table.tsx';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';
import { readAll, usePages, type Page } from '../use-pages.ts';
import { downloadText } from './download-text.ts';
import { ItemState } from './launch-state.tsx';
import { ReceiptDetails } from './receipt-details.tsx';
import { receiptsCsv } from './receipts-csv.ts';
import { ValidationChip } from './validation-chip.tsx';

const STATES = ['PLANNED', 'READY', 'SENDING', 'CREATED', 'VERIFIED', 'ACTIVE', 'REJECTED', 'HELD', 'CANCELLED', 'UNDONE'] as const;
const KINDS = ['campaign', 'ad_set', 'ad', 'creative', 'media'] as const;
const REFRESH_MS = 1500;

/** The permanent record of every object: what was asked, what was found, and what to do about a difference. */
export function Receipts({ launch }: { launch: LaunchSummary }) {
  const transport = useTransport();
  const [state, setState] = useState<(typeof STATES)[number] | ''>('');
  const [kind, setKind] = useState<(typeof KINDS)[number] | ''>('');
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
  const pages = usePages(`${launch.id} ${state} ${kind}`, ask);
  const version = JSON.stringify([launch.byState, launch.state]);
  useEffect(() => {
    const timer = setTimeout(pages.reload, REFRESH_MS);
    return () => clearTimeout(timer);
  }, [version]);
  return (
    <section class="card card-flush" data-testid="receipts">
      <div class="card-head">
        <h2>{t('receipts.title')}</h2>
        <div class="row-2">
          <select
            class="input select-small"
            aria-label={t('receipts.kind')}
            value={kind}
            onChange={(event) => setKind(KINDS.find((one) => one === event.currentTarget.value) ?? '')}
          >
            <option value="">{t('receipts.allKinds')}</option>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}`)}
              </option>
            ))}
          </select>
          <select
            class="input select-small"
            aria-label={t('receipts.state')}
            value={state}
            onChange={(event) => setState(STATES.find((one) => one === event.currentTarget.value) ?? '')}
          >
            <option value="">{t('receipts.allStates')}</option>
            {STATES.map((one) => (
              <option key={one} value={one}>
                {t(`itemState.${one}`)}
              </option>
            ))}
          </select>
          <ExportButtons launch={launch} all={() => readAll((cursor) => ask(cursor, false))} />
        </div>
      </div>
      {pages.state === 'failed' && <ProblemMessage error={pages.error} onRetry={pages.reload} />}
      {pages.rows.length === 0 && pages.state === 'loading' && <Skeleton rows={8} />}
      {pages.rows.length === 0 && pages.state === 'ready' && (
        <EmptyState icon="file" title={t('receipts.none')} text={t('receipts.noneText')} />
      )}
      {pages.rows.length > 0 && (
        <Table
          label={t('receipts.title')}
          rows={pages.rows}
          rowKey={(item) => item.id}
          details={(item) => <ReceiptDetails item={item} />}
          columns={[
            {
              id: 'name',
              header: t('receipts.object'),
              grow: true,
              sortBy: (item) => item.name,
              cell: (item) => <bdi title={item.name}>{nameWithoutToken(item.name)}</bdi>,
            },
            { id: 'kind', header: t('receipts.kind'), sortBy: (item) => KINDS.indexOf(item.kind), cell: (item) => t(`kind.${item.kind}`) },
            {
              id: 'state',
              header: t('receipts.state'),
              sortBy: (item) => STATES.indexOf(item.state),
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
          ]}
        />
      )}
      {pages.more !== null && (
        <div class="table-end">
          <Button look="quiet" onClick={pages.more}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  );
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
