import { useState } from 'preact/hooks';
import * as machines from '#shared/contracts/machines.ts';
import type { ApiKey } from '#shared/contracts/machines.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip, type Tone } from '../../../../ui/chip.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import type { IconName } from '../../../../ui/icon.tsx';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Table } from '../../../../ui/table.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { home, may } from '../../../session/me.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ReadOnly } from '../parts/read-only.tsx';
import { SecretOnce } from '../parts/secret-once.tsx';
import { MakeKey } from './make-key.tsx';
import { scopeWord } from './scopes.ts';

const LOOKS: Record<ApiKey['state'], { tone: Tone; icon: IconName }> = {
  active: { tone: 'good', icon: 'check' },
  expired: { tone: 'fair', icon: 'warning' },
  revoked: { tone: 'neutral', icon: 'close' },
};

/** Keys for programs: what each may do, when it was last used, and the way to end it. */
export function ApiKeys() {
  const transport = useTransport();
  const { now, reload } = useLoad(`api-keys ${home().id}`, (signal) => transport.call(machines.listApiKeys, { signal }));
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const rows = now.data?.keys ?? [];
  const write = may('keys:write');
  const make = (
    <Button look="primary" icon="plus" onClick={() => setMaking(true)} data-testid="key-new">
      {t('keys.make')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('section.api-keys')} note={<Note />}>
        {write && rows.length > 0 && make}
      </PageHead>
      <ReadOnly unless="keys:write" />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={3} />}
      {now.data !== null && rows.length === 0 && (
        <EmptyState icon="connections" title={t('keys.none')} text={t('keys.noneText')} action={write && make} />
      )}
      {rows.length > 0 && (
        <section class="card card-flush cards-narrow">
          <KeyTable rows={rows} onRevoke={setRevoking} />
        </section>
      )}
      {making && (
        <MakeKey
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            setSecret(made);
            reload();
          }}
        />
      )}
      {secret !== null && <SecretOnce title={t('keys.once')} note={t('keys.onceNote')} secret={secret} onClose={() => setSecret(null)} />}
      {revoking !== null && (
        <Confirm
          title={t('keys.revokeTitle', { name: revoking.name })}
          effect={t('keys.revokeEffect')}
          submit={t('keys.revoke')}
          safe={t('keys.stillGood')}
          onClose={() => setRevoking(null)}
          run={async () => {
            await transport.call(machines.revokeApiKey, { params: { id: revoking.id } });
            toast(t('keys.revoked', { name: revoking.name }));
            setRevoking(null);
            reload();
          }}
        />
      )}
    </>
  );
}

function KeyTable({ rows, onRevoke }: { rows: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  return (
    <Table
      label={t('section.api-keys')}
      rows={rows}
      rowKey={(one) => one.id}
      details={(one) => <KeyDetails apiKey={one} />}
      columns={[
        {
          id: 'name',
          header: t('keys.name'),
          grow: true,
          sortBy: (one) => one.name,
          cell: (one) => <bdi class="strong">{one.name}</bdi>,
        },
        { id: 'prefix', header: t('keys.prefix'), cell: (one) => <code dir="ltr">{one.prefix}…</code> },
        {
          id: 'state',
          header: t('invitations.state'),
          sortBy: (one) => one.state,
          cell: (one) => (
            <Chip tone={LOOKS[one.state].tone} icon={LOOKS[one.state].icon}>
              {t(`key.${one.state}`)}
            </Chip>
          ),
        },
        {
          id: 'used',
          header: t('keys.used'),
          sortBy: (one) => one.lastUsedAt,
          cell: (one) => (one.lastUsedAt === null ? t('keys.neverUsed') : fmt().ago(one.lastUsedAt, Date.now())),
        },
        {
          id: 'expires',
          header: t('keys.expires'),
          sortBy: (one) => one.expiresAt,
          cell: (one) => (one.expiresAt === null ? t('keys.noEnd') : fmt().day(one.expiresAt)),
        },
        {
          id: 'actions',
          header: t('table.actions'),
          quiet: true,
          align: 'end',
          cell: (one) =>
            may('keys:write') &&
            one.state === 'active' && (
              <Button look="quiet" aria-label={t('keys.revokeOf', { name: one.name })} onClick={() => onRevoke(one)}>
                {t('keys.revoke')}
              </Button>
            ),
        },
      ]}
    />
  );
}

function KeyDetails({ apiKey }: { apiKey: ApiKey }) {
  return (
    <div class="stack-2">
      <p class="small soft">{t('keys.madeOn', { day: fmt().day(apiKey.createdAt), name: apiKey.createdBy })}</p>
      <ul class="row-1">
        {apiKey.scopes.map((scope) => (
          <li key={scope}>
            <Chip title={scope}>{scopeWord(scope)}</Chip>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What keys are for, and what can be called with them; pages of the extension have no address of the API. */
function Note() {
  return (
    <>
      {t('keys.note')}
      {location.protocol.startsWith('http') && (
        <>
          {' '}
          <a href="/v1/reference">{t('keys.reference')}</a>
        </>
      )}
    </>
  );
}
