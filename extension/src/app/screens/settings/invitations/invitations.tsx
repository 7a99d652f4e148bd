import { useState } from 'preact/hooks';
import * as members from '#shared/contracts/members.ts';
import type { Invitation } from '#shared/contracts/members.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip, type Tone } from '../../../../ui/chip.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import type { IconName } from '../../../../ui/icon.tsx';
import { describe, ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Table } from '../../../../ui/table.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { home, may } from '../../../session/me.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useAction, useLoad } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ReadOnly } from '../parts/read-only.tsx';
import { Invite } from './invite.tsx';

const LOOKS: Record<Invitation['state'], { tone: Tone; icon: IconName }> = {
  open: { tone: 'accent', icon: 'refresh' },
  expired: { tone: 'fair', icon: 'warning' },
  accepted: { tone: 'good', icon: 'check' },
  revoked: { tone: 'neutral', icon: 'close' },
};

/** Who was asked to come, and what became of it. */
export function Invitations() {
  const transport = useTransport();
  const { now, reload } = useLoad(`invitations ${home().id}`, (signal) => transport.call(members.listInvitations, { signal }));
  const [inviting, setInviting] = useState(false);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const write = may('members:write');
  const rows = now.data?.invitations ?? [];
  const ask = (
    <Button look="primary" icon="plus" onClick={() => setInviting(true)} data-testid="invite">
      {t('invitations.invite')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('section.invitations')} note={t('invitations.note')}>
        {write && rows.length > 0 && ask}
      </PageHead>
      <ReadOnly unless="members:write" />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={4} />}
      {now.data !== null && rows.length === 0 && (
        <EmptyState icon="leads" title={t('invitations.none')} text={t('invitations.noneText')} action={write && ask} />
      )}
      {rows.length > 0 && (
        <section class="card card-flush cards-narrow">
          <InvitationTable rows={rows} onChanged={reload} onRevoke={setRevoking} />
        </section>
      )}
      {inviting && (
        <Invite
          onClose={() => setInviting(false)}
          onSent={() => {
            setInviting(false);
            reload();
          }}
        />
      )}
      {revoking !== null && (
        <Confirm
          title={t('invitations.revokeTitle', { email: revoking.email })}
          effect={t('invitations.revokeEffect')}
          submit={t('invitations.revoke')}
          safe={t('invitations.stillOpen')}
          onClose={() => setRevoking(null)}
          run={async () => {
            await transport.call(members.revokeInvitation, { params: { id: revoking.id } });
            toast(t('invitations.revoked', { email: revoking.email }));
            setRevoking(null);
            reload();
          }}
        />
      )}
    </>
  );
}

function InvitationTable({
  rows,
  onChanged,
  onRevoke,
}: {
  rows: readonly Invitation[];
  onChanged: () => void;
  onRevoke: (invitation: Invitation) => void;
}) {
  return (
    <Table
      label={t('section.invitations')}
      rows={rows}
      rowKey={(one) => one.id}
      columns={[
        {
          id: 'email',
          header: t('invitations.to'),
          grow: true,
          sortBy: (one) => one.email,
          cell: (one) => (
            <span class="cell-name">
              <bdi class="strong">{one.email}</bdi>
              <span class="faint">
                {t(`role.${one.role}`)}
                {one.client !== null && (
                  <>
                    {' · '}
                    <bdi>{one.client.name}</bdi>
                  </>
                )}
              </span>
            </span>
          ),
        },
        {
          id: 'state',
          header: t('invitations.state'),
          sortBy: (one) => one.state,
          cell: (one) => (
            <Chip tone={LOOKS[one.state].tone} icon={LOOKS[one.state].icon}>
              {t(`invitation.${one.state}`)}
            </Chip>
          ),
        },
        {
          id: 'expires',
          header: t('invitations.expires'),
          sortBy: (one) => one.expiresAt,
          cell: (one) => (one.state === 'open' ? fmt().instant(one.expiresAt) : '—'),
        },
        { id: 'by', header: t('invitations.by'), sortBy: (one) => one.invitedBy, cell: (one) => <bdi>{one.invitedBy}</bdi> },
        {
          id: 'actions',
          header: t('table.actions'),
          quiet: true,
          align: 'end',
          cell: (one) =>
            may('members:write') &&
            (one.state === 'open' || one.state === 'expired') && (
              <span class="row-1 cell-buttons">
                <Resend invitation={one} onSent={onChanged} />
                <Button look="quiet" aria-label={t('invitations.revokeOf', { email: one.email })} onClick={() => onRevoke(one)}>
                  {t('invitations.revoke')}
                </Button>
              </span>
            ),
        },
      ]}
    />
  );
}

function Resend({ invitation, onSent }: { invitation: Invitation; onSent: () => void }) {
  const transport = useTransport();
  const resend = useAction(async () => {
    await transport.call(members.resendInvitation, { params: { id: invitation.id } });
    toast(t('invitations.sent', { email: invitation.email }));
    onSent();
  });
  return (
    <>
      {resend.error !== null && (
        <span class="field-error" role="alert">
          {describe(resend.error).what}
        </span>
      )}
      <Button look="quiet" busy={resend.busy} aria-label={t('invitations.resendOf', { email: invitation.email })} onClick={resend.run}>
        {t('invitations.resend')}
      </Button>
    </>
  );
}
