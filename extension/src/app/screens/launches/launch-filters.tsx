import type { QueryInput } from '#shared/contracts/define-contract.ts';
import type { listLaunches } from '#shared/contracts/launches.ts';
import * as members from '#shared/contracts/members.ts';
import { addDays, startOfDay } from '#shared/rules/day-of.ts';
import { LAUNCH_STATES, type LaunchState } from '#shared/rules/launch-states.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { adAccounts, loadAdAccounts } from '../../accounts.ts';
import { place, setQuery } from '../../router.ts';
import { may } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';

/** What the history is narrowed to, as it stands in the address: a link shows the same list. Days are those of the organization. */
const FILTERS = ['text', 'state', 'account', 'by', 'from', 'to'] as const;
type Filter = (typeof FILTERS)[number];

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

export function filterOf(query: URLSearchParams, timezone: string): QueryInput<typeof listLaunches> {
  const read = (name: Filter) => query.get(name) ?? '';
  const state = LAUNCH_STATES.find((one) => one === read('state'));
  const [text, accountId, createdBy, from, to] = [read('text'), read('account'), read('by'), read('from'), read('to')];
  return {
    ...(text === '' ? {} : { text }),
    ...(state === undefined ? {} : { state }),
    ...(accountId === '' ? {} : { accountId }),
    ...(createdBy === '' ? {} : { createdBy }),
    ...(isDay(from) ? { since: startOfDay(from, timezone) } : {}),
    ...(isDay(to) ? { until: startOfDay(addDays(to, 1), timezone) } : {}),
  };
}

export function LaunchFilters() {
  const { query } = place.value;
  const read = (name: Filter) => query.get(name) ?? '';
  const set = (name: Filter) => (value: string) => setQuery({ [name]: value === '' ? null : value });
  const isNarrowed = FILTERS.some((name) => query.has(name));
  return (
    <div class="launch-filters" role="search" aria-label={t('history.filters')}>
      <TextField label={t('history.text')} placeholder={t('history.textHint')} value={read('text')} onText={set('text')} maxLength={100} />
      <SelectField<LaunchState | ''>
        label={t('receipts.state')}
        value={LAUNCH_STATES.find((one) => one === read('state')) ?? ''}
        onPick={set('state')}
        options={[
          { value: '', label: t('receipts.allStates') },
          ...LAUNCH_STATES.map((state) => ({ value: state, label: t(`launchState.${state}`) })),
        ]}
      />
      <AccountFilter value={read('account')} onPick={set('account')} />
      {may('members:read') && <PersonFilter value={read('by')} onPick={set('by')} />}
      <TextField label={t('history.from')} type="date" value={read('from')} onText={set('from')} />
      <TextField label={t('history.to')} type="date" value={read('to')} onText={set('to')} />
      {isNarrowed && (
        <div>
          <Button look="quiet" onClick={() => setQuery(Object.fromEntries(FILTERS.map((name) => [name, null])))}>
            {t('history.clear')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface Picking {
  value: string;
  onPick: (value: string) => void;
}

function AccountFilter({ value, onPick }: Picking) {
  const transport = useTransport();
  useLoad('ad-accounts', async () => {
    if (adAccounts.value === null) await loadAdAccounts(transport);
  });
  return (
    <SelectField
      label={t('effect.account')}
      value={value}
      onPick={onPick}
      options={[
        { value: '', label: t('history.allAccounts') },
        ...(adAccounts.value ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.currency}` })),
      ]}
    />
  );
}

function PersonFilter({ value, onPick }: Picking) {
  const transport = useTransport();
  const list = useLoad('members', async (signal) => (await transport.call(members.listMembers, { signal })).members);
  return (
    <SelectField
      label={t('launches.by')}
      value={value}
      onPick={onPick}
      options={[
        { value: '', label: t('history.everybody') },
        ...(list.now.data ?? []).map((one) => ({ value: one.userId, label: one.name })),
        { value: 'key', label: t('history.keys') },
      ]}
    />
  );
}
