import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as contracts from '#shared/contracts/support.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { home, may } from '../../../session/me.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ReadOnly } from '../parts/read-only.tsx';
import { GrantForm } from './grant-form.tsx';

type Grant = z.output<typeof contracts.supportGrant>;

/** When support was let in, why, and every visit it made. */
export function SupportAccess() {
  const transport = useTransport();
  const { now, reload } = useLoad(`support ${home().id}`, (signal) => transport.call(contracts.listSupport, { signal }));
  const [granting, setGranting] = useState(false);
  const [revoking, setRevoking] = useState<Grant | null>(null);
  const grants = now.data?.grants ?? [];
  const write = may('support:write');
  const grant = (
    <Button look="primary" onClick={() => setGranting(true)} data-testid="support-grant">
      {t('support.grant')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('section.support')} note={t('support.note')}>
        {write && grants.length > 0 && grant}
      </PageHead>
      <ReadOnly unless="support:write" />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={3} />}
      {now.data !== null && grants.length === 0 && (
        <EmptyState icon="search" title={t('support.none')} text={t('support.noneText')} action={write && grant} />
      )}
      <div class="stack-4">
        {grants.map((one) => (
          <GrantCard key={one.id} grant={one} onRevoke={() => setRevoking(one)} />
        ))}
      </div>
      {granting && (
        <GrantForm
          onClose={() => setGranting(false)}
          onGranted={() => {
            setGranting(false);
            reload();
          }}
        />
      )}
      {revoking !== null && (
        <Confirm
          title={t('support.revokeTitle')}
          effect={t('support.revokeEffect')}
          submit={t('support.revoke')}
          safe={t('support.asItWas')}
          onClose={() => setRevoking(null)}
          run={async () => {
            await transport.call(contracts.revokeSupport, { params: { id: revoking.id } });
            toast(t('support.revokedNow'));
            setRevoking(null);
            reload();
          }}
        />
      )}
    </>
  );
}

function GrantCard({ grant, onRevoke }: { grant: Grant; onRevoke: () => void }) {
  const isOpen = grant.revokedAt === null && Date.parse(grant.expiresAt) > Date.now();
  return (
    <section class="card stack-2">
      <div class="row-2 spread">
        <h2 dir="auto">{grant.reason}</h2>
        {isOpen ? (
          <Chip tone="accent" icon="info">
            {t('support.open', { until: fmt().instant(grant.expiresAt) })}
          </Chip>
        ) : (
          <Chip icon="close">
            {grant.revokedAt === null
              ? t('support.ended', { at: fmt().instant(grant.expiresAt) })
              : t('support.revoked', { at: fmt().instant(grant.revokedAt) })}
          </Chip>
        )}
      </div>
      <p class="small faint">
        {t('support.by', { name: grant.grantedBy })}
        {' · '}
        {grant.visits.length === 0 ? t('support.noVisits') : t('support.visits', { count: grant.visits.length })}
      </p>
      {grant.visits.length > 0 && (
        <ul class="stack-1">
          {grant.visits.map((visit) => (
            <li key={visit.at} class="small">
              {t('support.visit', { name: visit.name, at: fmt().instant(visit.at), reason: visit.reason })}{' '}
              <span class="faint">
                ({visit.endedAt === null ? t('support.stillThere') : t('support.until', { at: fmt().instant(visit.endedAt) })})
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && may('support:write') && (
        <div>
          <Button look="danger" onClick={onRevoke}>
            {t('support.revoke')}
          </Button>
        </div>
      )}
    </section>
  );
}
