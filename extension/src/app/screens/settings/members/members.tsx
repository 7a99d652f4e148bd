import { useState } from 'preact/hooks';
import * as identity from '#shared/contracts/identity.ts';
import * as organizations from '#shared/contracts/organizations.ts';
import * as members from '#shared/contracts/members.ts';
import type { Member } from '#shared/contracts/members.ts';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Table } from '../../../../ui/table.tsx';
import { go, href } from '../../../router.ts';
import { home, may, me, session } from '../../../session/me.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ReadOnly } from '../parts/read-only.tsx';
import { ChangeMember } from './change-member.tsx';

/** Who works here, in which role, and how well their sign-in is guarded. */
export function Members() {
  const transport = useTransport();
  const { now, reload } = useLoad(`members ${home().id}`, (signal) => transport.call(members.listMembers, { signal }));
  const [changing, setChanging] = useState<Member | null>(null);
  const [leaving, setLeaving] = useState(false);
  const rows = now.data?.members ?? [];
  const done = () => {
    setChanging(null);
    reload();
  };
  return (
    <>
      <PageHead title={t('section.members')} note={t('members.note')}>
        {may('members:write') && (
          <LinkButton look="primary" icon="plus" href={href('/settings/invitations')}>
            {t('invitations.invite')}
          </LinkButton>
        )}
      </PageHead>
      <ReadOnly unless="members:write" />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={4} />}
      {rows.length > 0 && (
        <section class="card card-flush cards-narrow">
          <MemberTable rows={rows} onChange={setChanging} />
        </section>
      )}
      {me().role !== 'support' && (
        <div class="settings-end stack-1">
          {rows.length === 1 && <p class="small soft">{t('members.last')}</p>}
          <div>
            <Button look="danger" disabled={rows.length < 2} onClick={() => setLeaving(true)}>
              {t('members.leave')}
            </Button>
          </div>
        </div>
      )}
      {changing !== null && <ChangeMember member={changing} onClose={() => setChanging(null)} onDone={done} />}
      {leaving && (
        <Confirm
          title={t('members.leaveTitle', { name: home().name })}
          effect={t('members.leaveEffect')}
          submit={t('members.leave')}
          safe={t('members.notLeft')}
          typed={{ name: home().name, label: t('members.typeName', { name: home().name }) }}
          onClose={() => setLeaving(false)}
          run={async () => {
            await transport.call(organizations.leaveOrganization, {});
            session.value = await transport.call(identity.getMe, {});
            go('/');
          }}
        />
      )}
    </>
  );
}

function MemberTable({ rows, onChange }: { rows: readonly Member[]; onChange: (member: Member) => void }) {
  return (
    <Table
      label={t('section.members')}
      rows={rows}
      rowKey={(one) => one.userId}
      columns={[
        {
          id: 'person',
          header: t('members.person'),
          grow: true,
          sortBy: (one) => one.name,
          cell: (one) => (
            <span class="cell-name">
              <span class="row-1">
                <bdi class="strong">{one.name}</bdi>
                {one.userId === me().user.id && <Chip>{t('members.you')}</Chip>}
              </span>
              <bdi class="faint">{one.email}</bdi>
            </span>
          ),
        },
        {
          id: 'role',
          header: t('members.role'),
          sortBy: (one) => one.role,
          cell: (one) => (
            <span title={t(`roleMeans.${one.role}`)}>
              {t(`role.${one.role}`)}
              {one.client !== null && (
                <>
                  {' · '}
                  <bdi>{one.client.name}</bdi>
                </>
              )}
            </span>
          ),
        },
        {
          id: 'factor',
          header: t('members.secondFactor'),
          sortBy: (one) => (one.hasSecondFactor ? 1 : 0),
          cell: (one) =>
            one.hasSecondFactor ? (
              <Chip tone="good" icon="check">
                {t('members.secondFactorOn')}
              </Chip>
            ) : (
              <Chip>{t('members.secondFactorOff')}</Chip>
            ),
        },
        {
          id: 'seen',
          header: t('members.seen'),
          sortBy: (one) => one.lastSeenAt,
          cell: (one) => <span title={fmt().instant(one.lastSeenAt)}>{fmt().ago(one.lastSeenAt, Date.now())}</span>,
        },
        { id: 'joined', header: t('members.joined'), sortBy: (one) => one.joinedAt, cell: (one) => fmt().day(one.joinedAt) },
        {
          id: 'actions',
          header: t('table.actions'),
          quiet: true,
          align: 'end',
          cell: (one) =>
            mayChange(one) && (
              <Button look="quiet" aria-label={t('members.changeOf', { name: one.name })} onClick={() => onChange(one)}>
                {t('members.change')}
              </Button>
            ),
        },
      ]}
    />
  );
}

/** Nobody changes themselves here, and only an owner touches owners. */
const mayChange = (one: Member): boolean =>
  may('members:write') && one.userId !== me().user.id && (one.role !== 'owner' || me().role === 'owner');
