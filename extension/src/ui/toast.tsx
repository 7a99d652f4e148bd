import { signal } from '@preact/signals';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import { t } from './i18n.ts';

interface Toast {
  id: number;
  text: string;
}
const toasts = signal<Toast[]>([]);
let nextId = 1;
const SHOWN_MS = 6000;

/** Says that something worked. Problems do not come as toasts: they stay where they happened until they are solved. */
export function toast(text: string): void {
  const id = nextId++;
  toasts.value = [...toasts.value.slice(-2), { id, text }];
  setTimeout(() => dismiss(id), SHOWN_MS);
}
function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((one) => (
        <div key={one.id} class="toast">
          <Icon name="check" />
          <span>{one.text}</span>
          <IconButton icon="close" label={t('close')} onClick={() => dismiss(one.id)} />
        </div>
      ))}
    </div>
  );
}
