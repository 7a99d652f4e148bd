import type { z } from 'zod';
import * as contracts from '#shared/contracts/clients.ts';
import type { role as roleSchema } from '#shared/contracts/parts.ts';
import { rolesGivenBy } from '#shared/rules/permissions.ts';
import { SelectField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { me } from '../../../session/me.ts';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';

export interface Placement {
  role: z.output<typeof roleSchema>;
  /** For the role `client` and no other. */
  clientId: string | null;
}

/** A role this person may give, and for the role Client whose figures it opens. */
export function RoleFields({ value, onChange }: { value: Placement; onChange: (value: Placement) => void }) {
  const held = me().role;
  const given = held === null ? [] : rolesGivenBy(held);
  return (
    <>
      <SelectField
        label={t('members.role')}
        options={given.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        value={value.role}
        onPick={(role) => onChange({ role, clientId: role === 'client' ? value.clientId : null })}
        hint={t(`roleMeans.${value.role}`)}
      />
      {value.role === 'client' && <ClientField value={value.clientId} onPick={(clientId) => onChange({ ...value, clientId })} />}
    </>
  );
}

/** Whether the choice can be sent. */
export const isPlaced = ({ role, clientId }: Placement): boolean => role !== 'client' || clientId !== null;

function ClientField({ value, onPick }: { value: string | null; onPick: (id: string | null) => void }) {
  const transport = useTransport();
  const { now, reload } = useLoad('clients-of-roles', (signal) => transport.call(contracts.listClients, { signal }));
  if (now.state === 'failed') return <ProblemMessage error={now.error} onRetry={reload} />;
  const clients = (now.data?.clients ?? []).filter((client) => client.archivedAt === null || client.id === value);
  if (now.state === 'ready' && clients.length === 0) return <p class="field-error">{t('members.noClients')}</p>;
  return (
    <SelectField
      label={t('members.client')}
      options={[{ value: '', label: t('members.pickClient') }, ...clients.map(({ id, name }) => ({ value: id, label: name }))]}
      value={value ?? ''}
      onPick={(id) => onPick(id === '' ? null : id)}
      hint={t('members.clientHint')}
    />
  );
}
