import { Icon } from './icon.tsx';
import { fmt, t } from './i18n.ts';

export interface Step<Id extends string> {
  id: Id;
  label: string;
  /** Whether it can be gone to now. */
  open: boolean;
}

export function Stepper<Id extends string>({
  label,
  steps,
  current,
  onGo,
}: {
  label: string;
  steps: readonly Step<Id>[];
  current: Id;
  onGo: (id: Id) => void;
}) {
  const at = steps.findIndex((step) => step.id === current);
  return (
    <nav aria-label={label}>
      <ol class="stepper">
        {steps.map((step, i) => (
          <li key={step.id} class={i < at ? 'step-done' : i === at ? 'step-current' : 'step-ahead'}>
            <button type="button" disabled={!step.open} aria-current={i === at ? 'step' : undefined} onClick={() => onGo(step.id)}>
              <span class="step-mark" aria-hidden="true">
                {i < at ? <Icon name="check" size={12} /> : fmt().number(i + 1)}
              </span>
              <span class="step-label">{step.label}</span>
              {i < at && <span class="visually-hidden">{t('step.done')}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
