import { ApiError } from '#shared/api-client/create-api-client.ts';
import { fmt, refusalOf, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';

/** Why a way in or a proof was refused. Too many tries are counted down instead of told as a fault. */
export function Refusal({ error, wait, safe }: { error: unknown; wait: number; safe?: string }) {
  if (error === null) return null;
  if (wait > 0)
    return (
      <div class="notice notice-fair" role="alert" data-testid="wait">
        <Icon name="warning" />
        <p>
          {t('wait.tooMany')} <span aria-hidden="true">{t('wait.left', { time: fmt().duration(wait) })}</span>
          <span class="visually-hidden">{t('wait.soon')}</span>
        </p>
      </div>
    );
  return <ProblemMessage error={error} {...(safe === undefined ? {} : { safe })} />;
}

/** What the API said no to this field with, in the person's language; null = it did not. */
export function fieldRefused(error: unknown, path: string): string | null {
  const field = error instanceof ApiError ? error.problem.fields?.find((one) => one.path === path) : undefined;
  return field === undefined ? null : (refusalOf({ reason: field.reason, said: field.message }) ?? t('error.invalid_input'));
}
