import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

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
  type?: 'text' | 'email' | 'password' | 'url' | 'number' | 'date' | 'datetime-local';
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
  /** What was just opened for this field puts the cursor into it. */
  takesFocus?: boolean;
  /** A small button at the end of the line. */
  end?: ComponentChildren;
  'data-testid'?: string;
}
/** One line of text; its direction follows what is written unless said otherwise. */
export function TextField({ label, hint, error, onText, dir = 'auto', takesFocus = false, end, ...rest }: InputProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, []);
  // Preact's types know one set of attributes per input type; ours is the part that all these types share.
  const native = rest as InputHTMLAttributes<HTMLInputElement>;
  return (
    <Framed
      label={label}
      hint={hint}
      error={error}
      render={({ id, describedBy, invalid }) => (
        <div class={end === undefined ? 'input-line' : 'input-line input-line-end'}>
          <input
            {...native}
            ref={input}
            dir={dir}
            id={id}
            class="input"
            {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
            aria-invalid={invalid}
            onInput={(event) => onText(event.currentTarget.value)}
          />
          {end}
        </div>
      )}
    />
  );
}

/** Several lines of text, for lists with one entry per line. */
export function TextAreaField({
  label,
  hint,
  error,
  value,
  rows,
  onText,
}: Around & { value: string; rows: number; onText: (text: string) => void }) {
  return (
    <Framed
      label={label}
      hint={hint}
      error={error}
      render={({ id, describedBy, invalid }) => (
        <textarea
          id={id}
          class="input"
          dir="auto"
          rows={rows}
          value={value}
          {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
          aria-invalid={invalid}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    />
  );
}

export interface Option<V extends string> {
  value: V;
  label: string;
}
interface Choosing<V extends string> {
  options: readonly Option<V>[];
  value: V;
  onPick: (value: V) => void;
  disabled?: boolean;
}

interface SelectAttributes {
  class: string;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean;
}

/** The browser's own list. It goes on showing `value` until whoever holds the value has taken what was picked. */
function Select<V extends string>({ options, value, onPick, disabled = false, ...native }: Choosing<V> & SelectAttributes) {
  return (
    <select
      {...native}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const picked = options.find((option) => option.value === event.currentTarget.value);
        event.currentTarget.value = value;
        if (picked !== undefined) onPick(picked.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

export function SelectField<V extends string>({ label, hint, error, ...choosing }: Around & Choosing<V>) {
  return (
    <Framed
      label={label}
      hint={hint}
      error={error}
      render={({ id, describedBy, invalid }) => (
        <Select {...choosing} id={id} class="input" aria-describedby={describedBy} aria-invalid={invalid} />
      )}
    />
  );
}

/** A choice in a row or a bar, where there is no room for its label: readers hear it. */
export function SmallSelect<V extends string>({ label, ...choosing }: { label: string } & Choosing<V>) {
  return <Select {...choosing} class="input select-small" aria-label={label} />;
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
  disabled?: boolean;
  'data-testid'?: string;
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onCheck(event.currentTarget.checked)} {...rest} />
      <span>{label}</span>
    </label>
  );
}
