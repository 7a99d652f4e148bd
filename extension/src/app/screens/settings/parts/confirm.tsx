import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { useAction } from '../../../use-load.ts';

interface ConfirmProps {
  title: string;
  /** What will happen, before it does. */
  effect: ComponentChildren;
  submit: string;
  /** What is true when it failed. */
  safe: string;
  run: () => Promise<void>;
  onClose: () => void;
  /** For what cannot be undone: the name that has to be typed, and how it is asked for. */
  typed?: { name: string; label: string };
  look?: 'danger' | 'primary';
}

/** One deliberate step more: the exact effect, and a name to type where nothing leads back. */
export function Confirm({ title, effect, submit, safe, run, onClose, typed, look = 'danger' }: ConfirmProps) {
  const [text, setText] = useState('');
  const act = useAction(run);
  const waits = typed !== undefined && text.trim() !== typed.name.trim();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look={look} type="submit" form="confirm" busy={act.busy} disabled={waits} data-testid="confirm">
            {submit}
          </Button>
        </>
      }
    >
      <form
        id="confirm"
        class="stack-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!waits) void act.run();
        }}
      >
        <p>{effect}</p>
        {typed !== undefined && (
          <TextField label={typed.label} value={text} onText={setText} autocomplete="off" data-testid="confirm-name" />
        )}
        {act.error !== null && <ProblemMessage error={act.error} safe={safe} />}
      </form>
    </Dialog>
  );
}
