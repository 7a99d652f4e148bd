import { useState } from 'preact/hooks';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';

const MOST_LETTERS = 500;

/** The same ad twice in one ad set stands only with a reason, which is part of the plan and stays in the launch's receipts. */
export function AllowDuplicates({
  problems,
  reason,
  onReason,
}: {
  problems: readonly Pick<PlanProblem, 'code'>[];
  reason: string;
  onReason: (reason: string) => void;
}) {
  const [typed, setTyped] = useState(reason);
  const count = problems.filter((one) => one.code === 'DUPLICATE_AD' || one.code === 'DUPLICATE_AD_ALLOWED').length;
  if (count === 0) return null;
  return (
    <form
      class="notice notice-fair stack-2"
      data-testid="allow-duplicates"
      onSubmit={(event) => {
        event.preventDefault();
        onReason(typed.trim());
      }}
    >
      <p>{t('duplicates.found', { count })}</p>
      <TextField label={t('duplicates.reason')} value={typed} onText={setTyped} maxLength={MOST_LETTERS} required />
      <div class="row-2">
        <Button type="submit" disabled={typed.trim() === '' || typed.trim() === reason}>
          {t('duplicates.allow')}
        </Button>
        {reason !== '' && (
          <Button
            look="quiet"
            onClick={() => {
              setTyped('');
              onReason('');
            }}
          >
            {t('duplicates.takeBack')}
          </Button>
        )}
      </div>
    </form>
  );
}
