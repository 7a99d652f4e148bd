import { t, type AppMessageKey } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';

const KNOWN: Record<string, AppMessageKey> = {
  state: 'google.expired',
  denied: 'google.cancelled',
  disabled: 'google.disabled',
  google_not_linked: 'google.hasAccount',
  google_already: 'google.already',
  google_taken: 'google.taken',
  session_ended: 'google.sessionEnded',
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
