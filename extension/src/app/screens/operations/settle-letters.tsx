import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as operations from '#shared/contracts/operations.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { toast } from '../../../ui/toast.tsx';
import { FormDialog } from '../../form-dialog.tsx';
import { useProof } from '../../session/proof.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction, useLoad } from '../../use-load.ts';

interface Props {
  /** One letter of the group; without it all of them. */
  letterId?: string;
  group: z.output<typeof operations.deadLetterGroup>;
  onClose: () => void;
  onDone: () => void;
}

/** Counts first, then sends: what is pressed is what was read. */
export function ReplayLetters({ group, letterId, onClose, onDone }: Props) {
  const transport = useTransport();
  const withProof = useProof();
  const which = letterId === undefined ? { fingerprint: group.fingerprint } : { id: letterId };
  const counted = useLoad(`replay ${letterId ?? group.fingerprint}`, () =>
    withProof(() => transport.call(operations.replayDeadLetters, { body: { ...which, dryRun: true } })),
  );
  const replay = useAction(async () => {
    const { count } = await withProof(() => transport.call(operations.replayDeadLetters, { body: which }));
    toast(t('letters.replayed', { count }));
    onDone();
  });
  const count = counted.now.data?.count ?? null;
  return (
    <Dialog
      title={t('letters.replayTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            busy={replay.busy}
            disabled={count === null || count === 0}
            onClick={replay.run}
            data-testid="letters-replay"
          >
            {t('letters.replay')}
          </Button>
        </>
      }
    >
      <div class="stack-3">
        <p class="soft">
          <code dir="ltr">{group.job}</code> · {group.cause}
        </p>
        {counted.now.state === 'failed' ? (
          <ProblemMessage error={counted.now.error} safe={t('letters.notReplayed')} onRetry={counted.reload} />
        ) : (
          <p aria-live="polite">{count === null ? t('letters.counting') : t('letters.replayCount', { count })}</p>
        )}
        {replay.error !== null && <ProblemMessage error={replay.error} safe={t('letters.notReplayed')} />}
      </div>
    </Dialog>
  );
}

/** Harmless needs a reason, which stays beside the letters. */
export function DismissLetters({ group, onClose, onDone }: Props) {
  const transport = useTransport();
  const withProof = useProof();
  const [why, setWhy] = useState('');
  const dismiss = useAction(async () => {
    const { count } = await withProof(() =>
      transport.call(operations.dismissDeadLetters, { body: { fingerprint: group.fingerprint, why } }),
    );
    toast(t('letters.dismissed', { count }));
    onDone();
  });
  return (
    <FormDialog
      title={t('letters.dismissTitle')}
      submit={t('letters.dismiss')}
      action={dismiss}
      safe={t('letters.notDismissed')}
      onClose={onClose}
    >
      <p class="soft">
        <code dir="ltr">{group.job}</code> · {group.cause}
      </p>
      <TextField label={t('letters.why')} required minLength={3} maxLength={300} takesFocus value={why} onText={setWhy} />
    </FormDialog>
  );
}
