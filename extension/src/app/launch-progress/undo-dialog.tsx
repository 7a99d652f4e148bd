import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchSummary, UndoPreview } from '#shared/contracts/launches.ts';
import { nameWithoutToken } from '#shared/rules/client-token.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Lines } from '../../ui/explain.tsx';
import { CheckField } from '../../ui/field.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useProof } from '../session/proof.ts';
import { useTransport } from '../transport-context.ts';
import { useAction, useLoad } from '../use-load.ts';
import { ChangeTable } from './change-table.tsx';

type Props = { launch: LaunchSummary; onClose: () => void; onChanged: (launch: LaunchSummary) => void };
const LEVELS = ['campaign', 'ad_set', 'ad', 'creative'] as const;

/** The exact effect of an undo, looked up at the platform now, above the button that does it. */
export function UndoDialog({ launch, onClose, onChanged }: Props) {
  const transport = useTransport();
  const withProof = useProof();
  const [sure, setSure] = useState(false);
  const { now, reload } = useLoad(`undo ${launch.id}`, (signal) =>
    transport.call(launches.previewUndo, { params: { id: launch.id }, signal }),
  );
  const undo = useAction(async () => {
    onChanged(await withProof(() => transport.call(launches.undoLaunch, { params: { id: launch.id } })));
    onClose();
  });
  const preview = now.data;
  return (
    <Dialog
      title={t('undo.title', { name: launch.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('undo.keepIt')}</Button>
          <Button look="danger" disabled={!sure || preview === null} busy={undo.busy} onClick={undo.run} data-testid="undo-confirm">
            {t('undo.do')}
          </Button>
        </>
      }
    >
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {preview === null ? (
        now.state !== 'failed' && <Skeleton rows={5} />
      ) : (
        <div class="stack-3" data-testid="undo-effect">
          <UndoEffect launch={launch} preview={preview} />
          <CheckField
            label={t(preview.changed.length + preview.unread > 0 ? 'undo.sureUpTo' : 'undo.sure', {
              objects: t('objects', { count: totalOf(preview) }),
              account: launch.accountName,
            })}
            checked={sure}
            onCheck={setSure}
            data-testid="undo-sure"
          />
        </div>
      )}
      {undo.error !== null && <ProblemMessage error={undo.error} safe={t('undo.nothingDone')} />}
    </Dialog>
  );
}

const totalOf = ({ counts }: UndoPreview): number => counts.campaign + counts.ad_set + counts.ad + counts.creative;

function UndoEffect({ launch, preview }: { launch: LaunchSummary; preview: UndoPreview }) {
  const { counts, changed, gone, unread, mediaStay, leaves, currency, spentMinor } = preview;
  const ways = (['archived', 'deleted', 'renamed'] as const).flatMap((way) => {
    const levels = LEVELS.filter((level) => preview.ways[level] === way && counts[level] > 0);
    const words = levels.map((level) => t(`count.${level}`, { count: counts[level] })).join(', ');
    return levels.length === 0 ? [] : [[t(`undo.way.${way}`), words] as const];
  });
  const stays = [...(mediaStay > 0 ? [t('count.media', { count: mediaStay })] : []), ...leaves.map((one) => t(`undo.leaves.${one}`))];
  return (
    <>
      <p>{t(preview.isOn ? 'undo.pausesFirst' : 'undo.isPaused')}</p>
      <div class="effect">
        <Lines
          lines={[
            [t('effect.account'), <bdi key="account">{`${launch.accountName} · ${launch.accountExternalId}`}</bdi>],
            ...ways,
            ...(gone > 0 ? [[t('undo.gone'), t('objects', { count: gone })] as const] : []),
            ...(stays.length > 0 ? [[t('undo.stays'), stays.join(', ')] as const] : []),
            [t('undo.spent'), fmt().money(spentMinor, currency)],
          ]}
        />
      </div>
      {preview.cannotComeBack.length > 0 && (
        <div class="stack-1">
          <h3>{t('undo.notBack')}</h3>
          <ul class="stack-1 small">
            {preview.cannotComeBack.map((one) => (
              <li key={one}>{t(`undo.notBack.${one}`)}</li>
            ))}
          </ul>
        </div>
      )}
      {unread > 0 && <p class="small faint">{t('undo.unread', { count: unread })}</p>}
      {changed.length > 0 && (
        <div class="stack-1" data-testid="undo-changed">
          <h3>{t('undo.changed', { count: changed.length })}</h3>
          <p class="small soft">{t('undo.changedNote')}</p>
          {changed.map((one) => (
            <details key={one.itemId} class="disclosure">
              <summary>
                {t(`kind.${one.kind}`)} <bdi>{nameWithoutToken(one.name)}</bdi>
              </summary>
              <ChangeTable changes={one.changes} />
            </details>
          ))}
        </div>
      )}
    </>
  );
}
