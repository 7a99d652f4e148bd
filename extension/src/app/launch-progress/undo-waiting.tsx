import * as launches from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import { nameWithoutToken } from '#shared/rules/client-token.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { may } from '../session/me.ts';
import { useProof } from '../session/proof.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';
import { MoreRows } from '../paged-table.tsx';
import { usePages } from '../use-pages.ts';
import { ChangeTable } from './change-table.tsx';

type Props = { launch: LaunchSummary; onChanged: (launch: LaunchSummary) => void };

/** What an undo waits for: objects that were changed since, each with its own question, and those the platform keeps. */
export function UndoWaiting({ launch, onChanged }: Props) {
  const { undo } = launch;
  if (undo === null || undo.changed + undo.refused === 0) return null;
  return (
    <div class="stack-4" data-testid="undo-waiting">
      {undo.changed > 0 && <Waiting key={`changed ${undo.changed}`} launch={launch} why="changed" onChanged={onChanged} />}
      {undo.refused > 0 && <Waiting key={`refused ${undo.refused}`} launch={launch} why="refused" onChanged={onChanged} />}
    </div>
  );
}

function Waiting({ launch, why, onChanged }: Props & { why: 'changed' | 'refused' }) {
  const transport = useTransport();
  const pages = usePages<LaunchItem>(`${launch.id} ${why} ${launch.state} ${JSON.stringify(launch.undo)}`, async (cursor) => {
    const { items, nextCursor } = await transport.call(launches.listLaunchItems, {
      params: { id: launch.id },
      query: { pageSize: 20, undo: why, ...(cursor === undefined ? {} : { cursor }) },
    });
    return { rows: items, nextCursor };
  });
  return (
    <section class="stack-2">
      <h3>{t(why === 'changed' ? 'undo.changed' : 'undo.kept', { count: launch.undo?.[why] ?? 0 })}</h3>
      <p class="small soft">{t(why === 'changed' ? 'undo.changedNote' : 'undo.keptNote')}</p>
      {pages.state === 'failed' && <ProblemMessage error={pages.error} onRetry={pages.reload} />}
      <ul class="stack-3">
        {pages.rows.map((item) => (
          <li key={item.id}>{why === 'changed' ? <Changed launch={launch} item={item} onChanged={onChanged} /> : <Kept item={item} />}</li>
        ))}
      </ul>
      <MoreRows more={pages.more} />
    </section>
  );
}

/** One changed object: what is different, and the question whether it goes all the same. The answer holds for what is shown. */
function Changed({ launch, item, onChanged }: Props & { item: LaunchItem }) {
  const transport = useTransport();
  const withProof = useProof();
  const hash = item.undo?.changesHash ?? '';
  const confirm = useAction(async () =>
    onChanged(
      await withProof(() =>
        transport.call(launches.confirmUndo, { params: { id: launch.id, itemId: item.id }, body: { changesHash: hash } }),
      ),
    ),
  );
  return (
    <div class="stack-2">
      <Name item={item} />
      <ChangeTable changes={item.undo?.changes ?? []} />
      {confirm.error !== null && <ProblemMessage error={confirm.error} safe={t('undo.nothingDone')} />}
      {may('launches:undo') && (
        <div class="row-2">
          <Button look="danger" busy={confirm.busy} onClick={confirm.run} data-testid="undo-one">
            {t('undo.one', { name: nameWithoutToken(item.name) })}
          </Button>
        </div>
      )}
    </div>
  );
}

function Kept({ item }: { item: LaunchItem }) {
  return (
    <div class="stack-1">
      <Name item={item} />
      <p class="small" dir="auto">
        {item.undo?.error?.message} {item.undo?.error?.fix}
      </p>
    </div>
  );
}

function Name({ item }: { item: LaunchItem }) {
  return (
    <p class="row-2">
      <span class="faint">{t(`kind.${item.kind}`)}</span>
      <bdi class="strong">{nameWithoutToken(item.name)}</bdi>
      {item.managerUrl !== null && (
        <a href={item.managerUrl} target="_blank" rel="noreferrer">
          {t('receipts.openManager')} <Icon name="external" size={12} />
        </a>
      )}
    </p>
  );
}
