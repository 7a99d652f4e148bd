import { useState } from 'preact/hooks';
import * as connections from '#shared/contracts/connections.ts';
import * as contracts from '#shared/contracts/clients.ts';
import type { Client } from '#shared/contracts/clients.ts';
import { CheckField, TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { FormDialog } from '../../../form-dialog.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useAction, useLoad } from '../../../use-load.ts';
import { LogoField } from '../parts/logo-field.tsx';

const FIRST_COLOUR = '#3b5bdb';

interface Props {
  client: Client | null;
  /** All clients there are: an ad account belongs to one of them at most. */
  others: readonly Client[];
  onClose: () => void;
  onArchive: (client: Client) => void;
  onSaved: () => void;
  /** The logo counts at once, whatever becomes of the form. */
  onLogo: () => void;
}

/** Name, colour and ad accounts of a client. */
export function ClientForm({ client, others, onClose, onArchive, onSaved, onLogo }: Props) {
  const transport = useTransport();
  const [name, setName] = useState(client?.name ?? '');
  const [colour, setColour] = useState(client?.colour ?? null);
  const [accountIds, setAccountIds] = useState<readonly string[]>(client?.accountIds ?? []);
  const save = useAction(async () => {
    const body = { name, colour, accountIds: [...accountIds] };
    if (client === null) await transport.call(contracts.createClient, { body });
    else await transport.call(contracts.updateClient, { params: { id: client.id }, body });
    toast(t('saved'));
    onSaved();
  });
  const bringBack = useAction(async () => {
    if (client === null) return;
    await transport.call(contracts.updateClient, { params: { id: client.id }, body: { archived: false } });
    toast(t('clients.backNow', { name: client.name }));
    onSaved();
  });
  return (
    <FormDialog
      title={client === null ? t('clients.add') : t('clients.edit', { name: client.name })}
      submit={t('save')}
      action={save}
      error={save.error ?? bringBack.error}
      safe={t('nothingSaved')}
      onClose={onClose}
      data-testid="client-save"
    >
      <TextField label={t('clients.name')} required maxLength={120} takesFocus value={name} onText={setName} data-testid="client-name" />
      <CheckField label={t('clients.colourOwn')} checked={colour !== null} onCheck={(on) => setColour(on ? FIRST_COLOUR : null)} />
      {colour !== null && (
        <label class="row-2">
          <input type="color" class="colour" value={colour} onInput={(event) => setColour(event.currentTarget.value)} />
          <span class="small">{t('clients.colour')}</span>
          <code dir="ltr">{colour}</code>
        </label>
      )}
      {client !== null && <ClientLogo client={client} colour={colour} onChanged={onLogo} />}
      <Accounts client={client} others={others} chosen={accountIds} onChoose={setAccountIds} />
      {client !== null && (
        <div class="settings-end">
          {client.archivedAt === null ? (
            <button type="button" class="link-button small" onClick={() => onArchive(client)}>
              {t('clients.archive')}
            </button>
          ) : (
            <button type="button" class="link-button small" onClick={() => void bringBack.run()}>
              {t('clients.bringBack')}
            </button>
          )}
        </div>
      )}
    </FormDialog>
  );
}

function ClientLogo({ client, colour, onChanged }: { client: Client; colour: string | null; onChanged: () => void }) {
  const transport = useTransport();
  return (
    <LogoField
      at={contracts.clientLogoPath.replace(':id', client.id)}
      current={client.logo}
      name={client.name}
      colour={colour}
      readOnly={false}
      remove={async () => {
        await transport.call(contracts.removeClientLogo, { params: { id: client.id } });
      }}
      onChanged={onChanged}
    />
  );
}

function Accounts({
  client,
  others,
  chosen,
  onChoose,
}: Pick<Props, 'client' | 'others'> & { chosen: readonly string[]; onChoose: (ids: readonly string[]) => void }) {
  const transport = useTransport();
  const { now, reload } = useLoad('accounts-of-clients', (signal) => transport.call(connections.listAdAccounts, { signal }));
  const owner = (id: string) => others.find((other) => other.id !== client?.id && other.accountIds.includes(id));
  return (
    <fieldset class="plain-fieldset stack-1">
      <legend class="small strong">{t('clients.accounts')}</legend>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={2} />}
      {now.data?.adAccounts.length === 0 && <p class="small soft">{t('clients.noAccounts')}</p>}
      {now.data?.adAccounts.map((account) => {
        const taken = owner(account.id);
        return (
          <CheckField
            key={account.id}
            checked={chosen.includes(account.id)}
            disabled={taken !== undefined}
            onCheck={(on) => onChoose(on ? [...chosen, account.id] : chosen.filter((id) => id !== account.id))}
            label={
              <>
                <bdi>{account.name}</bdi> <bdi class="faint">{account.externalId}</bdi>
                {taken !== undefined && <span class="faint"> · {t('clients.accountOf', { client: taken.name })}</span>}
              </>
            }
          />
        );
      })}
    </fieldset>
  );
}
