import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as contracts from '#shared/contracts/support.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Table } from '../../../ui/table.tsx';
import { FormDialog } from '../../form-dialog.tsx';
import { go } from '../../router.ts';
import { useProof } from '../../session/proof.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction, useLoad } from '../../use-load.ts';

type Grant = z.output<typeof contracts.listOpenSupport.response>['grants'][number];

/** Organizations that let support in right now, and the way in. */
export function OpenGrants() {
  const transport = useTransport();
  const { now, reload } = useLoad('open-grants', (signal) => transport.call(contracts.listOpenSupport, { signal }));
  const [entering, setEntering] = useState<Grant | null>(null);
  const grants = now.data?.grants ?? [];
  return (
    <section class="card card-flush cards-narrow" data-testid="open-grants">
      <div class="card-head">
        <div class="stack-1">
          <h2>{t('visits.title')}</h2>
          <p class="small soft">{t('visits.note')}</p>
        </div>
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={2} />}
      {now.data !== null && grants.length === 0 && <p class="settings-none">{t('visits.none')}</p>}
      {grants.length > 0 && (
        <Table<Grant>
          label={t('visits.title')}
          rows={grants}
          rowKey={(one) => one.id}
          columns={[
            { id: 'organization', header: t('visits.organization'), cell: (one) => <bdi class="strong">{one.organization}</bdi> },
            {
              id: 'reason',
              header: t('visits.reason'),
              grow: true,
              cell: (one) => (
                <span dir="auto" title={one.reason}>
                  {one.reason}
                </span>
              ),
            },
            { id: 'until', header: t('visits.until'), cell: (one) => fmt().instant(one.expiresAt) },
            {
              id: 'actions',
              header: t('table.actions'),
              quiet: true,
              align: 'end',
              // A visit is a session of its own, which only the web home can keep.
              cell: (one) =>
                location.protocol.startsWith('http') && (
                  <Button look="quiet" aria-label={t('visits.enterOf', { name: one.organization })} onClick={() => setEntering(one)}>
                    {t('visits.enter')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {entering !== null && <Enter grant={entering} onClose={() => setEntering(null)} />}
    </section>
  );
}

function Enter({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [reason, setReason] = useState('');
  const enter = useAction(async () => {
    await withProof(() =>
      transport.moveSession('visit', { params: { id: grant.id }, body: { organizationId: grant.organizationId, reason } }),
    );
    go('/');
  });
  return (
    <FormDialog
      title={t('visits.enterTitle', { name: grant.organization })}
      submit={t('visits.enter')}
      action={enter}
      safe={t('visits.notEntered')}
      onClose={onClose}
    >
      <p class="soft">{t('visits.effect')}</p>
      <TextField
        label={t('visits.why')}
        required
        minLength={3}
        maxLength={300}
        takesFocus
        value={reason}
        onText={setReason}
        hint={t('visits.whyHint')}
      />
    </FormDialog>
  );
}
