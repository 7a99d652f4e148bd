import { Button } from '../../ui/button.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { describe } from '../../ui/problem-message.tsx';
import { go } from '../router.ts';
import { home, me } from '../session/me.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';

/** Seen on every screen while the platform's staff looks at a customer's organization. */
export function VisitBanner() {
  const transport = useTransport();
  const leave = useAction(async () => {
    await transport.moveSession('leaveVisit', {});
    go('/operations');
  });
  const { supportUntil } = me();
  if (supportUntil === null) return null;
  return (
    <div class="visit-banner" role="region" aria-label={t('visit.label')} data-testid="visit-banner">
      <Icon name="info" />
      <p>
        {t('visit.text', { organization: home().name, until: fmt().instant(supportUntil) })}
        {leave.error !== null && <span class="field-error"> {describe(leave.error).what}</span>}
      </p>
      <Button busy={leave.busy} onClick={leave.run}>
        {t('visit.end')}
      </Button>
    </div>
  );
}
