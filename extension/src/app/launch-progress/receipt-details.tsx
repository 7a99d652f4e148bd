import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { fmt, t, wordOf } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { UndoSteps } from './undo-steps.tsx';
import { AcceptDifference } from './accept-difference.tsx';
import { CorrectRow } from './correct-row.tsx';
import { textOf } from './correction-texts.ts';

/** One receipt opened: what went wrong and what to do, planned beside found, and every call that was made for it. */
export function ReceiptDetails({ launch, item }: { launch: LaunchSummary; item: LaunchItem }) {
  const shown = (field: string, value: unknown): string => textOf(field, value, launch.currency) || '—';
  return (
    <div class="stack-4">
      {item.error !== null && (
        <div class="problem">
          <Icon name="error" />
          <div class="stack-1">
            <p class="problem-what">{item.error.message}</p>
            <p>{item.error.fix}</p>
            <p>
              {t('receipts.atRisk', { what: item.error.atRisk })} {t(`retryClass.${item.error.retry}`)}
            </p>
            <div class="row-2">
              <code>{item.error.code}</code>
              <CopyButton text={`${item.error.code} · ${item.id}`} label={t('problem.copyCode')} />
            </div>
            {item.error.raw !== null && (
              <details class="disclosure">
                <summary>
                  <Icon name="chevron" size={12} />
                  {t('receipts.raw')}
                </summary>
                <pre class="snippet" dir="ltr" tabIndex={0}>
                  {JSON.stringify(item.error.raw, null, 2)}
                </pre>
              </details>
            )}
          </div>
        </div>
      )}
      <CorrectRow launch={launch} item={item} />
      {item.corrections.length > 0 && (
        <section class="stack-1" data-testid="corrections">
          <h2 class="h3">{t('correct.corrected')}</h2>
          <ul class="stack-1 small">
            {item.corrections.flatMap((one) =>
              one.changes.map((change) => (
                <li key={`${one.at} ${change.field}`}>
                  {wordOf('correctField', change.field)}: <bdi>{shown(change.field, change.before)}</bdi> →{' '}
                  <bdi class="strong">{shown(change.field, change.after)}</bdi> ·{' '}
                  {t('correct.by', { who: one.by, when: fmt().instant(one.at) })}
                </li>
              )),
            )}
          </ul>
        </section>
      )}
      {item.drift.length > 0 && (
        <section class="stack-1">
          <h2 class="h3">{t('receipts.driftTitle')}</h2>
          <div class="table-scroll">
            <table class="table table-inner">
              <thead>
                <tr>
                  <th scope="col">{t('receipts.field')}</th>
                  <th scope="col">{t('receipts.planned')}</th>
                  <th scope="col">{t('receipts.found')}</th>
                </tr>
              </thead>
              <tbody>
                {item.drift.map((one) => (
                  <tr key={one.field}>
                    <td>
                      <code>{one.field}</code>
                    </td>
                    <td>
                      <bdi>{one.planned}</bdi>
                    </td>
                    <td>
                      <bdi>{one.found}</bdi>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <AcceptDifference launch={launch} item={item} />
        </section>
      )}
      {item.accepted.length > 0 && (
        <section class="stack-1" data-testid="accepted">
          <h2 class="h3">{t('accept.accepted')}</h2>
          <ul class="stack-1 small">
            {item.accepted.map((one) => (
              <li key={one.field}>
                <code>{one.field}</code>: <bdi>{one.planned}</bdi> → <bdi class="strong">{one.found}</bdi> ·{' '}
                {t('accept.by', { who: one.by, when: fmt().instant(one.at) })} <bdi>{one.reason}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="stack-1">
        <h2 class="h3">{t('receipts.attemptsTitle')}</h2>
        {item.attempts.length === 0 ? (
          <p class="faint">{t('receipts.noAttempts')}</p>
        ) : (
          <ol class="stack-1">
            {item.attempts.map((attempt) => (
              <li key={attempt.n} class="row-2 small">
                <span class="figure strong">{fmt().number(attempt.n)}</span>
                <time dateTime={attempt.sentAt}>{fmt().instant(attempt.sentAt)}</time>
                <span>{attempt.outcome === null ? t('receipts.noAnswerYet') : outcomeText(attempt.outcome)}</span>
                {attempt.finishedAt !== null && (
                  <span class="faint">{fmt().duration((Date.parse(attempt.finishedAt) - Date.parse(attempt.sentAt)) / 1000)}</span>
                )}
                {attempt.traceId !== null && <code class="faint">{attempt.traceId}</code>}
              </li>
            ))}
          </ol>
        )}
      </section>
      {item.undo !== null && <UndoSteps undo={item.undo} />}
      <div class="row-3 small">
        <code class="faint">{item.itemPath}</code>
        {item.managerUrl !== null && (
          <a href={item.managerUrl} target="_blank" rel="noreferrer">
            {t('receipts.openManager')} <Icon name="external" size={12} />
          </a>
        )}
      </div>
    </div>
  );
}

/** "unclear:timeout": what came of the call, and the cause where the platform gave no clear answer. */
function outcomeText(outcome: string): string {
  const [word = '', cause] = outcome.split(':');
  return cause === undefined ? wordOf('outcome', word) : `${wordOf('outcome', word)} (${cause})`;
}
