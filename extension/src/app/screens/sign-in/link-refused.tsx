import { ApiError } from '#shared/api-client/create-api-client.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { href } from '../../router.ts';
import { fieldRefused, Refusal } from '../../session/refusal.tsx';
import { useWait } from '../../session/use-wait.ts';

/** A link that is good no more says so and leads on; any other refusal is told as it is. */
export function LinkRefused({ error, onward }: { error: unknown; onward: { path: string; label: string } }) {
  const wait = useWait(error);
  // A password that is refused is told at its field.
  if (error === null || fieldRefused(error, 'password') !== null) return null;
  if (!isSpent(error)) return <Refusal error={error} wait={wait} />;
  return (
    <div class="stack-3" role="alert" data-testid="link-spent">
      <div class="notice notice-fair">
        <Icon name="warning" />
        <p>{t('link.spent')}</p>
      </div>
      <LinkButton look="primary" href={href(onward.path)}>
        {onward.label}
      </LinkButton>
    </div>
  );
}

/** Used, too old, unknown, or cut short on the way: the API tells them apart for nobody. */
export function isSpent(error: unknown): boolean {
  return error instanceof ApiError && (['expired', 'not_found'].includes(error.problem.code) || fieldRefused(error, 'token') !== null);
}
