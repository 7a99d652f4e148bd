import { useEffect } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { SelectField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { describe } from '../../ui/problem-message.tsx';
import { useAccountPages } from './use-account-pages.ts';

/** The page the ads speak for; chosen by itself when there is only one. */
export function PageField({ account, value, onPick }: { account: AdAccount; value: string; onPick: (pageId: string) => void }) {
  const now = useAccountPages(account);
  const pages = now.data ?? [];
  useEffect(() => {
    const [only] = pages;
    if (value === '' && only !== undefined) onPick(only.id);
  }, [now.data, value]);
  return (
    <SelectField
      label={t('builder.page')}
      value={value}
      onPick={onPick}
      disabled={pages.length === 0}
      error={now.state === 'failed' ? describe(now.error).what : now.state === 'ready' && pages.length === 0 ? t('builder.noPages') : null}
      options={[
        ...(value === '' ? [{ value: '', label: t('builder.choosePage') }] : []),
        ...pages.map((page) => ({ value: page.id, label: page.name })),
      ]}
    />
  );
}
