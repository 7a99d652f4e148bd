import type { UndoReceipt } from '#shared/contracts/launches.ts';
import { fmt, t, wordOf } from '../../ui/i18n.ts';
import { ChangeTable } from './change-table.tsx';

/** An object's undo receipt: every step with its time, what came of it, and the platform's trace id. */
export function UndoSteps({ undo }: { undo: UndoReceipt }) {
  return (
    <section class="stack-1">
      <h2 class="h3">{t('undo.receipt')}</h2>
      {undo.error !== null && (
        <p dir="auto">
          {undo.error.message} {undo.error.fix}
        </p>
      )}
      {undo.changes.length > 0 && <ChangeTable changes={undo.changes} />}
      <ol class="stack-1">
        {undo.steps.map((step, place) => (
          <li key={place} class="row-2 small">
            <span>{t(`undo.step.${step.step}`)}</span>
            <time dateTime={step.at}>{fmt().instant(step.at)}</time>
            {step.outcome !== null && <span>{wordOf('undoOutcome', step.outcome)}</span>}
            {step.traceId !== null && <code class="faint">{step.traceId}</code>}
          </li>
        ))}
      </ol>
    </section>
  );
}
