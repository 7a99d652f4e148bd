import { useState } from 'preact/hooks';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { currentLocale, t } from '../../../ui/i18n.ts';
import { CURRENCIES, currencyHere } from '../../currencies.ts';
import { href } from '../../router.ts';
import { fieldRefused, Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { useAction } from '../../use-load.ts';
import { CheckMail } from './check-mail.tsx';
import { Door } from './door.tsx';
import { GoogleButton } from './google-button.tsx';
import { NewPasswordField } from './password-field.tsx';

/** An account and its organization; both begin with the link of the mail. */
export function SignUp({ transport, next }: { transport: WebTransport; next: string | null }) {
  const [form, setForm] = useState({ name: '', organizationName: '', email: '', password: '', currency: currencyHere() });
  const [sent, setSent] = useState(false);
  const put = (field: keyof typeof form) => (value: string) => setForm((was) => ({ ...was, [field]: value }));
  const send = async () => {
    await transport.openCall(identity.signUp, {
      body: { ...form, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: currentLocale() },
    });
    setSent(true);
  };
  const action = useAction(send);
  const wait = useWait(action.error);
  const fields = action.error instanceof ApiError ? (action.error.problem.fields ?? []) : [];
  const errorOf = (path: string) => fieldRefused(action.error, path);
  const signIn = href(`/sign-in${next === null ? '' : `?next=${encodeURIComponent(next)}`}`);
  if (sent) return <CheckMail email={form.email} text={t('signUp.sentText')} onAgain={send} onChange={() => setSent(false)} />;
  return (
    <Door title={t('signUp.title')}>
      <form
        class="stack-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (wait === 0) void action.run();
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
          dir="ltr"
          required
          value={form.email}
          onText={put('email')}
          error={errorOf('email')}
        />
        <NewPasswordField
          label={t('signIn.password')}
          value={form.password}
          onText={put('password')}
          email={form.email}
          refusal={action.error}
        />
        <SelectField
          label={t('signUp.currency')}
          options={CURRENCIES.map((code) => ({ value: code, label: code }))}
          value={form.currency}
          onPick={put('currency')}
          hint={t('signUp.currencyHint')}
        />
        {fields.length === 0 && <Refusal error={action.error} wait={wait} />}
        <Button look="primary" type="submit" busy={action.busy} disabled={wait > 0} data-testid="sign-up-submit">
          {t('signUp.submit')}
        </Button>
      </form>
      <p class="door-or">
        <span>{t('signIn.or')}</span>
      </p>
      <GoogleButton transport={transport} returnTo={next ?? '/'} currency={form.currency} />
      <p class="small soft">
        {t('signUp.haveAccount')} <a href={signIn}>{t('signIn.submit')}</a>
      </p>
    </Door>
  );
}
