import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { t } from './i18n.ts';

export interface DialogProps {
  title: string;
  onClose: () => void;
  actions?: ComponentChildren;
  kind?: 'middle' | 'side' | 'palette';
  children: ComponentChildren;
}

/** The platform's own modal: it traps the focus, gives it back, and closes on Esc as the topmost layer. */
export function Dialog({ title, onClose, actions, kind = 'middle', children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the next key arrives: what is typed at once goes to what has just opened.
  useLayoutEffect(() => {
    const dialog = ref.current as HTMLDialogElement;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={ref}
      class={`dialog dialog-${kind}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div class="dialog-body">
        <header class={kind === 'palette' ? 'visually-hidden' : 'dialog-head'}>
          <h2 id={titleId}>{title}</h2>
          {kind !== 'palette' && <IconButton icon="close" label={t('close')} onClick={onClose} />}
        </header>
        {children}
        {actions !== undefined && <footer class="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  );
}
