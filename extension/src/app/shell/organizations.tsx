import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/organizations.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { currentLocale, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CURRENCIES } from '../currencies.ts';
import { go } from '../router.ts';
import { me } from '../session/me.ts';
import { useTransport } from '../transport-context.ts';
import { useAction, useLoad } from '../use-load.ts';

type Organization = ResponseOf<typeof contracts.listOrganizations>['organizations'][number];

/** The organizations a person belongs to; a press works in another one, here and in every other tab. */
export function OrganizationsDialog({ onClose }: { onClose: () => void }) {
  const transport = useTransport();
  const { now, reload } = useLoad('organizations', (signal) => transport.call(contracts.listOrganizations, { signal }));
  const [founding, setFounding] = useState(false);
  return (
    <Dialog title={t(founding ? 'orgs.create' : 'orgs.title')} onClose={onClose}>
      {founding ? (
        <CreateOrganization onDone={onClose} onBack={() => setFounding(false)} />
      ) : (
        <>
          {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
          {now.data === null ? now.state === 'loading' && <Skeleton kind="text" rows={3} /> : <List {...now.data} onDone={onClose} />}
          <div>
            <Button icon="plus" onClick={() => setFounding(true)} data-testid="organization-new">
              {t('orgs.create')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function List({ organizations, onDone }: { organizations: readonly Organization[]; onDone: () => void }) {
  return (
    <ul class="choices">
      {organizations.map((one) => (
        <li key={one.id}>
          <Choice organization={one} isHere={one.id === me().organization?.id && me().supportUntil === null} onDone={onDone} />
        </li>
      ))}
    </ul>
  );
}

/** One organization of the list; drawn for a person without any, too. */
export function Choice({ organization, isHere, onDone }: { organization: Organization; isHere: boolean; onDone: () => void }) {
  const transport = useTransport();
  const enter = useAction(async () => {
    if (!isHere) {
      await transport.moveSession('switch', { params: { id: organization.id } });
      go('/');
    }
    onDone();
  });
  return (
    <>
      <button
        type="button"
        class="choice"
        aria-current={isHere ? 'true' : undefined}
        aria-busy={enter.busy}
        onClick={enter.run}
        data-testid={`organization-${organization.slug}`}
      >
        <bdi class="clip strong">{organization.name}</bdi>
        <span class="faint small">{t(`role.${organization.role}`)}</span>
        {enter.busy ? (
          <span class="spinner" aria-hidden="true" />
        ) : isHere ? (
          <Chip tone="accent" icon="check">
            {t('orgs.here')}
          </Chip>
        ) : (
          <Icon name="chevron" />
        )}
      </button>
      {enter.error !== null && <ProblemMessage error={enter.error} safe={t('orgs.stayed')} />}
    </>
  );
}

/** A further organization; the person goes there at once and owns it. */
export function CreateOrganization({ onDone, onBack }: { onDone: () => void; onBack?: () => void }) {
  const transport = useTransport();
  const [name, setName] = useState('');
  const [currency, setCurrency] = useState('EUR');
  const create = useAction(async () => {
    await transport.moveSession('create', {
      body: { name, currency, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: currentLocale() },
    });
    go('/');
    onDone();
  });
  return (
    <form
      class="stack-4"
      onSubmit={(event) => {
        event.preventDefault();
        void create.run();
      }}
    >
      <TextField
        label={t('orgs.name')}
        takesFocus={onBack !== undefined}
        required
        maxLength={120}
        value={name}
        onText={setName}
        data-testid="organization-name"
      />
      <SelectField
        label={t('signUp.currency')}
        options={CURRENCIES.map((code) => ({ value: code, label: code }))}
        value={currency}
        onPick={setCurrency}
        hint={t('signUp.currencyHint')}
      />
      {create.error !== null && <ProblemMessage error={create.error} safe={t('nothingSaved')} />}
      <div class="row-2">
        <Button look="primary" type="submit" busy={create.busy} data-testid="organization-create">
          {t('orgs.create')}
        </Button>
        {onBack && (
          <Button look="quiet" onClick={onBack}>
            {t('back')}
          </Button>
        )}
      </div>
    </form>
  );
}
