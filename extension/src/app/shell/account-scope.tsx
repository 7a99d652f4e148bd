import type { ComponentChildren } from 'preact';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { LinkButton } from '../../ui/button.tsx';
import { ChoiceBar } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SmallSelect } from '../../ui/field.tsx';
import { fmt, t, wordOf } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { adAccounts, currentAccount, loadAdAccounts } from '../accounts.ts';
import { basis, chooseAccount, windowDays, WINDOWS } from '../preferences.ts';
import { href } from '../router.ts';
import { may } from '../session/me.ts';
import { useTransport } from '../transport-context.ts';
import { useLoad } from '../use-load.ts';

/** Draws its child for the account in hand; teaches to connect one when there is none. */
export function WithAccount({ children }: { children: (account: AdAccount) => ComponentChildren }) {
  const transport = useTransport();
  const load = useLoad('ad-accounts', async () => {
    if (adAccounts.value === null) await loadAdAccounts(transport);
  });
  if (load.now.state === 'failed' && adAccounts.value === null) return <ProblemMessage error={load.now.error} onRetry={load.reload} />;
  if (adAccounts.value === null) return <Skeleton kind="figures" rows={4} />;
  const account = currentAccount();
  if (account !== null) return <>{children(account)}</>;
  return (
    <>
      <h1 class="visually-hidden">{t('accounts.title')}</h1>
      <EmptyState
        icon="connections"
        title={t(may('connections:write') ? 'accounts.none' : 'accounts.noneYet')}
        text={t(may('connections:write') ? 'accounts.noneText' : 'accounts.noneForYou')}
        action={
          may('connections:write') && (
            <LinkButton look="primary" href={href('/connections')}>
              {t('accounts.connect')}
            </LinkButton>
          )
        }
      />
    </>
  );
}

export function AccountPicker() {
  const all = adAccounts.value ?? [];
  const account = currentAccount();
  if (account === null) return null;
  return (
    <SmallSelect
      label={t('accounts.pick')}
      value={account.id}
      onPick={chooseAccount}
      options={all.map((one) => ({ value: one.id, label: `${one.name} · ${wordOf('provider', one.platform)} · ${one.currency}` }))}
    />
  );
}

/** Reporting window and date basis; every figure of the screen follows them. */
export function WindowChips() {
  return (
    <>
      <SmallSelect
        label={t('window.label')}
        value={windowDays.value.value}
        onPick={windowDays.set}
        options={WINDOWS.map((days) => ({ value: days, label: t('window.days', { count: Number(days) }) }))}
      />
      <ChoiceBar
        label={t('basis.label')}
        value={basis.value.value}
        onChange={basis.set}
        choices={[
          { value: 'accrual', label: t('basis.accrual'), title: t('basis.accrualTitle') },
          { value: 'cash', label: t('basis.cash'), title: t('basis.cashTitle') },
        ]}
      />
    </>
  );
}

interface Facts {
  definition: {
    since: string;
    until: string;
    timezone: string;
    currency: string;
    attributionWindowDays: number;
    basis: 'accrual' | 'cash';
    id: string;
  };
  freshness: { spendAt: string | null; revenueAt: string | null };
}

/** What the figures mean and how old they are, in one line. */
export function DefinitionLine({ definition, freshness }: Facts) {
  const now = Date.now();
  return (
    <span title={definition.id}>
      {t('definition.line', {
        since: fmt().day(definition.since),
        until: fmt().day(definition.until),
        timezone: definition.timezone,
        days: definition.attributionWindowDays,
        basis: t(`basis.${definition.basis}`),
        currency: definition.currency,
      })}
      {' · '}
      {t('definition.fresh', { spend: fmt().ago(freshness.spendAt, now), revenue: fmt().ago(freshness.revenueAt, now) })}
    </span>
  );
}
