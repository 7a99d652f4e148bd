import { useEffect } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import * as connections from '#shared/contracts/connections.ts';
import { SelectField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { describe } from '../../ui/problem-message.tsx';
import { useTransport } from '../transport-context.ts';
import { useLoad } from '../use-load.ts';

/** The page the ads speak for; chosen by itself when there is only one. */
export function PageField({ account, value, onPick }: { account: AdAccount; value: string; onPick: (pageId: string) => void }) {
  const transport = useTransport();
  const { now } = useLoad(
    `pages ${account.id}`,
    async (signal) => (await transport.call(connections.listPages, { params: { id: account.id }, signal })).pages,
  );
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
