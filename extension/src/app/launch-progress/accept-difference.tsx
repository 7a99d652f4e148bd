import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import { whyNotAcceptable } from '#shared/rules/budget-guard.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { FormDialog } from '../form-dialog.tsx';
import { may } from '../session/me.ts';
import { useProof } from '../session/proof.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';

/** Takes a row as it was built, with a reason; or says why that is not possible. */
export function AcceptDifference({ launch, item }: { launch: LaunchSummary; item: LaunchItem }) {
  const [asking, setAsking] = useState(false);
  if (launch.state !== 'needs_attention' && launch.state !== 'verified') return null;
  const why = item.drift.map(whyNotAcceptable).find((one) => one !== null);
  if (why !== undefined) return <p class="small soft">{t(`accept.never.${why}`)}</p>;
  if (!may('launches:approve')) return null;
  if (launch.approval.needsSecondPerson && launch.approval.you !== 'may') return <p class="small soft">{t('accept.secondPerson')}</p>;
  return (
    <div>
      <Button onClick={() => setAsking(true)} data-testid="accept-difference">
        {t('accept.do')}
      </Button>
      {asking && <Ask launch={launch} item={item} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Ask({ launch, item, onClose }: { launch: LaunchSummary; item: LaunchItem; onClose: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [reason, setReason] = useState('');
  const accept = useAction(async () => {
    const call = { params: { id: launch.id, itemId: item.id }, body: { drift: item.drift, reason: reason.trim() } };
    await withProof(() => transport.call(launches.acceptDifference, call));
    onClose();
  });
  return (
    <FormDialog
      title={t('accept.title')}
      submit={t('accept.do')}
      action={accept}
      safe={t('accept.nothing')}
      onClose={onClose}
      lacking={reason.trim().length < 3}
      data-testid="accept-submit"
    >
      <ul class="stack-1">
        {item.drift.map((one) => (
          <li key={one.field}>
            <code>{one.field}</code>: <bdi>{one.planned}</bdi> → <bdi class="strong">{one.found}</bdi>
          </li>
        ))}
      </ul>
      <p>{t('accept.effect')}</p>
      <TextField
        label={t('second.reason')}
        required
        takesFocus
        maxLength={500}
        value={reason}
        onText={setReason}
        hint={t('accept.reasonHint')}
        data-testid="accept-reason"
      />
    </FormDialog>
  );
}
