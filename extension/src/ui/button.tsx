import type { ButtonHTMLAttributes, ComponentChildren, TargetedMouseEvent } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'size'>;
export interface ButtonProps extends Native {
  /** primary: the one thing to do here. danger: spends or destroys. quiet: everything in rows and bars. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  busy?: boolean;
  children: ComponentChildren;
}

/** A busy button stays focusable and says so; it ignores further presses instead of losing the focus. */
export function Button({ look = 'plain', icon, busy = false, children, onClick, type = 'button', ...rest }: ButtonProps) {
  const press = (event: TargetedMouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button {...rest} type={type} class={`button button-${look}`} aria-busy={busy} onClick={press}>
      {busy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

export function IconButton({ icon, label, ...rest }: Native & { icon: IconName; label: string }) {
  return (
    <button type="button" {...rest} class="icon-button" aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}

/** Navigation that looks like a button; a real link, so it can be opened in a tab. */
export function LinkButton({
  look = 'plain',
  icon,
  children,
  ...rest
}: {
  look?: 'primary' | 'plain' | 'quiet';
  icon?: IconName;
  href: string;
  children: ComponentChildren;
}) {
  return (
    <a {...rest} class={`button button-${look}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}
