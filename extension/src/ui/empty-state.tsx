import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** Nothing here yet: what this place is for, and the one first step. */
export function EmptyState({ icon, title, text, action }: { icon: IconName; title: string; text: string; action?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} size={24} />
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
    </div>
  );
}
