import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'neutral' | 'accent' | 'good' | 'fair' | 'poor';

/** A small labelled state. A judgement always brings its icon: colour never speaks alone. */
export function Chip({
  tone = 'neutral',
  icon,
  title,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <span class={`chip chip-${tone}`} title={title}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

export interface Choice<V extends string | number> {
  value: V;
  label: string;
  title?: string;
}

/** One of a few, all visible: radio buttons that look like one bar. */
export function ChoiceBar<V extends string | number>({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly Choice<V>[];
  value: V;
  onChange: (value: V) => void;
}) {
  return (
    <div class="choice-bar" role="radiogroup" aria-label={label} onKeyDown={(event) => moveChoice(event, choices, value, onChange)}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          title={choice.title}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}

function moveChoice<V extends string | number>(
  event: KeyboardEvent & { currentTarget: HTMLElement },
  choices: readonly Choice<V>[],
  value: V,
  onChange: (value: V) => void,
): void {
  const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const step = event.key === forward || event.key === 'ArrowDown' ? 1 : event.key.startsWith('Arrow') ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const at = (choices.findIndex((choice) => choice.value === value) + step + choices.length) % choices.length;
  const next = choices[at];
  if (next === undefined) return;
  onChange(next.value);
  (event.currentTarget.children[at] as HTMLElement).focus();
}
