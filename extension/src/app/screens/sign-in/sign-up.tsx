import { useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { currentLocale, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { href } from '../../router.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { Door } from './door.tsx';

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AED', 'SAR', 'MAD', 'EGP', 'JPY'];

/** An account and its organization in one step. */
export function SignUp({ transport, next }: { transport: WebTransport; next: string | null }) {
  const [form, setForm] = useState({ name: '', organizationName: '', email: '', password: '', currency: 'EUR' });
  const put = (field: keyof typeof form) => (value: string) => setForm((was) => ({ ...was, [field]: value }));
  const action = useAction(async () => {
    await transport.signUp({
      ...form,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      locale: currentLocale(),
    });
  });
  const fields = action.error instanceof ApiError ? (action.error.problem.fields ?? []) : [];
  const errorOf = (path: string) => fields.find((field) => field.path === path || field.path === `body.${path}`)?.message;
  const emailTaken = action.error instanceof ApiError && action.error.problem.code === 'conflict' && errorOf('email') !== undefined;
  const signIn = href(`/sign-in${next === null ? '' : `?next=${encodeURIComponent(next)}`}`);
  return (
    <Door title={t('signUp.title')}>
      <form
        class="stack-4"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run();
        }}
      >
        <TextField
          label={t('signUp.name')}
          autocomplete="name"
          required
          maxLength={120}
          value={form.name}
          onText={put('name')}
          error={errorOf('name')}
        />
        <TextField
          label={t('signUp.organization')}
          autocomplete="organization"
          required
          maxLength={120}
          value={form.organizationName}
          onText={put('organizationName')}
          error={errorOf('organizationName')}
        />
        <TextField
          label={t('signIn.email')}
          type="email"
          autocomplete="username"
          required
          value={form.email}
          onText={put('email')}
          error={emailTaken ? t('signUp.emailTaken') : errorOf('email')}
        />
        {emailTaken && <a href={signIn}>{t('signIn.submit')}</a>}
        <TextField
          label={t('signIn.password')}
          type="password"
          autocomplete="new-password"
          required
          minLength={8}
          value={form.password}
          onText={put('password')}
          hint={t('signUp.passwordHint')}
          error={errorOf('password')}
        />
        <SelectField
          label={t('signUp.currency')}
          options={CURRENCIES.map((code) => ({ value: code, label: code }))}
          value={form.currency}
          onPick={put('currency')}
          hint={t('signUp.currencyHint')}
        />
        {action.error !== null && fields.length === 0 && <ProblemMessage error={action.error} />}
        <Button look="primary" type="submit" busy={action.busy}>
          {t('signUp.submit')}
        </Button>
      </form>
      <p class="small soft">
        {t('signUp.haveAccount')} <a href={signIn}>{t('signIn.submit')}</a>
      </p>
    </Door>
  );
}
