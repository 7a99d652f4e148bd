import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/account.ts';
import type { Account } from '#shared/contracts/account.ts';
import { LOCALES, LOCALE_NAMES } from '#shared/messages/locales.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { toast } from '../../../ui/toast.tsx';
import { me, session } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

/** Name and language; mails are written in the same language. */
export function ProfileForm({ account, onSaved }: { account: Account; onSaved: (account: Account) => void }) {
  const transport = useTransport();
  const [name, setName] = useState(account.name);
  const [locale, setLocale] = useState(account.locale);
  const save = useAction(async () => {
    const saved = await transport.call(contracts.updateAccount, { body: { name, locale } });
    session.value = { ...me(), user: { ...me().user, name: saved.name, locale: saved.locale } };
    onSaved(saved);
    toast(t('saved'));
  });
  return (
    <section class="card">
      <form
        class="stack-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <h2>{t('account.profile')}</h2>
        <div class="grid-2">
          <TextField
            label={t('signUp.name')}
            autocomplete="name"
            required
            maxLength={120}
            value={name}
            onText={setName}
            data-testid="account-name"
          />
          <SelectField
            label={t('account.language')}
            options={LOCALES.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))}
            value={locale}
            onPick={setLocale}
            hint={t('account.languageHint')}
          />
        </div>
        {save.error !== null && <ProblemMessage error={save.error} safe={t('nothingSaved')} />}
        <div>
          <Button look="primary" type="submit" busy={save.busy} data-testid="account-save">
            {t('save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
