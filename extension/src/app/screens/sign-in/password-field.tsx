import { useState } from 'preact/hooks';
import { newPassword } from '#shared/contracts/parts.ts';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { fieldRefused } from '../../session/refusal.tsx';

/** The bounds of the contract; both are set there. */
const [SHORTEST, LONGEST] = [newPassword.minLength, newPassword.maxLength] as [number, number];

interface PasswordProps {
  label: string;
  value: string;
  onText: (text: string) => void;
  autocomplete: 'current-password' | 'new-password';
  error?: string | null;
  takesFocus?: boolean;
  minLength?: number;
  'data-testid'?: string;
}
/** A password that its writer may look at. */
export function PasswordField(props: PasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      name="password"
      dir="ltr"
      required
      maxLength={LONGEST}
      end={
        <button
          type="button"
          class="link-button"
          aria-pressed={shown}
          aria-label={t(shown ? 'password.hideThis' : 'password.showThis')}
          onClick={() => setShown(!shown)}
        >
          {t(shown ? 'password.hide' : 'password.show')}
        </button>
      }
    />
  );
}

/** A password that is being made: what it needs is ticked off while it is typed; what the service refuses is told at the field. */
export function NewPasswordField({
  email,
  refusal,
  ...props
}: Pick<PasswordProps, 'label' | 'value' | 'onText' | 'takesFocus' | 'data-testid'> & { email: string; refusal: unknown }) {
  const hints = [
    { text: t('password.long', { count: SHORTEST }), met: [...props.value].length >= SHORTEST },
    { text: t('password.own'), met: props.value !== '' && !holdsName(props.value, email) },
  ];
  return (
    <div class="stack-1">
      <PasswordField {...props} autocomplete="new-password" minLength={SHORTEST} error={fieldRefused(refusal, 'password')} />
      <ul class="password-hints">
        {hints.map(({ text, met }) => (
          <li key={text} class={met ? 'password-hint-met' : ''}>
            <Icon name={met ? 'check' : 'info'} size={12} />
            {text}
            {met && <span class="visually-hidden">{t('password.met')}</span>}
          </li>
        ))}
      </ul>
      <p class="field-hint">{t('password.advice')}</p>
    </div>
  );
}

function holdsName(password: string, email: string): boolean {
  const name = email.split('@')[0]?.toLowerCase() ?? '';
  return name.length >= 4 && password.toLowerCase().includes(name);
}
