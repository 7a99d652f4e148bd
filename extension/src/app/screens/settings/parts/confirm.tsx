import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { TextField } from '../../../../ui/field.tsx';
import { FormDialog } from '../../../form-dialog.tsx';
import { useAction } from '../../../use-load.ts';

interface ConfirmProps {
  title: string;
  /** What will happen, before it does. */
  effect: ComponentChildren;
  /** What belongs to the effect and is no sentence. */
  more?: ComponentChildren;
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
export function Confirm({ title, effect, more, submit, safe, run, onClose, typed, look = 'danger' }: ConfirmProps) {
  const [text, setText] = useState('');
  const act = useAction(run);
  const waits = typed !== undefined && text.trim() !== typed.name.trim();
  return (
    <FormDialog title={title} submit={submit} action={act} safe={safe} onClose={onClose} lacking={waits} look={look} data-testid="confirm">
      <p>{effect}</p>
      {more}
      {typed !== undefined && <TextField label={typed.label} value={text} onText={setText} autocomplete="off" data-testid="confirm-name" />}
    </FormDialog>
  );
}
