import { t, type AppMessageKey } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';

const KNOWN: Record<string, AppMessageKey> = {
  has_account: 'google.hasAccount',
  cancelled: 'google.cancelled',
  expired: 'google.expired',
  unverified: 'google.unverified',
  taken: 'google.taken',
};

/** Why the way through Google ended here, as its callback says in the address. */
export function GoogleProblem({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <div class="notice notice-fair" role="alert" data-testid="google-problem">
      <Icon name="warning" />
      <p>{t(KNOWN[problem] ?? 'google.failed')}</p>
    </div>
  );
}
