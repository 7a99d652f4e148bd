import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

interface Around {
  label: string;
  hint?: ComponentChildren;
  error?: string | null | undefined;
}

/** Label, control, hint and error, tied together for readers. */
function Framed({
  label,
  hint,
  error,
  render,
}: Around & { render: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ComponentChildren }) {
  const id = useId();
  const about = [hint === undefined ? null : `${id}-hint`, error ? `${id}-error` : null].filter((part) => part !== null).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {render({ id, describedBy: about === '' ? undefined : about, invalid: Boolean(error) })}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface InputProps extends Around {
  value: string;
  onText: (text: string) => void;
  type?: 'text' | 'email' | 'password' | 'url' | 'number' | 'datetime-local';
  inputMode?: 'decimal' | 'numeric';
  dir?: 'ltr' | 'auto';
  name?: string;
  autocomplete?: string;
  placeholder?: string;
  pattern?: string;
  list?: string;
  required?: boolean;
  disabled?: boolean;
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
  'data-testid'?: string;
}
/** One line of text; its direction follows what is written unless said otherwise. */
export function TextField({ label, hint, error, onText, dir = 'auto', ...rest }: InputProps) {
  // Preact's types know one set of attributes per input type; ours is the part that all these types share.
  const native = rest as InputHTMLAttributes<HTMLInputElement>;
  return (
    <Framed
      label={label}
      hint={hint}
      error={error}
      render={({ id, describedBy, invalid }) => (
        <input
          {...native}
          dir={dir}
          id={id}
          class="input"
          {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
          aria-invalid={invalid}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    />
  );
}

export interface Option {
  value: string;
  label: string;
}
type SelectProps = Around & { options: readonly Option[]; value: string; onPick: (value: string) => void; disabled?: boolean };
export function SelectField({ label, hint, error, options, value, onPick, disabled = false }: SelectProps) {
  return (
    <Framed
      label={label}
      hint={hint}
      error={error}
      render={({ id, describedBy, invalid }) => (
        <select
          id={id}
          class="input"
          value={value}
          disabled={disabled}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          onChange={(event) => onPick(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

export function CheckField({
  label,
  checked,
  onCheck,
  ...rest
}: {
  label: ComponentChildren;
  checked: boolean;
  onCheck: (checked: boolean) => void;
  'data-testid'?: string;
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onCheck(event.currentTarget.checked)} {...rest} />
      <span>{label}</span>
    </label>
  );
}
