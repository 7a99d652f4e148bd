import { useEffect } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { SelectField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { describe } from '../../ui/problem-message.tsx';
import { useAccountPages } from './use-account-pages.ts';

/** Whom the ads speak for, as the platform calls it; chosen by itself when there is only one, left out where ads may do without. */
export function PageField({ account, value, onPick }: { account: AdAccount; value: string; onPick: (pageId: string) => void }) {
  const now = useAccountPages(account);
  const pages = now.data ?? [];
  const { ids } = platformRules(account.platform);
  const optional = ids.identity?.test('') === true;
  useEffect(() => {
    const [only, another] = pages;
    if (value === '' && only !== undefined && another === undefined && !optional) onPick(only.id);
  }, [now.data, value]);
  return (
    <SelectField
      label={t(`builder.page.${account.platform}`)}
      value={value}
      onPick={onPick}
      disabled={pages.length === 0}
      error={
        now.state === 'failed'
          ? describe(now.error).what
          : now.state === 'ready' && pages.length === 0 && !optional
            ? t('builder.noPages')
            : null
      }
      options={[
        ...(value === '' || optional ? [{ value: '', label: t(optional ? 'builder.noPage' : 'builder.choosePage') }] : []),
        ...pages.map((page) => ({ value: page.id, label: page.name })),
      ]}
    />
  );
}
