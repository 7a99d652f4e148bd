import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { t } from '../ui/i18n.ts';
import { ProblemMessage } from '../ui/problem-message.tsx';
import type { Action } from './use-load.ts';

interface Props {
  title: string;
  submit: string;
  action: Action<[]>;
  /** What is told below the fields; the action's own refusal unless a field already says it. */
  error?: unknown;
  /** What is true when it failed. */
  safe: string;
  onClose: () => void;
  /** Something is still missing that the browser does not check by itself. */
  lacking?: boolean;
  look?: 'primary' | 'danger';
  /** Of the button that sends the form. */
  'data-testid'?: string;
  children: ComponentChildren;
}

/** A form in a dialog: its fields, what went wrong, and the two ways out. Whoever draws it closes it when the action is done. */
export function FormDialog({
  title,
  submit,
  action,
  error = action.error,
  safe,
  onClose,
  lacking = false,
  look = 'primary',
  'data-testid': testId,
  children,
}: Props) {
  const id = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look={look} type="submit" form={id} busy={action.busy} disabled={lacking} data-testid={testId}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={id}
        class="stack-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!lacking) void action.run();
        }}
      >
        {children}
        {error !== null && <ProblemMessage error={error} safe={safe} />}
      </form>
    </Dialog>
  );
}
