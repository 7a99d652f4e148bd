import { useState } from 'preact/hooks';
import * as organizations from '#shared/contracts/organizations.ts';
import * as members from '#shared/contracts/members.ts';
import type { Member } from '#shared/contracts/members.ts';
import { t } from '../../../../ui/i18n.ts';
import { toast } from '../../../../ui/toast.tsx';
import { FormDialog } from '../../../form-dialog.tsx';
import { home, may } from '../../../session/me.ts';
import { useProof } from '../../../session/proof.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';
import { isPlaced, RoleFields, type Placement } from './role-fields.tsx';

type Props = { member: Member; onClose: () => void; onDone: () => void };

/** Another role for a member, or the end of it; handing over ownership is an owner's. */
export function ChangeMember({ member, onClose, onDone }: Props) {
  const [asking, setAsking] = useState<'remove' | 'transfer' | null>(null);
  if (asking === 'remove') return <Remove member={member} onClose={onClose} onDone={onDone} />;
  if (asking === 'transfer') return <HandOver member={member} onClose={onClose} onDone={onDone} />;
  return <ChangeRole member={member} onClose={onClose} onDone={onDone} onAsk={setAsking} />;
}

function ChangeRole({ member, onClose, onDone, onAsk }: Props & { onAsk: (what: 'remove' | 'transfer') => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [placement, setPlacement] = useState<Placement>({ role: member.role, clientId: member.client?.id ?? null });
  const save = useAction(async () => {
    await withProof(() => transport.call(members.updateMember, { params: { userId: member.userId }, body: placement }));
    toast(t('members.saved', { name: member.name, role: t(`role.${placement.role}`) }));
    onDone();
  });
  return (
    <FormDialog
      title={t('members.changeOf', { name: member.name })}
      submit={t('save')}
      action={save}
      safe={t('members.unchanged')}
      onClose={onClose}
      lacking={!isPlaced(placement)}
      data-testid="member-save"
    >
      <RoleFields value={placement} onChange={setPlacement} />
      <div class="row-3 settings-end">
        <button type="button" class="link-button small" onClick={() => onAsk('remove')}>
          {t('members.remove')}
        </button>
        {may('organization:transfer') && member.role !== 'client' && (
          <button type="button" class="link-button small" onClick={() => onAsk('transfer')}>
            {t('members.transfer')}
          </button>
        )}
      </div>
    </FormDialog>
  );
}

function Remove({ member, onClose, onDone }: Props) {
  const transport = useTransport();
  return (
    <Confirm
      title={t('members.removeTitle', { name: member.name })}
      effect={t('members.removeEffect')}
      submit={t('members.remove')}
      safe={t('members.stillHere')}
      onClose={onClose}
      run={async () => {
        await transport.call(members.removeMember, { params: { userId: member.userId } });
        toast(t('members.removed', { name: member.name }));
        onDone();
      }}
    />
  );
}

function HandOver({ member, onClose, onDone }: Props) {
  const transport = useTransport();
  const withProof = useProof();
  const { name } = home();
  return (
    <Confirm
      title={t('members.transferTitle', { name: member.name })}
      effect={t('members.transferEffect', { name: member.name })}
      submit={t('members.transfer')}
      safe={t('members.notTransferred')}
      typed={{ name, label: t('members.typeName', { name }) }}
      onClose={onClose}
      run={async () => {
        await withProof(() => transport.call(organizations.transferOwnership, { body: { userId: member.userId } }));
        toast(t('members.transferred', { name: member.name }));
        onDone();
      }}
    />
  );
}
